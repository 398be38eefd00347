import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { owedSince, toEvent } from './objects.ts';

const invoice = (status: string, reason: string, ...starts: number[]) =>
  ({ status, billing_reason: reason, lines: { data: starts.map((start) => ({ period: { start } })) } }) as never;
const CYCLE = 'subscription_cycle';

describe('what is owed', () => {
  it.each<[string, never[], number | null]>([
    ['nothing without invoices', [], null],
    ['nothing when the last period was paid', [invoice('paid', CYCLE, 300), invoice('open', CYCLE, 200)], null],
    ['the last period', [invoice('open', CYCLE, 300), invoice('paid', CYCLE, 200)], 300],
    [
      'all periods since the last that was paid',
      [invoice('draft', CYCLE, 400), invoice('uncollectible', CYCLE, 300), invoice('paid', CYCLE, 200)],
      300,
    ],
    [
      'never a change within a period',
      [invoice('open', 'subscription_update', 350), invoice('paid', CYCLE, 300)],
      null,
    ],
    [
      'a period, not the use that was metered before it',
      [invoice('open', CYCLE, 200, 300), invoice('paid', CYCLE, 200)],
      300,
    ],
    ['the first period', [invoice('open', 'subscription_create', 100)], 100],
  ])('is %s', (_what, invoices, since) => {
    expect(owedSince(invoices)?.getTime() ?? null).toBe(since === null ? null : since * 1000);
  });
});

it('news of what is still being made leads nowhere', () => {
  const object = { object: 'invoice', id: 'in_1', customer: 'cus_1' };
  const news = toEvent({
    id: 'evt_1',
    type: 'invoice.created',
    created: 1,
    data: { object },
  } as unknown as Stripe.Event);
  expect(news).toMatchObject({ subjects: {}, customer: 'cus_1' });
});

describe('news', () => {
  const news = (object: object) =>
    toEvent({ id: 'evt_1', type: 'x', created: 1, data: { object } } as unknown as Stripe.Event);

  it.each<[object, object, string | null]>([
    [{ object: 'subscription', id: 'sub_1', customer: 'cus_1' }, { subscription: 'sub_1' }, 'cus_1'],
    [
      { object: 'invoice', id: 'in_1', customer: 'cus_1', parent: { subscription_details: { subscription: 'sub_1' } } },
      { invoice: 'in_1', subscription: 'sub_1' },
      'cus_1',
    ],
    [{ object: 'invoice', id: 'in_1', customer: 'cus_1', parent: null }, { invoice: 'in_1' }, 'cus_1'],
    [
      { object: 'checkout.session', id: 'cs_1', customer: 'cus_1', subscription: { id: 'sub_1' } },
      { checkout: 'cs_1', subscription: 'sub_1' },
      'cus_1',
    ],
    [{ object: 'payment_intent', id: 'pi_1', customer: 'cus_1' }, { intent: 'pi_1' }, 'cus_1'],
    [{ object: 'charge', id: 'ch_1', customer: null }, { charge: 'ch_1' }, null],
    [{ object: 'dispute', id: 'dp_1', charge: 'ch_1' }, { charge: 'ch_1' }, null],
    [{ object: 'refund', id: 're_1', charge: 'ch_1' }, { charge: 'ch_1' }, null],
    [{ object: 'customer', id: 'cus_1' }, { customer: 'cus_1' }, 'cus_1'],
    [{ object: 'payment_method', id: 'pm_1', customer: 'cus_1' }, { customer: 'cus_1' }, 'cus_1'],
    [{ object: 'balance', available: [] }, {}, null],
    [{ object: 'subscription', id: 7, customer: { id: 9 } }, {}, null],
    [{}, {}, null],
  ])('of %o leads to %o', (object, subjects, customer) => {
    expect(news(object).subjects).toEqual(subjects);
    expect(news(object).customer).toBe(customer);
  });
});
