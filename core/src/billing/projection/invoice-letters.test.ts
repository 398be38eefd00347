import { expect, it } from 'vitest';
import type { ProviderInvoice } from '../gateway/index.ts';
import { letterFor } from './invoice-letters.ts';

const AT = new Date('2026-11-21T10:00:00.000Z');

function letter(change: Partial<ProviderInvoice>) {
  const invoice: ProviderInvoice = {
    id: 'in_1',
    customer: 'cus_1',
    origin: {},
    subscription: 'sub_1',
    number: 'A-1',
    status: 'open',
    reason: 'subscription_cycle',
    currency: 'eur',
    total: 4900,
    amountDue: 4900,
    amountPaid: 0,
    tax: 0,
    hostedUrl: 'https://pay.test/in_1',
    pdfUrl: null,
    attempts: 0,
    nextAttemptAt: null,
    needsAction: false,
    charges: [],
    createdAt: AT,
    paidAt: null,
    ...change,
  };
  return letterFor(invoice, 'CRM', 'https://bazaar.test', true);
}

it.each<[string, Partial<ProviderInvoice>, string | undefined]>([
  ['not tried yet', {}, undefined],
  ['tried and declined', { attempts: 2 }, 'payment-failed:in_1:2'],
  ['the first of a subscription, declined', { attempts: 1, reason: 'subscription_create' }, undefined],
  ['waiting for the bank', { attempts: 1, needsAction: true }, 'payment-action:in_1:1'],
  ['paid', { status: 'paid', amountPaid: 4900, paidAt: AT }, 'receipt:in_1'],
  ['paid with nothing', { status: 'paid', amountPaid: 0 }, undefined],
  ['void', { status: 'void', attempts: 3 }, undefined],
  ['given up', { status: 'uncollectible', attempts: 4 }, undefined],
])('an invoice %s', (_what, change, key) => {
  expect(letter(change)?.key).toBe(key);
});

it('leads to where it can be paid', () => {
  expect(letter({ attempts: 1, nextAttemptAt: AT })?.values).toMatchObject({
    pay: 'https://pay.test/in_1',
    nextAttempt: '2026-11-21T10:00:00.000Z',
  });
  expect(letter({ attempts: 1, needsAction: true })?.values).toMatchObject({ confirm: 'https://pay.test/in_1' });
  expect(letter({ attempts: 1, hostedUrl: null })?.values).toMatchObject({ pay: 'https://bazaar.test/admin/billing' });
});
