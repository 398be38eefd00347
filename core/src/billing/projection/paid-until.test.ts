import { expect, it } from 'vitest';
import { paidUntil } from './paid-until.ts';

const BEFORE = new Date('2026-10-01T00:00:00.000Z');
const START = new Date('2026-11-01T00:00:00.000Z');
const MIDDLE = new Date('2026-11-12T00:00:00.000Z');
const END = new Date('2026-12-01T00:00:00.000Z');

it.each<[string, Partial<Parameters<typeof paidUntil>[0]>, Date | null]>([
  ['incomplete', {}, null],
  ['incomplete_expired', {}, null],
  ['trialing', { trialEndsAt: MIDDLE }, MIDDLE],
  ['active', {}, END],
  ['past_due', { owedSince: START }, START],
  // A second period has begun, and the one before it was not paid either.
  ['past_due', { owedSince: BEFORE }, BEFORE],
  // Only a change within the period is owed.
  ['past_due', {}, END],
  ['unpaid', { owedSince: BEFORE }, BEFORE],
  ['paused', { trialEndsAt: START }, START],
  ['canceled', { endedAt: END }, END],
  ['canceled', { endedAt: MIDDLE }, MIDDLE],
  ['canceled', { endedAt: MIDDLE, owedSince: START }, START],
  ['canceled', { endedAt: MIDDLE, currentPeriodEnd: null }, MIDDLE],
  ['something new', {}, END],
])('%s with %o', (status, change, expected) => {
  const until = paidUntil({
    status,
    currentPeriodStart: START,
    currentPeriodEnd: END,
    trialEndsAt: null,
    endedAt: null,
    owedSince: null,
    ...change,
  });
  expect(until).toEqual(expected);
});
