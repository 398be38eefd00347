import { describe, expect, test } from 'vitest';
import {
  type BookedPart,
  type Draft,
  type LedgerAccount,
  missing,
  type Payment,
  paidOut,
  proportion,
  split,
  takenBack,
  transferred,
} from './booking.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0) + 0;

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
    refunded: 0,
    dispute: null,
    disputeFee: 1_500,
    booked: [],
    ...change,
  };
}

/** Random numbers that are the same again. */
function dice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 4_294_967_296) * (most + 1));
  };
}

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
      const more = missing(payment({ booked, refunded }));
      expect(more.map(({ kind }) => kind)).toEqual(['refund']);
      booked = [...booked, ...more];
    }
    expect(balances(booked)).toEqual({ 'provider-balance': -375, 'provider-fees': 375 });
    const failed = missing(payment({ booked, refunded: 0 }));
    expect(failed.map(({ kind }) => kind)).toEqual(['refund-failed']);
    expect(balances([...booked, ...failed])).toEqual(balances(missing(payment())));
  });

  test.each([
    [
      'won',
      {
        'provider-balance': 10_025,
        'provider-fees': 1_875,
        tax: -1_900,
        'platform-fee': -1_500,
        'publisher-share': -8_500,
      },
    ],
    ['lost', { 'provider-balance': -1_875, 'provider-fees': 1_875 }],
  ] as const)('of a dispute that is %s, whether it was seen open or not', (dispute, expected) => {
    const paid = missing(payment());
    const seen = [...paid, ...missing(payment({ booked: paid, dispute: 'open' }))];
    expect(balances(seen).disputed).toBe(11_900);
    const later = [...seen, ...missing(payment({ booked: seen, dispute }))];
    const atOnce = missing(payment({ dispute }));
    expect(balances(later)).toEqual(expected);
    expect(balances(atOnce)).toEqual(expected);
    expect(missing(payment({ booked: later, dispute }))).toEqual([]);
  });

  test('of a dispute about what was refunded in part: only the rest is lost', () => {
    const booked = missing(payment({ refunded: 5_000 }));
    const all = [...booked, ...missing(payment({ booked, refunded: 5_000, dispute: 'lost' }))];
    expect(balances(all)).toEqual({ 'provider-balance': -1_875, 'provider-fees': 1_875 });
  });

  test('nothing of what cost nothing', () => {
    expect(missing(payment({ split: split(0, 0, 15), providerFee: null }))).toEqual([]);
  });

  test('a share on its way to the bank, and back', () => {
    const bookings = [transferred('t', 8_500), paidOut('po_1', 8_500, false), paidOut('po_1', 8_500, true)];
    expect(balances(bookings)).toEqual({ 'publisher-share': 8_500, 'publisher-account': -8_500 });
  });
});

describe('whatever happens', () => {
  test('every booking balances, nothing is lost in rounding, and the same end is reached by every way', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const next = dice(seed);
      const amount = 1 + next(100_000);
      const tax = next(Math.floor(amount / 4));
      const whole = split(amount, tax, next(10_000) / 100);
      let booked: Draft[] = [];
      let state = payment({ split: whole, providerFee: next(500) });
      for (let step = 0; step < 8; step += 1) {
        const dispute = next(9) === 0 && state.dispute === null ? 'open' : state.dispute;
        state = { ...state, dispute, refunded: state.dispute === null ? next(amount) : state.refunded, booked };
        booked = [...booked, ...missing(state)];
      }
      state = { ...state, dispute: state.dispute === null ? null : next(1) === 0 ? 'won' : 'lost', booked };
      booked = [...booked, ...missing(state)];
      for (const { entries } of booked) {
        expect(sum(entries.map((entry) => entry.amount))).toBe(0);
        expect(entries.every((entry) => Number.isSafeInteger(entry.amount) && entry.amount !== 0)).toBe(true);
      }
      expect(new Set(booked.map(({ key }) => key)).size).toBe(booked.length);
      expect(missing({ ...state, booked })).toEqual([]);
      // What is left is the division less what was taken back.
      const back = takenBack(whole, state.dispute === 'lost' ? amount : state.refunded);
      const left = balances(booked);
      expect([left.tax ?? 0, left['platform-fee'] ?? 0, left['publisher-share'] ?? 0]).toEqual(
        [back.tax - whole.tax, back.fee - whole.fee, back.share - whole.share].map((value) => value + 0),
      );
    }
  });
});
