import { describe, expect, test } from 'vitest';
import {
  type BookedPart,
  type DisputedPart,
  type Draft,
  type LedgerAccount,
  missing,
  type Payment,
  paidOut,
  proportion,
  split,
  transferReversed,
  transferred,
} from './booking.ts';

/** The balance of each account over bookings. */
function balances(booked: readonly BookedPart[]): Partial<Record<LedgerAccount, number>> {
  const result: Partial<Record<LedgerAccount, number>> = {};
  for (const { entries } of booked) {
    for (const { account, amount } of entries) {
      const next = (result[account] ?? 0) + amount;
      if (next === 0) delete result[account];
      else result[account] = next;
    }
  }
  return result;
}

function payment(change: Partial<Payment> = {}): Payment {
  return {
    charge: 'ch_1',
    split: split(11_900, 1_900, 15),
    providerFee: 375,
    refunded: back(0),
    disputes: [],
    booked: [],
    ...change,
  };
}

/** Given back at the rate at which it was paid. */
const back = (amount: number) => ({ part: amount, amount });

const FEE = 1_500;
const open = (amount: number): DisputedPart => ({
  state: 'open',
  part: amount,
  taken: amount,
  returned: 0,
  fee: FEE,
});
const lost = (amount: number): DisputedPart => ({ ...open(amount), state: 'lost' });
const won = (amount: number): DisputedPart => ({ ...open(amount), state: 'won', returned: amount });

describe('a payment is divided', () => {
  test.each([
    [11_900, 1_900, 15, 1_500, 8_500],
    [10_000, 0, 15, 1_500, 8_500],
    [1, 0, 15, 0, 1],
    [3, 0, 50, 2, 1],
    [999, 0, 33.33, 333, 666],
    [5_000, 0, 0, 0, 5_000],
    [5_000, 500, 100, 4_500, 0],
    [15_000, 1_364, 12.5, 1_705, 11_931],
  ])('%i with %i tax at %d %%: fee %i, share %i', (amount, tax, percent, fee, share) => {
    expect(split(amount, tax, percent)).toEqual({ amount, tax, fee, share });
  });

  test('proportions are exact far beyond what a fraction can hold', () => {
    expect(proportion(9_007_199_254_740_991, 1, 3)).toBe(3_002_399_751_580_330);
    expect(proportion(5, 1, 2)).toBe(3);
    expect(proportion(-5, 1, 2)).toBe(-3);
    expect(proportion(7, 3, 0)).toBe(0);
  });
});

describe('what is booked', () => {
  test('of a payment, once', () => {
    const first = missing(payment());
    expect(first.map(({ kind }) => kind)).toEqual(['purchase', 'provider-fee']);
    expect(balances(first)).toEqual({
      'provider-balance': 11_525,
      'provider-fees': 375,
      tax: -1_900,
      'platform-fee': -1_500,
      'publisher-share': -8_500,
    });
    expect(missing(payment({ booked: first }))).toEqual([]);
  });

  test('of refunds in parts, until nothing is left to anybody', () => {
    let booked: Draft[] = missing(payment());
    for (const refunded of [1, 3_333, 7_001, 11_900]) {
      const more = missing(payment({ booked, refunded: back(refunded) }));
      expect(more.map(({ kind }) => kind)).toEqual(['refund']);
      booked = [...booked, ...more];
    }
    expect(balances(booked)).toEqual({ 'provider-balance': -375, 'provider-fees': 375 });
    const failed = missing(payment({ booked, refunded: back(0) }));
    expect(failed.map(({ kind }) => kind)).toEqual(['refund-failed']);
    expect(balances([...booked, ...failed])).toEqual(balances(missing(payment())));
  });

  const kept = { tax: -1_900, 'platform-fee': -1_500, 'publisher-share': -8_500 };
  const cost = (disputes: number) => ({ 'provider-fees': 375 + disputes * FEE });

  test.each<[string, Partial<Payment>[], Partial<Record<LedgerAccount, number>>]>([
    [
      'one that is open',
      [{ disputes: [open(11_900)] }],
      { ...kept, ...cost(1), disputed: 11_900, 'provider-balance': -1_875 },
    ],
    [
      'one that is won',
      [{ disputes: [open(11_900)] }, { disputes: [won(11_900)] }],
      { ...kept, ...cost(1), 'provider-balance': 10_025 },
    ],
    [
      'one that is lost',
      [{ disputes: [open(11_900)] }, { disputes: [lost(11_900)] }],
      { ...cost(1), 'provider-balance': -1_875 },
    ],
    [
      'one that is lost, and won after all',
      [{ disputes: [open(11_900)] }, { disputes: [lost(11_900)] }, { disputes: [won(11_900)] }],
      { ...kept, ...cost(1), 'provider-balance': 10_025 },
    ],
    [
      'one that is won, of which the money has not come back yet',
      [{ disputes: [open(11_900)] }, { disputes: [{ ...won(11_900), returned: 0 }] }],
      { ...kept, ...cost(1), disputed: 11_900, 'provider-balance': -1_875 },
    ],
    [
      'one that is won, and a second that is lost',
      [
        { disputes: [open(11_900)] },
        { disputes: [won(11_900)] },
        { disputes: [open(11_900), won(11_900)] },
        { disputes: [lost(11_900), won(11_900)] },
      ],
      { ...cost(2), 'provider-balance': -3_375 },
    ],
    [
      'two at once about a part each: one won, one lost',
      [{ disputes: [open(1_900), open(10_000)] }, { disputes: [won(1_900), lost(10_000)] }],
      {
        ...cost(2),
        tax: -303,
        'platform-fee': -239,
        'publisher-share': -1_358,
        'provider-balance': 11_525 - 10_000 - 3_000,
      },
    ],
    [
      'one about what was refunded in part: only the rest is lost',
      [{ refunded: back(5_000) }, { refunded: back(5_000), disputes: [lost(6_900)] }],
      { ...cost(1), 'provider-balance': -1_875 },
    ],
    [
      'one about more than was left: the excess is the platform’s loss',
      [{ refunded: back(5_000) }, { refunded: back(5_000), disputes: [lost(11_900)] }],
      { ...cost(1), 'platform-fee': 5_000, 'provider-balance': -6_875 },
    ],
    [
      'one that is lost at another rate than it was paid at: the difference is the platform’s',
      [{ disputes: [{ ...lost(11_900), taken: 12_000 }] }],
      { ...cost(1), 'platform-fee': 100, 'provider-balance': -1_975 },
    ],
    [
      'one that is won at another rate than it was taken at',
      [{ disputes: [{ ...won(11_900), returned: 11_800 }] }],
      { ...kept, ...cost(1), 'platform-fee': -1_400, 'provider-balance': 9_925 },
    ],
    [
      'one of which the bank took nothing',
      [{ disputes: [{ ...lost(11_900), taken: 0, fee: 0 }] }],
      { ...kept, ...cost(0), 'provider-balance': 11_525 },
    ],
  ])('of a dispute: %s, whichever of the events came', (_what, history, expected) => {
    for (let seen = 0; seen < 2 ** (history.length - 1); seen += 1) {
      let booked: Draft[] = [];
      history.forEach((state, at) => {
        const isLast = at === history.length - 1;
        if (isLast || (seen & (1 << at)) !== 0) booked = [...booked, ...missing(payment({ ...state, booked }))];
      });
      expect(balances(booked)).toEqual(expected);
      expect(missing(payment({ ...history.at(-1), booked }))).toEqual([]);
      expect(new Set(booked.map(({ key }) => key)).size).toBe(booked.length);
    }
  });

  test('of a lost dispute that is overturned by its name', () => {
    const booked = missing(payment({ disputes: [lost(11_900)] }));
    expect(booked.map(({ kind }) => kind)).toEqual([
      'purchase',
      'provider-fee',
      'dispute',
      'dispute-fee',
      'dispute-lost',
    ]);
    const more = missing(payment({ booked, disputes: [won(11_900)] }));
    expect(more.map(({ kind, key }) => [kind, key])).toEqual([
      ['dispute-won', 'dispute-won:ch_1'],
      ['dispute-overturned', 'dispute-lost:ch_1:1'],
    ]);
  });

  test('nothing of what cost nothing', () => {
    expect(missing(payment({ split: split(0, 0, 15), providerFee: 0 }))).toEqual([]);
  });

  test('a share on its way to the bank, and back', () => {
    const bookings = [transferred('t', 8_500), paidOut('po_1', 8_500, false), paidOut('po_1', 8_500, true)];
    expect(balances(bookings)).toEqual({ 'publisher-share': 8_500, 'publisher-account': -8_500 });
    const reversed = [...bookings, transferReversed('r', 3_000)];
    expect(balances(reversed)).toEqual({ 'publisher-share': 5_500, 'publisher-account': -5_500 });
  });
});
