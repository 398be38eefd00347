import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, rig } from './testing/rig.ts';

let at: Rig;
let stripe: Stripe;
beforeAll(async () => {
  at = await rig();
  stripe = at.stripe;
});
afterAll(() => at.close());

describe('hosted checkout', () => {
  test('declines, asks for proof, and returns with the session', async () => {
    const product = await stripe.products.create({ name: 'Seat <b>' });
    const price = await stripe.prices.create({ product: product.id, currency: 'jpy', unit_amount: 5000 });
    const session = await stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [{ price: price.id, quantity: 2 }],
      success_url: 'https://shop.test/ok?s={CHECKOUT_SESSION_ID}',
      customer_email: 'b@c.test',
      invoice_creation: { enabled: true },
    });
    const url = session.url ?? '';
    const page = await (await fetch(url)).text();
    expect(page).toContain('10,000 JPY');
    expect(page).toContain('Seat &lt;b&gt;');
    const declined = await at.post(url, { card: '4000000000000002', country: 'DE' });
    expect([declined.status, (await declined.text()).includes('Your card was declined.')]).toEqual([402, true]);
    const ask = await at.post(url, { card: '4000002760003184', country: 'DE' });
    const back = await at.post(ask.headers.get('location') ?? '', { answer: 'complete' });
    expect(back.headers.get('location')).toBe(`https://shop.test/ok?s=${session.id}`);
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent', 'invoice', 'line_items'],
    });
    expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', amount_total: 10_000, currency: 'jpy' });
    expect(done.invoice).toMatchObject({ status: 'paid', total: 10_000 });
    expect((await at.post(url, { card: '4242424242424242' })).status).toBe(400);
  });

  test('subscribes with a trial; an unpaid session expires', async () => {
    const price = await stripe.prices.create({
      product_data: { name: 'CRM' },
      currency: 'eur',
      unit_amount: 900,
      recurring: { interval: 'month' },
    });
    const make = (trial: boolean) =>
      stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items: [{ price: price.id, quantity: 3 }],
        success_url: 'https://shop.test/ok',
        customer_email: 'b@c.test',
        ...(trial ? { subscription_data: { trial_period_days: 7, metadata: { tenant: 't' } } } : {}),
      });
    const [first, second, third] = [await make(true), await make(false), await make(false)];
    await at.post(first.url ?? '', { card: '4242 4242 4242 4242' });
    await at.post(second.url ?? '', { card: '4242 4242 4242 4242' });
    const trial = await stripe.checkout.sessions.retrieve(first.id, { expand: ['subscription'] });
    expect(trial).toMatchObject({
      payment_status: 'no_payment_required',
      subscription: { status: 'trialing', metadata: { tenant: 't' } },
    });
    const paid = await stripe.checkout.sessions.retrieve(second.id, { expand: ['subscription'] });
    expect(paid).toMatchObject({ payment_status: 'paid', amount_total: 2700, subscription: { status: 'active' } });
    expect((await stripe.checkout.sessions.expire(third.id)).status).toBe('expired');
  });

  test('the page of an invoice keeps the card that has paid, for the subscription and who had none', async () => {
    const price = await stripe.prices.create({
      product_data: { name: 'X' },
      currency: 'eur',
      unit_amount: 900,
      recurring: { interval: 'month' },
    });
    const customer = await stripe.customers.create({ email: 'x@y.test' });
    const made = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice'],
    });
    const url = (made.latest_invoice as Stripe.Invoice).hosted_invoice_url ?? '';
    const kept = async () => {
      const person = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
      const { status, default_payment_method: method } = await stripe.subscriptions.retrieve(made.id);
      return [status, method, person.invoice_settings.default_payment_method];
    };
    await at.post(url, { card: '4000000000000341' });
    expect(await kept()).toEqual(['incomplete', null, null]);
    await at.post(url, { card: '5555555555554444' });
    const [status, method, standard] = await kept();
    expect([status, standard]).toEqual(['active', method]);
    expect((await stripe.paymentMethods.retrieve(String(method))).card?.brand).toBe('mastercard');
  });

  test('the portal cancels by cancel_at, keeps, and changes the card', async () => {
    const price = await stripe.prices.create({
      product_data: { name: 'X' },
      currency: 'eur',
      unit_amount: 900,
      recurring: { interval: 'month' },
    });
    const customer = await stripe.customers.create({ email: 'x@y.test', payment_method: 'pm_card_visa' });
    const [method] = (await stripe.paymentMethods.list({ customer: customer.id })).data;
    const made = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      default_payment_method: method?.id ?? '',
    });
    const { url } = await stripe.billingPortal.sessions.create({
      customer: customer.id,
      return_url: 'https://shop.test/',
    });
    const shown = await (await fetch(url)).text();
    for (const words of ['Return', 'visa ending in 4242']) expect(shown).toContain(words);
    await at.post(url, { action: 'cancel', subject: made.id });
    const canceled = await stripe.subscriptions.retrieve(made.id);
    expect(canceled.cancel_at).toBe(made.items.data[0]?.current_period_end);
    expect(canceled.cancel_at_period_end).toBe(false);
    await at.post(url, { action: 'resume', subject: made.id });
    expect((await stripe.subscriptions.retrieve(made.id)).cancel_at).toBeNull();
    expect((await at.post(url, { action: 'card', card: '4000000000000002' })).status).toBe(402);
    await at.post(url, { action: 'card', card: '5555555555554444' });
    const after = await stripe.subscriptions.retrieve(made.id, { expand: ['default_payment_method'] });
    expect((after.default_payment_method as Stripe.PaymentMethod).card?.brand).toBe('mastercard');
  });
});
