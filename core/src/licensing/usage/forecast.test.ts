import { describe, expect, it } from 'vitest';
import { capOf } from './allowance.ts';
import { type DayUsage, forecast, priceOf } from './forecast.ts';

const PERIOD = { since: '2026-11-01', until: '2026-12-01' };
const METER = { included: 100, unitAmount: '2.5' };
const NOW = new Date('2026-11-21T12:00:00.000Z');

/** So much on each day from the first to the last, both included. */
function each(first: string, last: string, quantity: number): DayUsage[] {
  const days: DayUsage[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    days.push({ day: new Date(at).toISOString().slice(0, 10), quantity });
  }
  return days;
}

describe('forecast', () => {
  it.each<[string, DayUsage[], number | null, number, number, number]>([
    ['nothing yet', [], null, 0, 0, 0],
    // 20 days and today in November at 10, nine days to come.
    ['as before', each('2026-10-01', '2026-11-21', 10), null, 210, 300, 500],
    ['within what is included', each('2026-10-01', '2026-11-21', 2), null, 42, 60, 0],
    ['three days of use', each('2026-11-18', '2026-11-21', 10), null, 40, 130, 75],
    ['only today', [{ day: '2026-11-21', quantity: 5 }], null, 5, 50, 0],
    [
      'a quiet past and a loud today',
      [...each('2026-10-22', '2026-11-20', 0), { day: '2026-11-21', quantity: 90 }],
      null,
      90,
      90,
      0,
    ],
    ['long ago', each('2026-09-01', '2026-09-30', 100), null, 0, 0, 0],
    ['up to the cap', each('2026-10-01', '2026-11-21', 10), 250, 210, 250, 375],
    ['beyond a cap that was lowered', each('2026-10-01', '2026-11-21', 10), 150, 210, 210, 275],
  ])('%s', (_what, days, cap, used, expected, amount) => {
    expect(forecast(METER, cap, days, PERIOD, NOW)).toEqual({ used, expected, amount });
  });

  it('expects nothing more on the last day', () => {
    const days = each('2026-11-01', '2026-11-30', 10);
    expect(forecast(METER, null, days, PERIOD, new Date('2026-11-30T23:00:00Z')).expected).toBe(300);
  });

  it.each([
    [0, '5', 0],
    [-3, '5', 0],
    [3, undefined, 0],
    [3, 5, 15],
    [1, '0.4', 0],
    [1, '0.5', 1],
    [3, '0.333333333333', 1],
    [1_000_000_000, '0.000000000001', 0],
    [500_000_000, '100000000', 50_000_000_000_000_000],
    [7, '1.1', 8],
  ])('%s at %s are %s', (quantity, unitAmount, amount) => {
    expect(priceOf(quantity, unitAmount)).toBe(amount);
  });
});

describe('how much there may be', () => {
  const meter = { name: 'analyses', included: 100 };
  const subscription = { kind: 'subscription', source: 'subscription:1', limits: {} } as const;
  const trial = { kind: 'trial', source: 'trial', limits: {} } as const;
  const bought = { kind: 'purchased', source: 'purchase:1', limits: {} } as const;
  it.each([
    ['free and without a cap', meter, subscription, null],
    ['free, in a trial', meter, trial, null],
    ['charged to a subscription', { ...meter, unitAmount: 5 }, subscription, null],
    ['charged, in a trial', { ...meter, unitAmount: 5 }, trial, 100],
    ['charged, bought once', { ...meter, unitAmount: 5, hardCap: 500 }, bought, 100],
    ['charged, given by the operator', { ...meter, unitAmount: 5 }, { ...bought, source: 'operator' }, null],
    ['with a cap', { ...meter, unitAmount: 5, hardCap: 500 }, subscription, 500],
    ['as the licence says', { ...meter, hardCap: 500 }, { ...subscription, limits: { analyses: 900 } }, 900],
    ['as the licence says, none', { ...meter, hardCap: 500 }, { ...subscription, limits: { analyses: 0 } }, 0],
    ['what the licence says is no number', meter, { ...subscription, limits: { analyses: 'many' } }, null],
  ] as const)('%s', (_what, declared, licence, cap) => {
    expect(capOf(declared, licence)).toBe(cap);
  });
});
