import { expect, it } from 'vitest';
import { paidUntil } from './paid-until.ts';

const START = new Date('2026-11-01T00:00:00.000Z');
const MIDDLE = new Date('2026-11-12T00:00:00.000Z');
const END = new Date('2026-12-01T00:00:00.000Z');

const invoice = (status: string, reason: string) => ({ id: 'in_1', status, reason });
const CYCLE_OPEN = invoice('open', 'subscription_cycle');
const CYCLE_PAID = invoice('paid', 'subscription_cycle');

it.each<
  [string, Parameters<typeof paidUntil>[0]['latestInvoice'], Partial<Parameters<typeof paidUntil>[0]>, Date | null]
>([
  ['incomplete', invoice('open', 'subscription_create'), {}, null],
  ['incomplete_expired', invoice('void', 'subscription_create'), {}, null],
  ['trialing', invoice('paid', 'subscription_create'), { trialEndsAt: MIDDLE }, MIDDLE],
  ['active', CYCLE_PAID, {}, END],
  // The invoice of the new period is drawn up, the payment tried an hour later.
  ['active', invoice('draft', 'subscription_cycle'), {}, END],
  ['past_due', CYCLE_OPEN, {}, START],
  ['past_due', invoice('open', 'subscription_update'), {}, END],
  ['past_due', null, {}, END],
  ['unpaid', CYCLE_OPEN, {}, START],
  ['unpaid', invoice('uncollectible', 'subscription_cycle'), {}, START],
  ['paused', invoice('paid', 'subscription_create'), { trialEndsAt: START }, START],
  ['canceled', CYCLE_PAID, { endedAt: END }, END],
  ['canceled', CYCLE_PAID, { endedAt: MIDDLE }, MIDDLE],
  ['canceled', CYCLE_OPEN, { endedAt: MIDDLE }, START],
  ['canceled', invoice('void', 'subscription_cycle'), { endedAt: MIDDLE }, START],
  ['canceled', invoice('open', 'subscription_update'), { endedAt: MIDDLE }, MIDDLE],
  ['canceled', null, { endedAt: MIDDLE, currentPeriodEnd: null }, MIDDLE],
  ['something new', CYCLE_PAID, {}, END],
])('%s with its last invoice %o, %o', (status, latestInvoice, change, expected) => {
  const until = paidUntil({
    status,
    currentPeriodStart: START,
    currentPeriodEnd: END,
    trialEndsAt: null,
    endedAt: null,
    latestInvoice,
    ...change,
  });
  expect(until).toEqual(expected);
});
