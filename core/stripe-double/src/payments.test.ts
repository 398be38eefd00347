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
