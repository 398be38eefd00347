import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf, type Rig, rig, until } from './testing/rig.ts';

let at: Rig;
let stripe: Stripe;
beforeAll(async () => {
  at = await rig();
  stripe = at.stripe;
});
afterAll(() => at.close());

const pay = (method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({ amount: 2000, currency: 'eur', payment_method: method, confirm: true, ...more });

describe('a payment', () => {
  test('succeeds, with a charge, its fee and its balance', async () => {
    const intent = await pay('pm_card_visa', { expand: ['latest_charge.balance_transaction'] });
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2000 });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(charge.balance_transaction).toMatchObject({ amount: 2000, fee: 88, net: 1912, status: 'pending' });
  });

  test.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
  ])('with %s is declined and can be tried again', async (method, code, decline) => {
    const refusal = await pay(method).catch((error: unknown) => error as Stripe.errors.StripeCardError);
    expect(refusal).toMatchObject({ type: 'StripeCardError', statusCode: 402, code, decline_code: decline });
    const id = (refusal as Stripe.errors.StripeCardError).payment_intent?.id ?? '';
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_payment_method');
    expect((await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).status).toBe('succeeded');
  });

  test('is confirmed in the browser with the publishable key and the client secret, and nothing else', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 5000, currency: 'jpy' });
    const send = (path: string, form: Record<string, string>) =>
      fetch(`${at.double.address}/v1/${path}`, {
        method: 'POST',
        headers: { authorization: 'Bearer pk_test_rig' },
        body: new URLSearchParams(form),
      });
    const path = `payment_intents/${intent.id}/confirm`;
    expect((await send(path, { payment_method: 'pm_card_visa', client_secret: 'guess' })).status).toBe(400);
    expect((await send('customers', {})).status).toBe(403);
    const done = await send(path, { payment_method: 'pm_card_visa', client_secret: intent.client_secret ?? '' });
    expect(await done.json()).toMatchObject({ status: 'succeeded', amount: 5000, currency: 'jpy' });
  });

  test('waits for its holder, who completes or fails it', async () => {
    const first = await pay('pm_card_threeDSecure2Required', { return_url: 'https://shop.test/back' });
    expect(first.status).toBe('requires_action');
    const url = first.next_action?.redirect_to_url?.url ?? '';
    expect(await (await fetch(url)).text()).toContain('Your bank asks');
    expect((await at.post(url, { answer: 'complete' })).headers.get('location')).toBe('https://shop.test/back');
    expect((await stripe.paymentIntents.retrieve(first.id)).status).toBe('succeeded');
    const second = await pay('pm_card_threeDSecure2Required');
    await at.post(second.next_action?.redirect_to_url?.url ?? '', { answer: 'fail' });
    expect(await stripe.paymentIntents.retrieve(second.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    await expect(pay('pm_card_authenticationRequired', { off_session: true })).rejects.toMatchObject({
      code: 'authentication_required',
    });
  });

  test('of a bank is processing before it succeeds or fails', async () => {
    const good = await pay('pm_usBankAccount_success');
    const bad = await pay('pm_usBankAccount_insufficientFunds');
    expect([good.status, bad.status]).toEqual(['processing', 'processing']);
    await at.control('POST', '/clock', { advance: 10 });
    expect((await stripe.paymentIntents.retrieve(good.id)).status).toBe('succeeded');
    expect((await stripe.paymentIntents.retrieve(bad.id)).status).toBe('requires_payment_method');
  });

  test('is captured later, or never', async () => {
    const intent = await pay('pm_card_visa', { capture_method: 'manual' });
    expect(intent.status).toBe('requires_capture');
    expect(await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 1500 })).toMatchObject({
      amount_received: 1500,
    });
    const other = await pay('pm_card_visa', { capture_method: 'manual' });
    expect((await stripe.paymentIntents.cancel(other.id)).status).toBe('canceled');
    await expect(stripe.paymentIntents.cancel(other.id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });
});

describe('money back', () => {
  test('in parts, never more than was paid', async () => {
    const intent = await pay('pm_card_visa');
    expect(await stripe.refunds.create({ payment_intent: intent.id, amount: 500 })).toMatchObject({
      status: 'succeeded',
    });
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 1501 })).rejects.toMatchObject({
      param: 'amount',
    });
    await stripe.refunds.create({ payment_intent: intent.id });
    expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({
      refunded: true,
      amount_refunded: 2000,
    });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
  });

  test('that does not arrive returns to the balance', async () => {
    const intent = await pay('pm_card_refundFail');
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    await at.control('POST', '/clock', { advance: 10 });
    const expand = ['failure_balance_transaction'];
    expect(await stripe.refunds.retrieve(refund.id, { expand })).toMatchObject({
      status: 'failed',
      failure_balance_transaction: { amount: 2000, type: 'refund_failure' },
    });
    const arrives = await stripe.refunds.create({ payment_intent: (await pay('pm_card_visa')).id, expand });
    expect(arrives.failure_balance_transaction).toBeUndefined();
    expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({
      refunded: false,
      amount_refunded: 0,
    });
  });

  test.each([
    ['winning_evidence', 'won', 0],
    ['losing_evidence', 'lost', -2000],
  ])('by dispute: %s', async (evidence, status, difference) => {
    const intent = await pay('pm_card_createDispute');
    const dispute = (await stripe.disputes.list({ payment_intent: intent.id })).data[0];
    expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 2000 });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_disputed',
    });
    const closed = await stripe.disputes.update(dispute?.id ?? '', { evidence: { uncategorized_text: evidence } });
    expect(closed.status).toBe(status);
    expect(closed.balance_transactions.reduce((sum, { amount }) => sum + amount, 0) + 0).toBe(difference);
    if (status === 'won') return;
    await expect(stripe.disputes.close(closed.id)).rejects.toMatchObject({ code: 'dispute_closed' });
    const overturned = (await at.control('POST', `/disputes/${closed.id}`, { won: true })) as unknown as Stripe.Dispute;
    expect(overturned.status).toBe('won');
    expect(overturned.balance_transactions.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
  });

  test('by dispute of what was not refunded before, and of no more', async () => {
    const intent = await pay('pm_card_visa');
    const charge = String(intent.latest_charge);
    await stripe.refunds.create({ charge, amount: 500 });
    expect(await at.control('POST', `/disputes/${charge}`, {})).toMatchObject({ amount: 1500 });
    const refunded = String((await pay('pm_card_visa')).latest_charge);
    await stripe.refunds.create({ charge: refunded });
    expect(await at.control('POST', `/disputes/${refunded}`, {})).toMatchObject({ error: { param: 'charge' } });
  });

  test('at another rate, where its currency is exchanged', async () => {
    const rate = (to: number) => at.control('POST', '/exchange', { from: 'jpy', to: 'eur', rate: to });
    expect(await rate(0)).toMatchObject({ error: { param: 'rate' } });
    await rate(0.6);
    const intent = await pay('pm_card_visa', {
      amount: 15_000,
      currency: 'jpy',
      expand: ['latest_charge.balance_transaction'],
    });
    expect((intent.latest_charge as Stripe.Charge).balance_transaction).toMatchObject({
      amount: 9_000,
      currency: 'eur',
      exchange_rate: 0.6,
      fee: 279,
    });
    await rate(0.62);
    const back = await stripe.refunds.create({ payment_intent: intent.id, expand: ['balance_transaction'] });
    expect(back.balance_transaction).toMatchObject({ amount: -9_300, currency: 'eur' });
  });

  test('a credit note of a paid invoice', async () => {
    const customer = await stripe.customers.create({ payment_method: 'pm_card_visa' });
    const [method] = (await stripe.paymentMethods.list({ customer: customer.id })).data;
    await stripe.invoiceItems.create({ customer: customer.id, amount: 3000, currency: 'eur', description: 'Set-up' });
    const invoice = await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: 'include' });
    await stripe.invoices.finalizeInvoice(invoice.id);
    expect((await stripe.invoices.pay(invoice.id, { payment_method: method?.id ?? '' })).status).toBe('paid');
    await stripe.creditNotes.create({ invoice: invoice.id, refund_amount: 1000, credit_amount: 500 });
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({ balance: -500 });
    const pdf = await fetch((await stripe.invoices.retrieve(invoice.id)).invoice_pdf ?? '');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });
});

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

describe('connect', () => {
  async function publisher(iban = 'DE89370400440532013000'): Promise<string> {
    const account = await stripe.accounts.create({
      type: 'express',
      country: 'DE',
      email: 'p@q.test',
      capabilities: { transfers: { requested: true } },
    });
    expect(account).toMatchObject({ charges_enabled: false, payouts_enabled: false, details_submitted: false });
    const link = await stripe.accountLinks.create({
      account: account.id,
      type: 'account_onboarding',
      return_url: 'https://shop.test/back',
      refresh_url: 'https://shop.test/again',
    });
    const done = await at.post(link.url, { name: 'Publisher', iban, answer: 'complete' });
    expect(done.headers.get('location')).toBe('https://shop.test/back');
    expect(await stripe.accounts.retrieve(account.id)).toMatchObject({ charges_enabled: true, payouts_enabled: true });
    return account.id;
  }
  const balanceOf = async (account: string) =>
    (await stripe.balance.retrieve({}, { stripeAccount: account })).available[0]?.amount;

  test('a share is transferred, paid out, and taken back', async () => {
    const account = await publisher();
    const intent = await pay('pm_card_bypassPending', { amount: 50_000, transfer_group: 'g1' });
    const transfer = await stripe.transfers.create({
      amount: 8500,
      currency: 'eur',
      destination: account,
      transfer_group: 'g1',
    });
    expect(await balanceOf(account)).toBe(8500);
    await stripe.transfers.createReversal(transfer.id, { amount: 500 });
    expect(await balanceOf(account)).toBe(8000);
    await at.control('POST', '/clock', { advance: 4 * 86_400 });
    expect((await stripe.payouts.list({}, { stripeAccount: account })).data[0]).toMatchObject({
      status: 'paid',
      amount: 8000,
      automatic: true,
    });
    await expect(
      stripe.transfers.create({ amount: 99_999_999, currency: 'eur', destination: account }),
    ).rejects.toMatchObject({ code: 'balance_insufficient' });
    await expect(
      stripe.transfers.create({ amount: 1, currency: 'eur', destination: 'acct_none' }),
    ).rejects.toMatchObject({ code: 'resource_missing' });
    await expect(
      clientOf(at.double.address).balance.retrieve({}, { stripeAccount: 'acct_none' }),
    ).rejects.toMatchObject({ statusCode: 403 });
    expect(intent.status).toBe('succeeded');
  });

  test('a destination charge splits, and its refund reverses both parts', async () => {
    const account = await publisher();
    const intent = await pay('pm_card_visa', {
      amount: 10_000,
      application_fee_amount: 1500,
      transfer_data: { destination: account },
    });
    const pending = (await stripe.balance.retrieve({}, { stripeAccount: account })).pending[0]?.amount;
    expect(pending).toBe(8500);
    await stripe.refunds.create({
      payment_intent: intent.id,
      amount: 5000,
      reverse_transfer: true,
      refund_application_fee: true,
    });
    const [fee] = (await stripe.applicationFees.list({ charge: String(intent.latest_charge) })).data;
    expect(fee).toMatchObject({ amount: 1500, amount_refunded: 750 });
    const after = await stripe.balance.retrieve({}, { stripeAccount: account });
    expect((after.pending[0]?.amount ?? 0) + (after.available[0]?.amount ?? 0)).toBe(8500 - 5000 + 750);
  });

  test('a payout that the bank refuses returns, and the account says what it needs', async () => {
    const account = await publisher('DE62370400440532013001');
    await pay('pm_card_bypassPending', { amount: 20_000 });
    await stripe.transfers.create({ amount: 1000, currency: 'eur', destination: account });
    await at.control('POST', '/clock', { advance: 4 * 86_400 });
    expect((await stripe.payouts.list({}, { stripeAccount: account })).data[0]).toMatchObject({
      status: 'failed',
      failure_code: 'account_closed',
    });
    expect(await balanceOf(account)).toBe(1000);
    expect(await stripe.accounts.retrieve(account)).toMatchObject({
      payouts_enabled: false,
      requirements: { currently_due: ['external_account'] },
    });
    await until(() => at.hook.received.some((event) => event.type === 'payout.failed' && event.account === account));
  });
});
