import { expect, test } from 'vitest';
import {
  attentionText,
  changeText,
  creditText,
  endingText,
  invoiceChip,
  nextStep,
  offerPrice,
  offerTerm,
  paidText,
  pendingText,
  subscriptionPrice,
} from './describe.ts';
import type { SubscriptionView } from './types.ts';

const AT = '2026-12-01T12:00:00.000Z';

const subscription = (change: Partial<SubscriptionView> = {}): SubscriptionView => ({
  id: 'sub_1',
  plugin: 'crm',
  plan: 'monthly',
  state: 'active',
  currency: 'EUR',
  unitAmount: 2900,
  amount: 2900,
  seats: null,
  nextPaymentAt: AT,
  paidUntil: AT,
  trialEndsAt: null,
  cancelAt: null,
  endedAt: null,
  pendingChange: null,
  ...change,
});

test.each<[Partial<SubscriptionView>, RegExp]>([
  [{}, /^The next payment is on .*2026\.$/],
  [{ state: 'trial', trialEndsAt: AT }, /^Nothing is charged before .*2026\.$/],
  [{ state: 'past-due' }, /^Paid until .*2026\. Pay the open invoice/],
  [{ state: 'ending', cancelAt: AT }, /^It ends on .*2026 and is not renewed\.$/],
  [{ state: 'ended', endedAt: AT }, /^It ended on .*2026\.$/],
])('what is next with %o', (change, text) => {
  expect(nextStep(subscription(change))).toMatch(text);
});

test('prices are those of all seats, in the digits of their currency', () => {
  expect(subscriptionPrice(subscription())).toBe('€29 a month');
  expect(subscriptionPrice(subscription({ plan: 'annual', seats: 3, amount: 83400 }))).toBe('€834 a year for 3 seats');
  expect(subscriptionPrice(subscription({ currency: 'JPY', amount: 2900, seats: 1 }))).toBe(
    '¥2,900 a month for one seat',
  );
  const offer = { plan: 'monthly', currency: 'JPY', unitAmount: 500, perSeat: true, savingPercent: null } as const;
  expect(offerPrice(offer, 4)).toBe('¥2,000');
  expect(offerTerm(offer, 4)).toBe('a month for 4 seats, ¥500 each');
  expect(offerPrice({ ...offer, perSeat: false }, 4)).toBe('¥500');
});

test('a change charges, credits, or does neither', () => {
  const preview = (dueNow: number) =>
    changeText({ currency: 'EUR', dueNow, lines: [], nextPaymentAt: null, prorationAt: AT });
  expect(preview(1250)).toMatch(/^€12\.50 is charged now/);
  expect(preview(-1250)).toMatch(/^€12\.50 is credited/);
  expect(preview(0)).toBe('Nothing is charged now.');
});

test('a change that waits says to what, for how much, and until when', () => {
  const pending = { plan: 'annual', seats: 3, amount: 83400, due: 74700, until: AT } as const;
  const { wanted, terms } = pendingText(pending, 'EUR');
  expect(wanted).toBe('The change to €834 a year for 3 seats waits until its payment is confirmed.');
  expect(terms).toMatch(/€747 is charged then; .* by 1 Dec 2026, \d\d:\d\d the change is dropped\.$/);
});

test('what failed names the sum and the plugin', () => {
  const attention = {
    kind: 'past-due',
    invoice: 'in_1',
    plugin: 'crm',
    amount: 2900,
    currency: 'EUR',
    page: null,
  } as const;
  expect(attentionText({ ...attention, nextAttemptAt: AT }, 'CRM')).toMatch(/€29 for CRM failed\. The next attempt/);
  expect(attentionText({ ...attention, kind: 'action', nextAttemptAt: null }, 'CRM')).toMatch(/^Your bank asks you/);
});

test('an invoice says what credit paid of it, and what it credits', () => {
  const invoice = (total: number, amountDue: number) => ({ status: 'paid', total, amountDue, currency: 'EUR' });
  expect(creditText(invoice(3800, 2084))).toBe('€17.16 from your credit');
  expect(creditText(invoice(3800, 0))).toBe('€38 from your credit');
  expect(creditText(invoice(3800, 3830))).toBe('and €0.30 from before');
  expect(creditText(invoice(3800, 3800))).toBeNull();
  expect(creditText(invoice(-5516, 0))).toBeNull();
  expect(invoiceChip(invoice(-5516, 0)).text).toBe('Credited');
  expect(invoiceChip(invoice(3800, 0)).text).toBe('Paid');
});

test('a plan besides a subscription that ends is said to cost from now on', () => {
  expect(endingText({ cancelAt: AT })).toMatch(/^Your subscription is paid until 1 Dec 2026 .* charged, at once\.$/);
});

test('what was paid is said where it is known', () => {
  expect(paidText({ amountPaid: 22_800, currency: 'EUR' })).toBe('€228 is paid. The invoice comes by e-mail.');
  expect([paidText({ amountPaid: null, currency: 'EUR' }), paidText({ amountPaid: 0, currency: 'EUR' })]).toEqual([
    '',
    '',
  ]);
});
