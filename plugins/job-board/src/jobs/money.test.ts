import { describe, expect, it } from 'vitest';
import { SALARY_UNITS } from '../labels.ts';
import { decimals, formatMoney, formatPay, majorAmount } from './money.ts';

describe('money', () => {
  it.each([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['not a code', 2],
  ])('%s has %i decimals', (currency, digits) => {
    expect(decimals(currency)).toBe(digits);
  });

  it('turns minor units into amounts', () => {
    expect(majorAmount(4550, 'USD')).toBe(45.5);
    expect(majorAmount(4550, 'JPY')).toBe(4550);
    expect(formatMoney(4550, 'USD')).toBe('$45.50');
    expect(formatMoney(8_000_000, 'USD')).toBe('$80,000');
    expect(formatMoney(5_000_000, 'JPY')).toBe('¥5,000,000');
  });
});

describe('formatPay', () => {
  const pay = { salaryMin: 3800, salaryMax: 4550, salaryCurrency: 'USD', salaryUnit: 'HOUR' };

  it.each([
    [pay, '$38 – $45.50 per hour'],
    [{ ...pay, salaryMax: null }, 'from $38 per hour'],
    [{ ...pay, salaryMin: null }, 'up to $45.50 per hour'],
    [{ ...pay, salaryMax: 3800 }, '$38 per hour'],
    [{ ...pay, salaryMin: 0, salaryMax: 0 }, '$0 per hour'],
    [{ ...pay, salaryUnit: null }, '$38 – $45.50'],
    [{ ...pay, salaryMin: null, salaryMax: null }, null],
    [{ ...pay, salaryCurrency: null }, null],
  ])('%j → %s', (given, text) => {
    expect(formatPay(given, SALARY_UNITS)).toBe(text);
  });
});
