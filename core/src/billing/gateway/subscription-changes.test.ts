import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { confirmChange, makeChange, withdrawChange } from './subscription-changes.ts';

const CHANGE = {
  subscription: 'sub_1',
  item: 'si_1',
  price: 'price_1',
  quantity: 5,
  removeItems: [],
  addPrices: [],
  prorationAt: null,
};
const PENDING = { pending_update: { expires_at: 1 }, latest_invoice: 'in_1' };
const INVOICE = {
  id: 'in_1',
  status: 'open',
  billing_reason: 'subscription_update',
  hosted_invoice_url: 'https://pay.test/in_1',
  confirmation_secret: { client_secret: 'pi_1_secret_x' },
  payments: { data: [{ payment: { payment_intent: 'pi_1' } }] },
};

/** A provider that refuses the first attempt in this way, and says how the second turned out. */
function refusing(failure: object | null, pending: object | null = null) {
  const asked: [how: string | undefined, key: string | undefined][] = [];
  const update: Stripe['subscriptions']['update'] = async (_id, params, options) => {
    asked.push([params?.payment_behavior, options?.idempotencyKey]);
    if (asked.length === 1 && failure) throw failure;
    return { pending_update: asked.length === 1 ? null : pending } as never;
  };
  return { asked, stripe: { subscriptions: { update } } as unknown as Stripe };
}

describe('a change', () => {
  test('that is paid is made at once', async () => {
    const { asked, stripe } = refusing(null);
    expect(await makeChange(stripe, CHANGE, 'key')).toBe('made');
    expect(asked).toEqual([['error_if_incomplete', 'key']]);
  });

  test.each([
    { code: 'subscription_payment_intent_requires_action' },
    { code: 'authentication_required' },
    { code: 'card_declined', decline_code: 'authentication_required' },
  ])('refused with %o is asked for again, to wait', async (failure) => {
    const { asked, stripe } = refusing(failure, PENDING.pending_update);
    expect(await makeChange(stripe, CHANGE, 'key')).toBe('pending');
    expect(asked).toEqual([
      ['error_if_incomplete', 'key'],
      ['pending_if_incomplete', 'key:pending'],
    ]);
  });

  test('that needs no confirmation the second time is made', async () => {
    const { stripe } = refusing({ code: 'authentication_required' });
    expect(await makeChange(stripe, CHANGE, 'key')).toBe('made');
  });

  test('that is declined is not tried again', async () => {
    const failure = { code: 'card_declined', decline_code: 'insufficient_funds' };
    const { asked, stripe } = refusing(failure);
    await expect(makeChange(stripe, CHANGE, 'key')).rejects.toBe(failure);
    expect(asked).toHaveLength(1);
  });
});

/** A provider with a subscription, its latest invoice and the intent that pays it. */
function having({ subscription = PENDING, invoice = INVOICE, status = 'requires_action', failure = null }: Had = {}) {
  const voided: string[] = [];
  const stripe = {
    subscriptions: { retrieve: async () => subscription },
    invoices: {
      retrieve: async () => invoice,
      voidInvoice: async (id: string) => voided.push(id),
    },
    paymentIntents: {
      retrieve: async () => ({ status }),
      async confirm(_id: string, { return_url }: { return_url: string }) {
        if (failure) throw failure;
        return { next_action: { redirect_to_url: { url: `https://bank.test/?back=${return_url}` } } };
      },
    },
  } as unknown as Stripe;
  return { voided, stripe };
}
interface Had {
  subscription?: object;
  invoice?: object;
  status?: string;
  failure?: object | null;
}

describe('the way to confirm a change', () => {
  const clientSecret = 'pi_1_secret_x';
  const url = INVOICE.hosted_invoice_url;
  test.each<[string, Had, object | null]>([
    ['leads to the bank and back', {}, { clientSecret, url: 'https://bank.test/?back=home' }],
    ['leads to the invoice once the bank has refused', { status: 'requires_payment_method' }, { clientSecret, url }],
    [
      'leads to the invoice when it was confirmed meanwhile',
      { failure: { code: 'payment_intent_unexpected_state' } },
      { clientSecret, url },
    ],
    ['is none where nothing waits', { subscription: { ...PENDING, pending_update: null } }, null],
    ['is none where the invoice is paid', { invoice: { ...INVOICE, status: 'paid' } }, null],
    [
      'is none where the latest invoice is a renewal',
      { invoice: { ...INVOICE, billing_reason: 'subscription_cycle' } },
      null,
    ],
  ])('%s', async (_what, had, confirmation) => {
    expect(await confirmChange(having(had).stripe, 'sub_1', 'home')).toEqual(confirmation);
  });

  test('fails when the provider does', async () => {
    const failure = { type: 'StripeConnectionError' };
    await expect(confirmChange(having({ failure }).stripe, 'sub_1', 'home')).rejects.toBe(failure);
  });

  test('is no more once its invoice is void; other invoices are left alone', async () => {
    const waiting = having();
    await withdrawChange(waiting.stripe, 'sub_1');
    expect(waiting.voided).toEqual(['in_1']);
    const renewal = having({ invoice: { ...INVOICE, billing_reason: 'subscription_cycle' } });
    await withdrawChange(renewal.stripe, 'sub_1');
    expect(renewal.voided).toEqual([]);
  });
});
