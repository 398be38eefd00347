import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingNode, DECLINED_LATER, startBillingNode, type Tenant } from './support/billing-node.ts';

let node: BillingNode;

beforeAll(async () => {
  node = await startBillingNode();
}, 60_000);
afterAll(() => node?.close());

interface Subscription {
  id: string;
  state: string;
  plan: string;
  amount: number;
  seats: number | null;
  paidUntil: string;
  nextPaymentAt: string | null;
  cancelAt: string | null;
  pendingChange: { plan: string; seats: number; amount: number; due: number; until: string } | null;
}

interface Changed extends Subscription {
  status: 'changed' | 'confirmation-required' | 'not-changed';
  confirmation: { url: string; clientSecret: string; returnUrl: string; publishableKey: string } | null;
}

const subscriptionOf = async (tenant: Tenant): Promise<Subscription> => {
  const { items } = await tenant.ok<{ items: Subscription[] }>('GET', '/api/billing/subscriptions');
  // One of a checkout that was declined has ended, maybe within the second in which its successor began.
  const found = items.find(({ state }) => state !== 'ended') ?? items[0];
  if (!found) throw new Error('no subscription');
  return found;
};
const stateOf = async (tenant: Tenant, plugin: string) => (await tenant.licence(plugin))?.state;
const paidInvoices = async (tenant: Tenant) => {
  const { items } = await tenant.ok<{ items: { status: string; amountPaid: number }[] }>(
    'GET',
    '/api/billing/invoices?limit=100',
  );
  return items.filter(({ status, amountPaid }) => status === 'paid' && amountPaid > 0);
};

test('trial, subscription, twelve renewals, failure, suspension, payment, cancellation, end', async () => {
  const tenant = await node.tenant('lifetime');
  await tenant.ok('POST', '/api/licences/crm/trial', {});
  expect(await stateOf(tenant, 'crm')).toBe('trial');

  // What is left of the trial stays free.
  const order = await tenant.ok<{ checkoutUrl: string }>('POST', '/api/billing/subscriptions', {
    plugin: 'crm',
    interval: 'monthly',
  });
  await tenant.pay(order.checkoutUrl);
  await node.settle();
  expect(await subscriptionOf(tenant)).toMatchObject({ state: 'trial', amount: 2_900 });
  expect(await tenant.licence('crm')).toMatchObject({ state: 'active', plan: 'monthly' });
  expect(await paidInvoices(tenant)).toEqual([]);

  await node.pass(15);
  expect(await subscriptionOf(tenant)).toMatchObject({ state: 'active' });
  expect(await paidInvoices(tenant)).toHaveLength(1);

  await node.pass(365);
  expect(await stateOf(tenant, 'crm')).toBe('active');
  const paid = await paidInvoices(tenant);
  expect(paid).toHaveLength(13);
  expect(new Set(paid.map(({ amountPaid }) => amountPaid))).toEqual(new Set([2_900]));

  // The card that is on file fails from now on.
  const customer = await customerOf(tenant);
  await useCard(customer, 'pm_card_chargeCustomerFail');
  const { paidUntil } = await subscriptionOf(tenant);
  const daysLeft = Math.ceil((Date.parse(paidUntil) - node.now().getTime()) / 86_400_000);
  await node.pass(daysLeft + 1);
  expect(await subscriptionOf(tenant)).toMatchObject({ state: 'past-due', paidUntil });
  expect(await tenant.licence('crm')).toMatchObject({ state: 'grace', validUntil: paidUntil });
  const { attention } = await tenant.ok<{ attention: object[] }>('GET', '/api/billing');
  expect(attention).toEqual([
    expect.objectContaining({ kind: 'past-due', plugin: 'crm', amount: 2_900, currency: 'EUR' }),
  ]);

  await node.pass(5);
  expect(await stateOf(tenant, 'crm')).toBe('read-only');
  await node.pass(13);
  expect(await stateOf(tenant, 'crm')).toBe('suspended');
  // A second period has begun in the meantime: it is not paid either.
  await node.pass(15);
  expect(await tenant.licence('crm')).toMatchObject({ state: 'suspended', validUntil: paidUntil });
  const letters = await node.test.database.platform.query<{ template: string; letters: number }>(
    `select template, count(*)::integer as letters from core.mails where tenant_id = $1 group by 1`,
    [tenant.id],
  );
  const written = Object.fromEntries(letters.rows.map(({ template, letters: count }) => [template, count]));
  expect(written.receipt).toBe(13);
  expect(written['payment-failed']).toBeGreaterThanOrEqual(3);

  // Pays what is open with a good card.
  await useCard(customer, 'pm_card_visa');
  await payOpenInvoices(customer);
  await node.settle();
  expect(await subscriptionOf(tenant)).toMatchObject({ state: 'active' });
  expect(await stateOf(tenant, 'crm')).toBe('active');
  expect((await tenant.ok<{ attention: object[] }>('GET', '/api/billing')).attention).toEqual([]);

  const { id } = await subscriptionOf(tenant);
  const cancelled = await tenant.ok<Subscription>('POST', `/api/billing/subscriptions/${id}/cancel`);
  expect(cancelled).toMatchObject({ state: 'ending', nextPaymentAt: null });
  expect(cancelled.cancelAt).toBe(cancelled.paidUntil);
  const resumed = await tenant.ok<Subscription>('POST', `/api/billing/subscriptions/${id}/resume`);
  expect(resumed).toMatchObject({ state: 'active', cancelAt: null });
  await tenant.ok('POST', `/api/billing/subscriptions/${id}/cancel`);
  expect(await stateOf(tenant, 'crm')).toBe('active');
  expect(await tenant.ok('GET', '/api/billing/plans/crm')).toMatchObject({
    subscription: null,
    ending: { id, state: 'ending', cancelAt: cancelled.cancelAt },
  });
  const before = (await paidInvoices(tenant)).length;
  await node.pass(32);
  expect(await subscriptionOf(tenant)).toMatchObject({ state: 'ended' });
  expect(['grace', 'read-only']).toContain(await stateOf(tenant, 'crm'));
  expect(await paidInvoices(tenant)).toHaveLength(before);

  // And returns.
  const again = await tenant.ok<{ checkoutUrl: string }>('POST', '/api/billing/subscriptions', {
    plugin: 'crm',
    interval: 'annual',
  });
  await tenant.pay(again.checkoutUrl);
  await node.settle();
  expect(await tenant.licence('crm')).toMatchObject({ state: 'active', plan: 'annual' });
  expect(await node.billing.reconciler.compare()).toMatchObject({ differences: [], failures: [] });
}, 120_000);

test('a card that fails later fails the renewal', async () => {
  const tenant = await node.tenant('failing');
  const order = await tenant.ok<{ checkoutUrl: string }>('POST', '/api/billing/subscriptions', {
    plugin: 'zen',
    interval: 'monthly',
  });
  await expect(tenant.pay(order.checkoutUrl, DECLINED_LATER)).rejects.toThrow(/declined/);
  await tenant.pay(order.checkoutUrl);
  await node.settle();
  expect(await paidInvoices(tenant)).toEqual([expect.objectContaining({ amountPaid: 500, currency: 'JPY' })]);

  // The bank wants a confirmation of the renewal: comparing does not forget that.
  await useCard(await customerOf(tenant), 'pm_card_authenticationRequired');
  await node.pass(32);
  const waiting = async () =>
    (
      await node.test.database.platform.query(
        "select needs_action from core.invoices where tenant_id = $1 and status = 'open'",
        [tenant.id],
      )
    ).rows;
  expect(await waiting()).toEqual([{ needs_action: true }]);
  expect(await node.billing.reconciler.mend()).toMatchObject({ differences: [], failures: [] });
  expect(await waiting()).toEqual([{ needs_action: true }]);

  // Those who pay have a letter and a banner; once confirmed, it goes on.
  const { attention } = await tenant.ok<{ attention: JsonObject[] }>('GET', '/api/billing');
  expect(attention).toEqual([expect.objectContaining({ kind: 'action', plugin: 'zen', amount: 500, currency: 'JPY' })]);
  expect(await stateOf(tenant, 'zen')).toBe('grace');
  const { rows: letters } = await node.test.database.platform.query(
    "select to_address as to from core.mails where tenant_id = $1 and template = 'payment-action'",
    [tenant.id],
  );
  expect(letters).toEqual([{ to: 'owner@failing.test' }]);
  const { data } = await node.stripe('GET', `payment_intents?customer=${await customerOf(tenant)}`);
  const asked = (data as { id: string; status: string }[]).find(({ status }) => status === 'requires_action');
  await node.control('POST', `/authenticate/${asked?.id}`, { complete: true });
  await node.settle();
  expect(await subscriptionOf(tenant)).toMatchObject({ state: 'active' });
  expect(await stateOf(tenant, 'zen')).toBe('active');
  expect(await tenant.ok('GET', '/api/billing')).toMatchObject({ attention: [] });
}, 60_000);

describe('a change that the bank wants confirmed', () => {
  let tenant: Tenant;
  let path: string;
  let origin: string;
  const change = (wanted: object) => tenant.ok<Changed>('POST', `${path}/change`, wanted);
  const after = (verb: 'confirm' | 'refresh' | 'withdraw') => tenant.ok<Changed>('POST', `${path}/change/${verb}`);
  const licensed = async () => (await tenant.licence('desk'))?.seats as { limit: number };
  const audited = async (action: string) =>
    (await tenant.ok<{ items: object[] }>('GET', `/api/audit?limit=100&action=${action}`)).items.length;
  /** What the bank's page does. */
  const atBank = ({ confirmation }: Changed) =>
    node.control('POST', `/authenticate/${confirmation?.clientSecret.split('_secret_')[0]}`, { complete: true });

  beforeAll(async () => {
    tenant = await node.tenant('confirming');
    const order = { plugin: 'desk', interval: 'monthly', seats: 2 };
    await tenant.pay(
      (await tenant.ok<{ checkoutUrl: string }>('POST', '/api/billing/subscriptions', order)).checkoutUrl,
    );
    await node.settle();
    await useCard(await customerOf(tenant), 'pm_card_authenticationRequired');
    await node.settle();
    const { id } = await subscriptionOf(tenant);
    path = `/api/billing/subscriptions/${id}`;
    origin = `http://bazaar.test/admin/billing/changed?subscription=${id}`;
  });

  test('waits, and everything is as before; it can be withdrawn, and lapses by itself', async () => {
    const asked = await change({ seats: 5 });
    expect(asked).toMatchObject({
      status: 'confirmation-required',
      seats: 2,
      pendingChange: { plan: 'monthly', seats: 5, amount: 5_000, due: 3_000 },
      confirmation: { returnUrl: origin, publishableKey: 'pk_test_double' },
    });
    expect(asked.confirmation?.url).toMatch(new RegExp(`^${node.address}/authenticate/pi_.*client_secret=`));
    const until = Date.parse(asked.pendingChange?.until ?? '') - node.now().getTime();
    expect(Math.abs(until / 3_600_000 - 23)).toBeLessThan(0.1);
    // Asked for again, and asked for the way to the bank, it is the same payment.
    for (const again of [await change({ seats: 5 }), await after('confirm')]) {
      expect(again.confirmation?.clientSecret).toBe(asked.confirmation?.clientSecret);
    }
    expect(await after('refresh')).toMatchObject({ status: 'confirmation-required', confirmation: null });
    await node.settle();
    expect(await licensed()).toMatchObject({ limit: 2 });
    expect(await tenant.ok('GET', '/api/billing')).toMatchObject({ attention: [] });
    expect(await node.billing.reconciler.compare(tenant.id)).toMatchObject({ differences: [] });
    for (const verb of ['confirm', 'refresh', 'withdraw'] as const) {
      expect((await tenant.viewer('POST', `${path}/change/${verb}`)).status).toBe(403);
      expect((await tenant.call('POST', `/api/billing/subscriptions/sub_none/change/${verb}`)).status).toBe(404);
    }

    expect(await after('withdraw')).toMatchObject({ status: 'not-changed', seats: 2, pendingChange: null });
    expect(await after('withdraw')).toMatchObject({ status: 'not-changed' });
    expect(await audited('subscription.change-withdrawn')).toBe(1);
    await expect(atBank(asked)).rejects.toThrow();

    expect(await change({ seats: 5 })).toMatchObject({ status: 'confirmation-required' });
    await node.pass(1);
    expect(await subscriptionOf(tenant)).toMatchObject({ seats: 2, pendingChange: null });
    expect(await after('refresh')).toMatchObject({ status: 'not-changed' });
    expect(await audited('subscription.change-asked')).toBe(2);
    expect(await audited('subscription.change-dropped')).toBe(2);
    const { items } = await tenant.ok<{ items: { status: string }[] }>('GET', '/api/billing/invoices');
    // They are of the same second, so that none is the first.
    expect(items.map(({ status }) => status).toSorted()).toEqual(['paid', 'void', 'void']);
  });

  test.each<[string, object, () => Promise<unknown>]>([
    ['the provider’s news', { seats: 3 }, () => node.control('POST', '/deliveries/start').then(() => node.settle())],
    ['the page the payer returns to', { interval: 'annual', seats: 4 }, () => after('refresh')],
    ['a comparison', { seats: 5 }, () => node.billing.reconciler.mend(tenant.id)],
  ])('is made when it is confirmed, first heard of by %s', async (_by, wanted, hear) => {
    const made = await audited('subscription.changed');
    await node.control('POST', '/deliveries/pause');
    const asked = await change(wanted);
    const { plan, seats } = asked.pendingChange ?? {};
    await atBank(asked);
    await hear();
    expect(await subscriptionOf(tenant)).toMatchObject({ state: 'active', plan, seats, pendingChange: null });
    expect(await tenant.licence('desk')).toMatchObject({ plan, seats: { limit: seats } });
    await node.control('POST', '/deliveries/start');
    await node.settle();
    expect(await after('refresh')).toMatchObject({ status: 'changed', seats });
    expect(await audited('subscription.changed')).toBe(made + 1);
    const { rows } = await node.test.database.platform.query<{ template: string }>(
      'select distinct template from core.mails where tenant_id = $1',
      [tenant.id],
    );
    expect(rows).toEqual([{ template: 'receipt' }]);
    expect(await node.billing.reconciler.compare(tenant.id)).toMatchObject({ differences: [], failures: [] });
  });

  test('is given up when the workspace is about to be deleted; a card that is declined begins none', async () => {
    await change({ seats: 9 });
    await node.billing.windDown.begin(tenant.id);
    expect(await subscriptionOf(tenant)).toMatchObject({ state: 'ending', pendingChange: null });
    await useCard(await customerOf(tenant), 'pm_card_chargeCustomerFail');
    const { body } = await tenant.call('POST', `${path}/change`, { seats: 9 });
    expect(body).toMatchObject({ status: 402, code: 'payment-failed' });
    expect(await subscriptionOf(tenant)).toMatchObject({ seats: 5, pendingChange: null });
  });
});

async function customerOf(tenant: Tenant): Promise<string> {
  const { rows } = await node.test.database.platform.query<{ customer: string }>(
    'select customer from core.billing_customers where tenant_id = $1',
    [tenant.id],
  );
  return rows[0]?.customer ?? '';
}

/** As the portal does. */
async function useCard(customer: string, card: string): Promise<void> {
  const id = String((await node.stripe('POST', `payment_methods/${card}/attach`, { customer })).id);
  await node.stripe('POST', `customers/${customer}`, { 'invoice_settings[default_payment_method]': id });
  const { data } = await node.stripe('GET', `subscriptions?customer=${customer}`);
  for (const { id: subscription } of data as { id: string }[]) {
    await node.stripe('POST', `subscriptions/${subscription}`, { default_payment_method: id });
  }
}

async function payOpenInvoices(customer: string): Promise<void> {
  for (const status of ['open', 'draft']) {
    const { data } = await node.stripe('GET', `invoices?customer=${customer}&status=${status}`);
    for (const { id } of data as { id: string }[]) {
      if (status === 'draft') await node.stripe('POST', `invoices/${id}/finalize`);
      await node.stripe('POST', `invoices/${id}/pay`);
    }
  }
}
