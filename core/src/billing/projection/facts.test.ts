import { expect, it } from 'vitest';
import type { ProviderCharge, ProviderCheckout, ProviderIntent, ProviderInvoice } from '../gateway/index.ts';
import { readFacts, subjectsOf } from './facts.ts';

const AT = new Date('2026-11-21T10:00:00.000Z');
const OWN = { customer: 'cus_1', origin: {} };

const checkout: ProviderCheckout = {
  ...OWN,
  id: 'cs_1',
  status: 'complete',
  paid: true,
  url: null,
  intent: 'pi_1',
  subscription: null,
  expiresAt: AT,
};
const intent: ProviderIntent = { ...OWN, id: 'pi_1', status: 'succeeded', amountReceived: 1190, charge: 'ch_1' };
const charge: ProviderCharge = {
  id: 'ch_1',
  customer: 'cus_1',
  intent: 'pi_1',
  amount: 1190,
  amountRefunded: 0,
  disputes: [],
  invoice: 'in_1',
  currency: 'eur',
  captured: true,
  settled: null,
  returned: 0,
  createdAt: AT,
};
const invoice: ProviderInvoice = {
  ...OWN,
  id: 'in_1',
  subscription: null,
  number: 'A-1',
  status: 'paid',
  reason: 'manual',
  currency: 'eur',
  total: 1190,
  amountDue: 1190,
  amountPaid: 1190,
  tax: 190,
  hostedUrl: null,
  pdfUrl: null,
  attempts: 1,
  nextAttemptAt: null,
  needsAction: false,
  charges: ['ch_1'],
  createdAt: AT,
  paidAt: AT,
};

/** A provider that has these objects, and counts how often each is read. */
function provider() {
  const reads: string[] = [];
  const only =
    <T extends { id: string }>(object: T) =>
    async (id: string) => {
      reads.push(id);
      return id === object.id ? object : null;
    };
  return {
    reads,
    subscription: async () => null,
    invoice: only(invoice),
    checkout: only(checkout),
    intent: only(intent),
    charge: only(charge),
    customer: async () => null,
  };
}

it('a payment that was seen before its invoice is seen again with it', async () => {
  const gateway = provider();
  const facts = await readFacts(gateway, subjectsOf([{ invoice: 'in_1' }]), 'cus_1');
  expect(facts.charges.map(({ id }) => id)).toEqual(['ch_1']);
  expect(gateway.reads.toSorted()).toEqual(['ch_1', 'in_1']);
});

it.each([
  ['its page alone', [{ checkout: 'cs_1' }]],
  ['its page and its charge', [{ checkout: 'cs_1' }, { charge: 'ch_1' }]],
  ['all of it', [{ checkout: 'cs_1' }, { charge: 'ch_1' }, { intent: 'pi_1' }, { invoice: 'in_1' }]],
])('a payment that is known by %s comes with the invoice that says its tax', async (_what, subjects) => {
  const gateway = provider();
  const facts = await readFacts(gateway, subjectsOf(subjects), 'cus_1');
  expect(facts.charges.map(({ id }) => id)).toEqual(['ch_1']);
  expect(facts.invoices.map(({ id, tax }) => [id, tax])).toEqual([['in_1', 190]]);
  expect(gateway.reads.toSorted()).toEqual(['ch_1', 'cs_1', 'in_1', 'pi_1']);
});
