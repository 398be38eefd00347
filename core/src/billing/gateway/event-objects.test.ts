import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { toEvent } from './event-objects.ts';

it('an event about what is still being made leads nowhere', () => {
  const object = { object: 'invoice', id: 'in_1', customer: 'cus_1' };
  const event = toEvent({
    id: 'evt_1',
    type: 'invoice.created',
    created: 1,
    data: { object },
  } as unknown as Stripe.Event);
  expect(event).toMatchObject({ subjects: {}, customer: 'cus_1' });
});

it('an event about a charge that says now what it brought leads to it', () => {
  const data = { object: { object: 'charge', id: 'ch_1', customer: 'cus_1' } };
  const event = toEvent({ id: 'evt_1', type: 'charge.updated', created: 1, data } as unknown as Stripe.Event);
  expect(event.subjects).toEqual({ charge: 'ch_1' });
});

describe('an event', () => {
  const event = (object: object) =>
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
    expect(event(object).subjects).toEqual(subjects);
    expect(event(object).customer).toBe(customer);
  });
});
