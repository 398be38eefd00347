import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { auditedActions } from '../support/audited.ts';
import { type BillingNode, DISPUTED, type Order, startBillingNode, type Tenant } from './support/billing-node.ts';

let node: BillingNode;
let acme: Tenant;
let other: Tenant;

beforeAll(async () => {
  node = await startBillingNode();
  [acme, other] = await Promise.all([node.tenant('acme'), node.tenant('other')]);
}, 60_000);
afterAll(() => node?.close());

const count = async (kind: string): Promise<number> =>
  (await node.control<Record<string, number>>('GET', '/counts'))[kind] ?? 0;
const audit = async (tenant: Tenant, action: string): Promise<number> => {
  const { items } = await tenant.ok<{ items: object[] }>('GET', `/api/audit?limit=100&action=${action}`);
  return items.length;
};
const purchaseOf = (tenant: Tenant, id: string) => tenant.ok('GET', `/api/billing/purchases/${id}`);
const sessionOf = ({ checkoutUrl }: Order) => checkoutUrl.split('/').at(-1) ?? '';

describe('buying for ever', () => {
  test('one order whoever clicks how often, one charge, one activation whoever comes first', async () => {
    const orders = await Promise.all(
      Array.from({ length: 5 }, () => acme.ok<Order>('POST', '/api/billing/purchases', { plugin: 'crm' })),
    );
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
    expect(new Set(orders.map(({ checkoutUrl }) => checkoutUrl)).size).toBe(1);
    const [order] = orders;
    if (!order) throw new Error('no order');
    expect(await acme.licence('crm')).toBeUndefined();
    await acme.pay(order.checkoutUrl);
    // The page that the payer returns to, the provider's news and a comparison, all at once.
    const confirm = () => acme.ok('POST', '/api/billing/confirm', { session: sessionOf(order) });
    const [confirmed] = await Promise.all([confirm(), confirm(), node.billing.reconciler.mend(), confirm()]);
    expect(confirmed).toMatchObject({ state: 'completed', amount: 50_000, amountPaid: 50_000, currency: 'EUR' });
    await node.settle();
    expect(await acme.licence('crm')).toMatchObject({ state: 'active', plan: 'one-time', validUntil: null });
    expect(await audit(acme, 'purchase.completed')).toBe(1);
    expect(await audit(acme, 'licence.paid')).toBe(1);
    expect(await count('charge')).toBe(1);
    const { items } = await acme.ok<{ items: JsonObject[] }>('GET', '/api/billing/invoices?plugin=crm');
    expect(items).toEqual([expect.objectContaining({ status: 'paid', total: 50_000, plugin: 'crm' })]);
    expect(items[0]?.pdf).toMatch(/^http/);
  });

  test('what is owned is not sold again', async () => {
    for (const [path, body] of [
      ['/api/billing/purchases', { plugin: 'crm' }],
      ['/api/billing/subscriptions', { plugin: 'crm', interval: 'monthly' }],
    ] as const) {
      const { status, body: problem } = await acme.call('POST', path, body);
      expect(status).toBe(409);
      expect(problem).toMatchObject({ code: 'conflict', reason: 'already-owned' });
    }
  });

  test('another choice takes the place of an order that was not paid; the first can not be paid any more', async () => {
    const first = await other.ok<Order>('POST', '/api/billing/purchases', { plugin: 'crm' });
    const second = await other.ok<Order>('POST', '/api/billing/subscriptions', { plugin: 'crm', interval: 'annual' });
    expect(second.id).not.toBe(first.id);
    expect(await purchaseOf(other, first.id)).toMatchObject({ state: 'expired' });
    await expect(other.pay(first.checkoutUrl)).rejects.toThrow();
    await other.pay(second.checkoutUrl);
    await node.settle();
    expect(await other.licence('crm')).toMatchObject({ state: 'active', plan: 'annual' });
    const again = await other.call('POST', '/api/billing/subscriptions', { plugin: 'crm', interval: 'monthly' });
    expect(again.body).toMatchObject({ reason: 'already-subscribed', action: { href: '/admin/billing' } });
    // A lifetime licence only once the subscription is told to end.
    expect((await other.call('POST', '/api/billing/purchases', { plugin: 'crm' })).status).toBe(409);
  });

  test('the client can confirm the payment itself', async () => {
    const tenant = await node.tenant('direct');
    const body = { plugin: 'zen', method: 'intent' };
    const begun = await tenant.ok<Order>('POST', '/api/billing/purchases', body);
    expect(begun).toMatchObject({ publishableKey: 'pk_test_double', clientSecret: expect.stringMatching(/_secret_/) });
    expect(await tenant.ok('POST', '/api/billing/purchases', body)).toEqual(begun);
    const [intent = ''] = begun.clientSecret.split('_secret_');
    const confirm = (card: string) =>
      fetch(`${node.address}/v1/payment_intents/${intent}/confirm`, {
        method: 'POST',
        headers: { authorization: 'Bearer pk_test_double', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          client_secret: begun.clientSecret,
          payment_method: card,
          return_url: 'http://bazaar.test/',
        }).toString(),
      });
    expect((await confirm('pm_card_chargeDeclined')).status).toBe(402);
    await node.settle();
    expect(await purchaseOf(tenant, begun.id)).toMatchObject({ state: 'intent' });
    expect((await confirm('pm_card_visa')).status).toBe(200);
    await node.settle();
    // Yen have no smaller coin.
    expect(await purchaseOf(tenant, begun.id)).toMatchObject({
      state: 'completed',
      amountPaid: 15_000,
      currency: 'JPY',
    });
    expect(await tenant.licence('zen')).toMatchObject({ state: 'active' });
  });

  test('money given back takes the licence with it; a part of it does not', async () => {
    const { items } = await acme.ok<{ items: { id: string }[] }>('GET', '/api/billing/purchases?plugin=crm');
    const id = items[0]?.id ?? '';
    const operator = await node.operator();
    const refund = (amount?: number) =>
      operator('POST', `/api/operator/billing/purchases/${id}/refund`, amount === undefined ? {} : { amount });
    expect((await refund(50_001)).body).toMatchObject({ status: 400, errors: [{ pointer: '/amount' }] });
    await node.control('POST', '/chaos', { serverError: 1 });
    const unsure = await refund(20_000);
    await node.control('DELETE', '/chaos');
    expect(unsure.body).toMatchObject({ status: 503, detail: expect.stringMatching(/Look how the order stands/) });
    // What was done is not undone by a provider that can not be read at once: its news bring the rest.
    const unread = vi.spyOn(node.gateway, 'charge').mockRejectedValueOnce(new Error('the connection was cut'));
    const part = await refund(20_000);
    expect([part.status, part.body]).toMatchObject([200, { state: 'completed', amountRefunded: 20_000 }]);
    unread.mockRestore();
    await node.settle();
    expect(await purchaseOf(acme, id)).toMatchObject({ state: 'completed', amountRefunded: 20_000 });
    expect(await acme.licence('crm')).toMatchObject({ state: 'active' });
    // As much once more is another refund, not the same one.
    expect((await refund(20_000)).body).toMatchObject({ state: 'completed', amountRefunded: 40_000 });
    expect((await refund()).body).toMatchObject({ state: 'refunded', amountRefunded: 50_000 });
    expect(await acme.licence('crm')).toMatchObject({ state: 'revoked' });
    expect((await refund()).body).toMatchObject({ status: 409, reason: 'not-refundable' });
    const { items: asked } = await acme.ok<{ items: { detail: JsonObject }[] }>(
      'GET',
      '/api/audit?action=purchase.refund-requested',
    );
    expect(asked.map(({ detail }) => detail.amount)).toEqual([10_000, 20_000, 20_000, 20_000]);
    await node.settle();
    expect(await acme.licence('crm')).toMatchObject({ state: 'revoked' });
    // And can be bought again.
    await acme.buy('crm');
    expect(await acme.licence('crm')).toMatchObject({ state: 'active', validUntil: null });
  });
});

test('credit that is left over is shown until it is used', async () => {
  const tenant = await node.tenant('credited');
  await tenant.ok('POST', '/api/billing/purchases', { plugin: 'crm' });
  const { rows } = await node.test.database.platform.query<{ customer: string }>(
    'select customer from core.billing_customers where tenant_id = $1',
    [tenant.id],
  );
  const credit = async (amount: number) => {
    const body = { amount: String(amount), currency: 'eur' };
    await node.stripe('POST', `customers/${rows[0]?.customer}/balance_transactions`, body);
    await node.settle();
    return (await tenant.ok('GET', '/api/billing')).credit;
  };
  expect(await credit(-1_240)).toEqual({ amount: 1_240, currency: 'EUR' });
  expect(await credit(1_240)).toBeNull();
});

test('a payment whose bank asks its money back has a task; lost, the licence ends', async () => {
  const tenant = await node.tenant('disputed');
  const order = await tenant.buy('zen', DISPUTED);
  expect(await tenant.licence('zen')).toMatchObject({ state: 'active' });
  expect(await purchaseOf(tenant, order.id)).toMatchObject({ state: 'completed', dispute: 'open' });
  const tasks = () => tenant.ok<{ items: { kind: string }[] }>('GET', '/api/tasks');
  expect((await tasks()).items).toEqual([expect.objectContaining({ kind: 'PAYMENT_DISPUTED' })]);
  const { data } = await node.stripe('GET', 'disputes');
  const [dispute] = data as { id: string }[];
  await node.stripe('POST', `disputes/${dispute?.id}/close`);
  await node.settle();
  expect(await purchaseOf(tenant, order.id)).toMatchObject({ state: 'reversed', dispute: 'lost' });
  expect(await tenant.licence('zen')).toMatchObject({ state: 'revoked' });
  expect((await tasks()).items).toEqual([]);
});

describe('who may, and what may be asked', () => {
  test.each<[string, string, object, number, string?]>([
    ['POST', '/api/billing/purchases', {}, 400, '/plugin'],
    ['POST', '/api/billing/purchases', { plugin: 7 }, 400, '/plugin'],
    ['POST', '/api/billing/purchases', { plugin: 'no-such' }, 404],
    ['POST', '/api/billing/purchases', { plugin: 'free' }, 400, '/plugin'],
    ['POST', '/api/billing/purchases', { plugin: 'zen', seats: 2 }, 400, '/seats'],
    ['POST', '/api/billing/purchases', { plugin: 'zen', extra: 1 }, 400, '/extra'],
    ['POST', '/api/billing/purchases', { plugin: 'zen', method: 'cash' }, 400, '/method'],
    ['POST', '/api/billing/subscriptions', { plugin: 'desk' }, 400, '/interval'],
    ['POST', '/api/billing/subscriptions', { plugin: 'desk', interval: 'weekly' }, 400, '/interval'],
    ['POST', '/api/billing/subscriptions', { plugin: 'zen', interval: 'annual' }, 400, '/interval'],
    ['POST', '/api/billing/subscriptions', { plugin: 'desk', interval: 'monthly', seats: 0 }, 400, '/seats'],
    ['POST', '/api/billing/subscriptions', { plugin: 'desk', interval: 'monthly', seats: 1.5 }, 400, '/seats'],
    [
      'POST',
      '/api/billing/subscriptions',
      { plugin: 'desk', interval: 'monthly', promotionCode: "a' or 1" },
      400,
      '/promotionCode',
    ],
    ['POST', '/api/billing/subscriptions/sub_unknown/cancel', {}, 404],
    ['POST', '/api/billing/subscriptions/..%2f/cancel', {}, 400],
    ['POST', '/api/billing/subscriptions/sub_unknown/preview', { seats: 2 }, 404],
    ['POST', '/api/billing/confirm', { session: 'cs_test_unknown' }, 404],
    ['POST', '/api/billing/confirm', { session: '../../v1/balance' }, 400, '/session'],
    ['GET', '/api/billing/purchases/not-a-uuid', {}, 400, '/id'],
    ['GET', '/api/billing/plans/no-such', {}, 404],
  ])('%s %s with %o: %i', async (method, path, body, status, pointer) => {
    const reply = await acme.call(method, path, method === 'GET' ? undefined : body);
    expect(reply.body).toMatchObject({ status, requestId: expect.any(String) });
    if (pointer !== undefined) {
      expect(reply.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer })]));
    }
  });

  test('only those who hold the permission, and only their own', async () => {
    for (const path of ['', '/invoices', '/purchases', '/subscriptions', '/plans/crm']) {
      expect((await acme.viewer('GET', `/api/billing${path}`)).status).toBe(403);
      expect((await node.node.call('GET', `/api/billing${path}`)).status).toBe(401);
    }
    expect((await acme.viewer('POST', '/api/billing/purchases', { plugin: 'zen' })).status).toBe(403);
    expect((await acme.call('POST', '/api/operator/billing/reconcile', {})).status).toBe(403);
    const { items } = await other.ok<{ items: { id: string }[] }>('GET', '/api/billing/subscriptions');
    for (const verb of ['cancel', 'resume', 'change', 'preview']) {
      const body = verb === 'change' || verb === 'preview' ? { interval: 'monthly' } : {};
      expect((await acme.call('POST', `/api/billing/subscriptions/${items[0]?.id}/${verb}`, body)).status).toBe(404);
    }
    const purchases = await other.ok<{ items: { id: string }[] }>('GET', '/api/billing/purchases');
    expect((await acme.call('GET', `/api/billing/purchases/${purchases.items[0]?.id}`)).status).toBe(404);
  });

  test('a provider that does not answer costs nothing and tells nothing', async () => {
    const tenant = await node.tenant('away');
    await node.control('POST', '/chaos', { serverError: 1 });
    const { status, body, headers } = await tenant.call('POST', '/api/billing/purchases', { plugin: 'zen' });
    await node.control('DELETE', '/chaos');
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
    expect(body).toMatchObject({ code: 'unavailable', reason: 'provider-unreachable' });
    expect(JSON.stringify(body)).not.toMatch(/chaos|stripe|sk_test|api_error/i);
    const order = await tenant.ok<Order>('POST', '/api/billing/purchases', { plugin: 'zen' });
    expect(order.state).toBe('intent');
  });

  test('an answer that was lost does not lead to a second order at the provider', async () => {
    const tenant = await node.tenant('cut');
    const before = await count('customer');
    await node.control('POST', '/chaos', { cut: 0.5, seed: 7 });
    const order = await tenant.ok<Order>('POST', '/api/billing/purchases', { plugin: 'zen' }).catch(() => null);
    await node.control('DELETE', '/chaos');
    const again = await tenant.ok<Order>('POST', '/api/billing/purchases', { plugin: 'zen' });
    if (order) expect(again).toEqual(order);
    expect((await count('customer')) - before).toBe(1);
  });

  test('orders nobody pays lapse, here and at the provider', async () => {
    const tenant = await node.tenant('lapsing');
    const order = await tenant.ok<Order>('POST', '/api/billing/purchases', { plugin: 'zen' });
    await node.pass(1);
    await node.billing.reconciler.lapse();
    await node.settle();
    expect(await purchaseOf(tenant, order.id)).toMatchObject({ state: 'expired' });
    await expect(tenant.pay(order.checkoutUrl)).rejects.toThrow();
  });
});

test('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(node.test)).toEqual(
    expect.arrayContaining(['purchase.begun', 'purchase.completed', 'purchase.refund-requested', 'purchase.refunded']),
  );
});
