import { expect, test } from 'vitest';
import { minorUnits, money } from './money.ts';

test.each([
  ['EUR', 1234.56, 123_456],
  ['JPY', 5000, 5000],
  ['KWD', 1.25, 1250],
  ['USD', 0.29, 29],
])('amounts in %s have their own minor units', (currency, amount, minor) => {
  expect(minorUnits(amount, currency)).toBe(minor);
});

test('amounts are shown without cents, each in its currency', () => {
  expect(money(123_400, 'EUR')).toMatch(/1.?234/);
  expect(money(123_400, 'JPY')).toMatch(/123.?400/);
  expect(money(100, 'ABC')).toContain('ABC');
});
