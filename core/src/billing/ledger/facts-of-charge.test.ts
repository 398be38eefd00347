import { expect, it } from 'vitest';
import type { ProviderDispute } from '../gateway/index.ts';
import { factsOfCharge, isSettled, type SettledCharge } from './facts-of-charge.ts';

const AT = new Date('2026-11-21T10:00:00Z');

/** 15,000 yen that were exchanged for 92.00 euros. */
function paid(change: Partial<SettledCharge> = {}): SettledCharge {
  return {
    id: 'ch_1',
    customer: 'cus_1',
    intent: null,
    invoice: null,
    amount: 15_000,
    amountRefunded: 0,
    currency: 'jpy',
    captured: true,
    settled: { currency: 'eur', amount: 9_200, fee: 297 },
    returned: 0,
    disputes: [],
    createdAt: AT,
    ...change,
  };
}

function dispute(change: Partial<ProviderDispute>): ProviderDispute {
  return {
    id: 'du_1',
    state: 'open',
    amount: 15_000,
    currency: 'jpy',
    reason: 'fraudulent',
    dueAt: AT,
    settlements: [],
    createdAt: AT,
    ...change,
  };
}

it('a fee stays in the currency in which the provider took it', () => {
  expect(factsOfCharge(paid(), 'eur', 9_200).providerFee).toBe(297);
  const yen = paid({ settled: { currency: 'jpy', amount: 15_000, fee: 465 } });
  expect(factsOfCharge(yen, 'jpy', 15_000).providerFee).toBe(465);
});

it('where the payment was booked in its own currency before, amounts lead there, without decimals being counted', () => {
  // 297 of 9,200 cents are 484 of 15,000 yen.
  expect(factsOfCharge(paid(), 'jpy', 15_000).providerFee).toBe(484);
  const settlements = [{ currency: 'eur', amount: -9_300, fee: 1_500 }];
  expect(factsOfCharge(paid({ disputes: [dispute({ settlements })] }), 'jpy', 15_000).disputes).toEqual([
    { state: 'open', part: 15_000, taken: 15_000, returned: 0, fee: 2_419 },
  ]);
});

it('what goes back is a part of the payment, and moves what the provider says', () => {
  const charge = paid({
    amountRefunded: 7_500,
    returned: 4_650,
    disputes: [
      dispute({
        state: 'won',
        amount: 7_500,
        settlements: [
          { currency: 'eur', amount: -4_700, fee: 1_500 },
          { currency: 'eur', amount: 4_690, fee: -1_500 },
        ],
      }),
      dispute({ currency: 'usd', amount: 99 }),
    ],
  });
  expect(factsOfCharge(charge, 'eur', 9_200)).toMatchObject({
    refunded: { part: 4_600, amount: 4_650 },
    disputes: [
      { state: 'won', part: 4_600, taken: 4_700, returned: 4_690, fee: 0 },
      { state: 'open', part: 9_200, taken: 0, returned: 0, fee: 0 },
    ],
  });
});

it.each<[string, Parameters<typeof isSettled>[0], boolean]>([
  ['came', paid(), true],
  ['has not come', paid({ captured: false }), false],
  ['was nothing', paid({ amount: 0 }), false],
  ['brought nobody knows what yet', { ...paid(), settled: null }, false],
])('money that %s is booked: %o', (_what, charge, expected) => {
  expect(isSettled(charge)).toBe(expected);
});
