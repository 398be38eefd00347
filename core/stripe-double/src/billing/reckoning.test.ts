import { describe, expect, test } from 'vitest';
import { checkedAmount, fractionDigits, rounded, shared, shownAmount, timesDecimal } from '../money.ts';
import type { Price, Tier } from '../state/tables.ts';
import { amountOf } from './amounts.ts';
import { boundary, nextBoundary } from './periods.ts';
import { taxesOf } from './tax.ts';

const at = (iso: string) => Math.floor(Date.parse(iso) / 1000);
const month = { interval: 'month', interval_count: 1 };

describe('periods', () => {
  test.each([
    ['2026-01-31T10:00:00Z', month, 1, '2026-02-28T10:00:00Z'],
    ['2026-01-31T10:00:00Z', month, 2, '2026-03-31T10:00:00Z'],
    ['2028-01-30T00:00:00Z', month, 1, '2028-02-29T00:00:00Z'],
    ['2028-02-29T00:00:00Z', { interval: 'year', interval_count: 1 }, 1, '2029-02-28T00:00:00Z'],
    ['2028-02-29T00:00:00Z', { interval: 'year', interval_count: 1 }, 4, '2032-02-29T00:00:00Z'],
    ['2026-11-30T00:00:00Z', { interval: 'month', interval_count: 3 }, 1, '2027-02-28T00:00:00Z'],
    ['2026-03-28T00:30:00Z', { interval: 'day', interval_count: 1 }, 2, '2026-03-30T00:30:00Z'],
    ['2026-01-01T00:00:00Z', { interval: 'week', interval_count: 2 }, 1, '2026-01-15T00:00:00Z'],
  ])('%s + %o × %i = %s', (anchor, interval, n, expected) => {
    expect(boundary(at(anchor), interval, n)).toBe(at(expected));
  });

  test('the next boundary is after, never at, a time', () => {
    expect(nextBoundary(at('2026-01-31T00:00:00Z'), month, at('2026-02-28T00:00:00Z'))).toBe(
      at('2026-03-31T00:00:00Z'),
    );
  });
});

function price(fields: Partial<Price>): Price {
  return { billing_scheme: 'per_unit', unit_amount_decimal: null, transform_quantity: null, ...fields } as Price;
}
const tier = (upTo: number | null, unit: string | null, flat: string | null = null): Tier => ({
  flat_amount: null,
  flat_amount_decimal: flat,
  unit_amount: null,
  unit_amount_decimal: unit,
  up_to: upTo,
});

describe('amounts', () => {
  test.each([
    [price({ unit_amount_decimal: '1000' }), 3, 3000],
    [price({ unit_amount_decimal: '0.25' }), 10, 3],
    [price({ unit_amount_decimal: '0.1' }), 3, 0],
    [price({ unit_amount_decimal: '0.005' }), 100, 1],
    [price({ unit_amount_decimal: '100', transform_quantity: { divide_by: 1000, round: 'up' } }), 1001, 200],
    [price({ billing_scheme: 'tiered', tiers_mode: 'graduated', tiers: [tier(100, '0'), tier(null, '2')] }), 100, 0],
    [price({ billing_scheme: 'tiered', tiers_mode: 'graduated', tiers: [tier(100, '0'), tier(null, '2')] }), 150, 100],
    [
      price({
        billing_scheme: 'tiered',
        tiers_mode: 'graduated',
        tiers: [tier(5, '10', '100'), tier(null, '8', '50')],
      }),
      7,
      216,
    ],
    [price({ billing_scheme: 'tiered', tiers_mode: 'volume', tiers: [tier(5, '10'), tier(null, '8')] }), 7, 56],
    [
      price({ billing_scheme: 'tiered', tiers_mode: 'graduated', tiers: [tier(5, '10', '100'), tier(null, '8')] }),
      0,
      100,
    ],
  ])('case %#', (given, quantity, expected) => {
    expect(amountOf(given, quantity)).toBe(expected);
  });

  test.each([
    [1.005 * 100, 101],
    [-0.5, -1],
    [0.5, 1],
    [2.4999, 2],
  ])('%d rounds to %i', (value, expected) => {
    expect(rounded(value)).toBe(expected);
  });

  test('decimals are exact where binary fractions are not', () => {
    expect(timesDecimal('0.1', 30)).toBe(3);
    expect(timesDecimal('19.99', 1_000_000)).toBe(19_990_000);
    expect(timesDecimal('-0.5', 1)).toBe(-1);
  });

  test('parts add up to the whole', () => {
    for (let i = 0; i < 500; i += 1) {
      const weights = Array.from({ length: 1 + (i % 7) }, (_, k) => (i * 31 + k * 17) % 101);
      const parts = shared(i * 13, weights);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total === 0 ? 0 : i * 13);
    }
  });

  test('taxes: on top, and within', () => {
    const rate = { id: 'txr', percentage: 19, inclusive: false, reason: 'standard_rated' as const };
    expect(taxesOf(1000, [rate])[0]).toMatchObject({ amount: 190, taxable_amount: 1000 });
    expect(taxesOf(1190, [{ ...rate, inclusive: true }])[0]).toMatchObject({ amount: 190, taxable_amount: 1000 });
  });

  test.each([
    ['bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf', 0, 1],
    ['eur usd huf twd', 2, 1],
    ['isk ugx', 2, 100],
    ['bhd jod kwd omr tnd', 3, 10],
  ])('%s: %i digits, charged in steps of %i', (codes, digits, step) => {
    for (const code of codes.split(' ')) {
      expect([code, fractionDigits(code)]).toEqual([code, digits]);
      expect(checkedAmount(step * 7, code, 'amount')).toBe(step * 7);
      if (step > 1) expect(() => checkedAmount(step + 1, code, 'amount')).toThrow(/multiple of/);
    }
  });

  test('currencies without cents', () => {
    expect([shownAmount(1200, 'jpy'), shownAmount(1250, 'eur')]).toEqual(['1,200 JPY', '12.50 EUR']);
  });
});
