import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, rig } from './testing/rig.ts';

const DAY = 86_400;
const START = 1_767_225_600; // 2026-01-01

let at: Rig;
let product: Stripe.Product;
let monthly: Stripe.Price;
let annual: Stripe.Price;

beforeAll(async () => {
  at = await rig();
  product = await at.stripe.products.create({ name: 'Job board' });
  const base = { product: product.id, currency: 'eur' };
  monthly = await at.stripe.prices.create({ ...base, unit_amount: 1000, recurring: { interval: 'month' } });
  annual = await at.stripe.prices.create({ ...base, unit_amount: 9600, recurring: { interval: 'year' } });
});
afterAll(() => at.close());

async function person(card = 'pm_card_visa'): Promise<{ clock: string; customer: string }> {
  const clock = await at.stripe.testHelpers.testClocks.create({ frozen_time: START });
  const customer = await at.stripe.customers.create({ email: 'a@b.test', test_clock: clock.id, payment_method: card });
  await useCard(customer.id, card);
  return { clock: clock.id, customer: customer.id };
}

async function useCard(customer: string, card: string): Promise<void> {
  const method = await at.stripe.paymentMethods.attach(card, { customer });
  await at.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
}

async function invoices(customer: string): Promise<[string | null, number, string | null][]> {
  const { data } = await at.stripe.invoices.list({ customer, limit: 100 });
  return data.reverse().map((invoice) => [invoice.status, invoice.total, invoice.billing_reason]);
}

describe('a lifetime', () => {
  test('trial, twelve renewals, failure, dunning, payment, cancellation, end', async () => {
    const { clock, customer } = await person();
    const { stripe, advance } = at;
    const made = await stripe.subscriptions.create({ customer, items: [{ price: monthly.id }], trial_period_days: 14 });
    expect(made.status).toBe('trialing');
    await advance(clock, START + 14 * DAY + 3700);
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe('active');
    let now = START + 14 * DAY + 3700;
    const later = async (days: number) => {
      now += days * DAY;
      await advance(clock, now);
    };
    for (let month = 1; month <= 12; month += 1) await later(30.5);
    const paid = (await invoices(customer)).filter(([status, total]) => status === 'paid' && total === 1000);
    expect(paid).toHaveLength(13);

    await useCard(customer, 'pm_card_chargeCustomerFail');
    await later(31);
    await later(4);
    let subscription = await stripe.subscriptions.retrieve(made.id, { expand: ['latest_invoice'] });
    expect(subscription.status).toBe('past_due');
    const open = subscription.latest_invoice as Stripe.Invoice;
    expect(open).toMatchObject({ status: 'open', attempted: true });
    expect(open.next_payment_attempt).toBeGreaterThan(now);
    await expect(stripe.invoices.pay(open.id)).rejects.toMatchObject({ code: 'card_declined', statusCode: 402 });
    await useCard(customer, 'pm_card_visa');
    expect((await stripe.invoices.pay(open.id)).status).toBe('paid');
    subscription = await stripe.subscriptions.update(made.id, { cancel_at_period_end: true });
    expect(subscription).toMatchObject({ status: 'active', cancel_at_period_end: true });
    expect(subscription.cancel_at).toBe(subscription.items.data[0]?.current_period_end);
    await advance(clock, (subscription.cancel_at ?? 0) + 60);
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe('canceled');
    const types = (await stripe.events.list({ limit: 100, type: 'customer.subscription.deleted' })).data;
    expect(types.some((event) => (event.data.object as { id: string }).id === made.id)).toBe(true);
  });

  test('dunning ends it after the last attempt', async () => {
    const { clock, customer } = await person();
    const made = await at.stripe.subscriptions.create({ customer, items: [{ price: monthly.id }] });
    await useCard(customer, 'pm_card_chargeCustomerFail');
    await at.advance(clock, START + 31 * DAY + 3700);
    await at.advance(clock, START + 50 * DAY);
    const ended = await at.stripe.subscriptions.retrieve(made.id, { expand: ['latest_invoice'] });
    expect(ended).toMatchObject({ status: 'canceled', cancellation_details: { reason: 'payment_failed' } });
    expect((ended.latest_invoice as Stripe.Invoice).attempt_count).toBe(4);
  });
});

describe('a beginning', () => {
  test('incomplete until the holder proves who they are', async () => {
    const { customer } = await person('pm_card_authenticationRequired');
    const made = await at.stripe.subscriptions.create({
      customer,
      items: [{ price: monthly.id }],
      expand: ['latest_invoice.confirmation_secret', 'latest_invoice.payments'],
    });
    expect(made.status).toBe('incomplete');
    const invoice = made.latest_invoice as Stripe.Invoice;
    const intent = String(invoice.payments?.data[0]?.payment.payment_intent);
    expect(invoice.confirmation_secret?.client_secret).toContain(intent);
    await at.control('POST', `/authenticate/${intent}`, { complete: true });
    expect((await at.stripe.subscriptions.retrieve(made.id)).status).toBe('active');
  });

  test('incomplete expires after 23 hours', async () => {
    const { clock, customer } = await person('pm_card_chargeCustomerFail');
    const made = await at.stripe.subscriptions.create({
      customer,
      items: [{ price: monthly.id }],
      expand: ['latest_invoice'],
    });
    expect(made.status).toBe('incomplete');
    await at.advance(clock, START + DAY);
    expect((await at.stripe.subscriptions.retrieve(made.id)).status).toBe('incomplete_expired');
    expect(await invoices(customer)).toEqual([['void', 1000, 'subscription_create']]);
  });

  test('refused leaves nothing behind when so wanted', async () => {
    const { customer } = await person('pm_card_chargeCustomerFail');
    const wish = { customer, items: [{ price: monthly.id }], payment_behavior: 'error_if_incomplete' as const };
    await expect(at.stripe.subscriptions.create(wish)).rejects.toMatchObject({ type: 'StripeCardError' });
    expect((await at.stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
    expect(await invoices(customer)).toEqual([]);
  });
});

describe('a change', () => {
  test('of seats is prorated to the second, as previewed', async () => {
    const { clock, customer } = await person();
    const made = await at.stripe.subscriptions.create({ customer, items: [{ price: monthly.id, quantity: 2 }] });
    const item = made.items.data[0]?.id ?? '';
    await at.advance(clock, START + 15.5 * DAY);
    const details = { items: [{ id: item, quantity: 5 }], proration_behavior: 'always_invoice' as const };
    const before = (await at.stripe.invoices.list({ customer })).data.length;
    const preview = await at.stripe.invoices.createPreview({ subscription: made.id, subscription_details: details });
    expect(preview.total).toBe(1500);
    expect((await at.stripe.invoices.list({ customer })).data).toHaveLength(before);
    const changed = await at.stripe.subscriptions.update(made.id, { ...details, expand: ['latest_invoice'] });
    expect(changed.latest_invoice).toMatchObject({
      status: 'paid',
      total: 1500,
      billing_reason: 'subscription_update',
    });
    expect(changed.items.data[0]?.current_period_end).toBe(made.items.data[0]?.current_period_end);
  });

  test('downwards is credited with the next invoice', async () => {
    const { clock, customer } = await person();
    const made = await at.stripe.subscriptions.create({ customer, items: [{ price: monthly.id, quantity: 4 }] });
    await at.advance(clock, START + 15.5 * DAY);
    await at.stripe.subscriptions.update(made.id, { items: [{ id: made.items.data[0]?.id ?? '', quantity: 2 }] });
    await at.advance(clock, START + 31 * DAY + 3700);
    expect((await invoices(customer)).at(-1)).toEqual(['paid', 1000, 'subscription_cycle']);
  });

  test('of the interval begins a new period, paid at once', async () => {
    const { clock, customer } = await person();
    const made = await at.stripe.subscriptions.create({ customer, items: [{ price: monthly.id }] });
    await at.advance(clock, START + 15.5 * DAY);
    const item = made.items.data[0]?.id ?? '';
    const changed = await at.stripe.subscriptions.update(made.id, {
      items: [{ id: item, price: annual.id }],
      expand: ['latest_invoice'],
    });
    expect(changed.latest_invoice).toMatchObject({ status: 'paid', total: 9600 - 500 });
    expect(changed.items.data[0]).toMatchObject({ id: item, current_period_start: START + 15.5 * DAY });
  });

  test('that the card does not bear is undone when so wanted', async () => {
    const { customer } = await person();
    const made = await at.stripe.subscriptions.create({ customer, items: [{ price: monthly.id }] });
    await useCard(customer, 'pm_card_chargeCustomerFail');
    const change = at.stripe.subscriptions.update(made.id, {
      items: [{ id: made.items.data[0]?.id ?? '', price: annual.id }],
      payment_behavior: 'error_if_incomplete',
    });
    await expect(change).rejects.toMatchObject({ code: 'card_declined' });
    expect((await at.stripe.subscriptions.retrieve(made.id)).items.data[0]?.price.id).toBe(monthly.id);
  });

  /** A subscription whose bank asks its holder at each payment, and a change of it. */
  async function asked() {
    const { clock, customer } = await person();
    const made = await at.stripe.subscriptions.create({ customer, items: [{ price: monthly.id, quantity: 2 }] });
    await useCard(customer, 'pm_card_authenticationRequired');
    const change = (payment_behavior: Stripe.SubscriptionUpdateParams.PaymentBehavior, quantity = 5) =>
      at.stripe.subscriptions.update(made.id, {
        items: [{ id: made.items.data[0]?.id ?? '', quantity }],
        proration_behavior: 'always_invoice',
        payment_behavior,
      });
    const now = () =>
      at.stripe.subscriptions.retrieve(made.id, { expand: ['latest_invoice.payments'] }) as Promise<
        Stripe.Subscription & { latest_invoice: Stripe.Invoice }
      >;
    const seats = async () => (await now()).items.data[0]?.quantity;
    return { clock, customer, change, now, seats };
  }

  test('that the bank asks about is refused, or waits to be confirmed, as wanted', async () => {
    const { change, now, seats } = await asked();
    const code = 'subscription_payment_intent_requires_action';
    await expect(change('error_if_incomplete')).rejects.toMatchObject({ statusCode: 402, code });
    expect(await now()).toMatchObject({ status: 'active', pending_update: null, latest_invoice: { status: 'paid' } });

    const waiting = await change('pending_if_incomplete');
    expect(waiting).toMatchObject({ status: 'active', pending_update: { expires_at: START + 23 * 3600 } });
    expect(waiting.pending_update?.subscription_items?.[0]?.quantity).toBe(5);
    expect(await seats()).toBe(2);
    const { latest_invoice: invoice } = await now();
    expect(invoice).toMatchObject({ status: 'open', total: 3000, billing_reason: 'subscription_update' });
    const intent = String(invoice.payments?.data[0]?.payment.payment_intent);
    await at.control('POST', `/authenticate/${intent}`, { complete: true });
    expect(await now()).toMatchObject({ status: 'active', pending_update: null, latest_invoice: { status: 'paid' } });
    expect(await seats()).toBe(5);
  });

  test('that nobody confirms is forgotten: in time, by another change, or when its invoice is void', async () => {
    const { clock, customer, change, now, seats } = await asked();
    await change('pending_if_incomplete');
    const first = (await now()).latest_invoice.id;
    await change('pending_if_incomplete', 7);
    expect((await at.stripe.invoices.retrieve(first)).status).toBe('void');
    const { latest_invoice: second, pending_update: wanted } = await now();
    expect(wanted?.subscription_items?.[0]?.quantity).toBe(7);
    await at.stripe.invoices.voidInvoice(second.id);
    expect((await now()).pending_update).toBeNull();
    await change('pending_if_incomplete');
    await at.advance(clock, START + DAY);
    expect(await now()).toMatchObject({ status: 'active', pending_update: null, latest_invoice: { status: 'void' } });
    expect(await seats()).toBe(2);
    expect(new Set((await invoices(customer)).map(([status]) => status))).toEqual(new Set(['paid', 'void']));
  });
});

describe('a renewal', () => {
  test('that the bank asks about waits for its holder, and is tried again meanwhile', async () => {
    const { clock, customer } = await person();
    const made = await at.stripe.subscriptions.create({ customer, items: [{ price: monthly.id }] });
    await useCard(customer, 'pm_card_authenticationRequired');
    await at.advance(clock, START + 31 * DAY + 3700);
    const now = async () =>
      (await at.stripe.subscriptions.retrieve(made.id, {
        expand: ['latest_invoice.payments'],
      })) as Stripe.Subscription & { latest_invoice: Stripe.Invoice };
    const { status, latest_invoice: invoice } = await now();
    expect(status).toBe('past_due');
    expect(invoice).toMatchObject({ status: 'open', attempt_count: 1 });
    const intent = String(invoice.payments?.data[0]?.payment.payment_intent);
    expect((await at.stripe.paymentIntents.retrieve(intent)).status).toBe('requires_action');
    await expect(at.stripe.invoices.pay(invoice.id, { off_session: true })).rejects.toMatchObject({
      code: 'invoice_payment_intent_requires_action',
    });
    await at.control('POST', `/authenticate/${intent}`, { complete: true });
    expect(await now()).toMatchObject({ status: 'active', latest_invoice: { status: 'paid' } });
    const { data } = await at.stripe.events.list({ limit: 100, type: 'invoice.payment_action_required' });
    expect(data.some((event) => (event.data.object as { id: string }).id === invoice.id)).toBe(true);
  });
});

describe('metered', () => {
  test('usage is billed when its period is over, once for each identifier', async () => {
    const { clock, customer } = await person();
    const meter = await at.stripe.billing.meters.create({
      display_name: 'Calls',
      event_name: 'calls',
      default_aggregation: { formula: 'sum' },
    });
    const price = await at.stripe.prices.create({
      product: product.id,
      currency: 'eur',
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      tiers: [
        { up_to: 100, unit_amount: 0 },
        { up_to: 'inf', unit_amount: 3 },
      ],
      recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    });
    await at.stripe.subscriptions.create({ customer, items: [{ price: monthly.id }, { price: price.id }] });
    const report = (identifier: string, value: number) =>
      at.stripe.billing.meterEvents.create({
        event_name: 'calls',
        identifier,
        payload: { stripe_customer_id: customer, value: String(value) },
      });
    await report('day-1', 120);
    await report('day-2', 50);
    await expect(report('day-2', 50)).rejects.toMatchObject({ statusCode: 400 });
    await at.advance(clock, START + 31 * DAY + 3700);
    expect((await invoices(customer)).at(-1)).toEqual(['paid', 1000 + 70 * 3, 'subscription_cycle']);
  });
});

describe('promotion and tax', () => {
  test('a coupon applies once, tax is on what is left', async () => {
    const { clock, customer } = await person();
    await at.stripe.customers.update(customer, { address: { country: 'DE' } });
    const coupon = await at.stripe.coupons.create({ percent_off: 25, duration: 'once' });
    const code = await at.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: `C${Date.now()}`,
    });
    await at.stripe.subscriptions.create({
      customer,
      items: [{ price: monthly.id }],
      discounts: [{ promotion_code: code.id }],
      automatic_tax: { enabled: true },
    });
    await at.advance(clock, START + 31 * DAY + 3700);
    expect((await invoices(customer)).map(([, total]) => total)).toEqual([893, 1190]);
  });

  test('what a discount was taken off is credited as it was paid', async () => {
    const change = async (id: string, item: string | undefined, quantity: number) => {
      const { latest_invoice: invoice } = await at.stripe.subscriptions.update(id, {
        items: [{ id: item ?? '', quantity }],
        proration_behavior: 'always_invoice',
        expand: ['latest_invoice'],
      });
      return (invoice as Stripe.Invoice).total;
    };
    for (const [percent, duration, seats, totals] of [
      [100, 'once', 1, [1000, -500 + 250]],
      [25, 'forever', 2, [-750 + 1500, -750 + 375]],
    ] as const) {
      const { clock, customer } = await person();
      const coupon = await at.stripe.coupons.create({ percent_off: percent, duration });
      const made = await at.stripe.subscriptions.create({
        customer,
        items: [{ price: monthly.id, quantity: seats }],
        discounts: [{ coupon: coupon.id }],
      });
      const item = made.items.data[0]?.id;
      await at.advance(clock, START + 15.5 * DAY);
      const up = await change(made.id, item, seats * 2);
      await at.advance(clock, START + 23.25 * DAY);
      expect([up, await change(made.id, item, seats)]).toEqual(totals);
    }
  });

  test('an EU business elsewhere pays without VAT, by reverse charge', async () => {
    const { customer } = await person();
    await at.stripe.customers.update(customer, { address: { country: 'FR' } });
    await at.stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'FR12345678901' });
    const made = await at.stripe.subscriptions.create({
      customer,
      items: [{ price: monthly.id }],
      automatic_tax: { enabled: true },
      expand: ['latest_invoice'],
    });
    const invoice = made.latest_invoice as Stripe.Invoice;
    expect(invoice.total).toBe(1000);
    expect(invoice.total_taxes?.[0]?.taxability_reason).toBe('reverse_charge');
  });
});
