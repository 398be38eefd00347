import { describe, expect, test } from 'vitest';
import { formatMoney, minorDigits, priceStep } from './money.ts';

/** As docs.stripe.com/currencies lists them. */
const ZERO_DECIMAL = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF';
const THREE_DECIMAL = 'BHD JOD KWD OMR TND';
/** ISK and UGX have no coins, HUF and TWD are paid out without: all four are counted in hundredths all the same. */
const SPECIAL = 'ISK UGX HUF TWD';
/** Browsers and ISO 4217 give some of these no digits. */
const TWO_DECIMAL =
  'AED AFN ALL AMD ARS AUD BRL CAD CHF COP CRC CZK DKK EGP EUR GBP HKD IDR ILS INR LAK LBP MAD MMK MXN MYR NOK NZD PEN PKR PLN RSD SAR SEK SGD SOS THB TRY TZS USD UZS YER ZAR';

describe('minor units', () => {
  test.each([
    [0, ZERO_DECIMAL],
    [3, THREE_DECIMAL],
    [2, SPECIAL],
    [2, TWO_DECIMAL],
  ])('%i digits: %s', (digits, codes) => {
    for (const code of codes.split(' ')) {
      expect([code, minorDigits(code), minorDigits(code.toLowerCase())]).toEqual([code, digits, digits]);
    }
  });
});

test.each([
  [1, 'EUR'],
  [1, 'JPY'],
  [1, 'HUF'],
  [10, 'KWD'],
  [100, 'ISK'],
  [100, 'ugx'],
])('prices go in steps of %i %s', (step, currency) => {
  expect(priceStep(currency)).toBe(step);
});

describe('money', () => {
  test.each<[number, string, string, string]>([
    [4900, 'EUR', '€49.00', '€49'],
    [1234, 'eur', '€12.34', '€12.34'],
    [-50, 'USD', '-$0.50', '-$0.50'],
    [0, 'USD', '$0.00', '$0'],
    [1200, 'JPY', '¥1,200', '¥1,200'],
    [500, 'ISK', 'ISK 5', 'ISK 5'],
    [500, 'UGX', 'UGX 5', 'UGX 5'],
    [150, 'ISK', 'ISK 1.50', 'ISK 1.50'],
    [1050, 'HUF', 'HUF 10.50', 'HUF 10.50'],
    [100_000, 'ALL', 'ALL 1,000.00', 'ALL 1,000'],
    [5120, 'KWD', 'KWD 5.120', 'KWD 5.120'],
    [0.25, 'EUR', '€0.0025', '€0.0025'],
    [2.5, 'JPY', '¥2.5', '¥2.5'],
  ])('%d %s is %s, in short %s', (minor, currency, full, short) => {
    const plain = (text: string) => text.replaceAll(/\s/g, ' ');
    expect(plain(formatMoney(minor, currency))).toBe(full);
    expect(plain(formatMoney(minor, currency, { short: true }))).toBe(short);
  });

  test('is written as its readers do', () => {
    expect(formatMoney(123_456, 'EUR', { locale: 'de' })).toMatch(/^1\.234,56\s€$/);
  });
});
