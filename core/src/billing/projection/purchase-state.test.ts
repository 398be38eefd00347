import { expect, it } from 'vitest';
import { stateByCheckout, stateByIntent, stateBySubscription } from './purchase-state.ts';

it.each([
  ['open', false, 'intent'],
  ['open', true, 'intent'],
  ['complete', true, 'completed'],
  ['complete', false, 'confirmed'],
  ['expired', false, 'expired'],
] as const)('a page that is %s, paid %s: %s', (status, paid, state) => {
  expect(stateByCheckout({ status, paid })).toBe(state);
});

it.each([
  ['requires_payment_method', 'intent'],
  ['requires_confirmation', 'intent'],
  ['requires_action', 'intent'],
  ['processing', 'confirmed'],
  ['requires_capture', 'confirmed'],
  ['succeeded', 'completed'],
  ['canceled', 'cancelled'],
])('a payment that is %s: %s', (status, state) => {
  expect(stateByIntent({ status })).toBe(state);
});

it.each([
  ['incomplete', 'intent'],
  ['incomplete_expired', 'expired'],
  ['trialing', 'completed'],
  ['active', 'completed'],
  ['past_due', 'completed'],
  ['canceled', 'completed'],
])('a subscription that is %s: %s', (status, state) => {
  expect(stateBySubscription({ status })).toBe(state);
});
