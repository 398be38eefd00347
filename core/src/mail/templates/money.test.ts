import { expect, it } from 'vitest';
import { moneyText } from './money.ts';

it.each([
  [1234, 'eur', 'en', '€12.34'],
  [1234, 'EUR', 'de', '12,34 €'],
  [1234, 'jpy', 'en', '¥1,234'],
  [1234, 'kwd', 'en', 'KWD 1.234'],
  [500, 'isk', 'de', '5 ISK'],
  [0, 'usd', 'en', '$0.00'],
  [-50, 'usd', 'en', '-$0.50'],
] as const)('%s %s in %s is %s', (amount, currency, locale, text) => {
  expect(moneyText(amount, currency, locale).replaceAll(/\s/g, ' ')).toBe(text);
});
