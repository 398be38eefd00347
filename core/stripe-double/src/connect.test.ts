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
