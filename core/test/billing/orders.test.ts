import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { PASSWORD } from '../support/people.ts';
import { type BillingNode, DISPUTED, startBillingNode, type Tenant, WANTS_SCA } from './support/billing-node.ts';

let node: BillingNode;
let acme: Tenant;
let other: Tenant;

beforeAll(async () => {
  node = await startBillingNode();
  [acme, other] = await Promise.all([node.tenant('acme'), node.tenant('other')]);
}, 60_000);
afterAll(() => node?.close());

interface Begun extends JsonObject {
  id: string;
  state: string;
  checkoutUrl: string;
  clientSecret: string;
}

const count = async (kind: string): Promise<number> =>
  (await node.control<Record<string, number>>('GET', '/counts'))[kind] ?? 0;
const audit = async (tenant: Tenant, action: string): Promise<number> => {
  const { items } = await tenant.ok<{ items: object[] }>('GET', `/api/audit?limit=100&action=${action}`);
  return items.length;
};
const purchaseOf = (tenant: Tenant, id: string) => tenant.ok('GET', `/api/billing/purchases/${id}`);
const sessionOf = ({ checkoutUrl }: Begun) => checkoutUrl.split('/').at(-1) ?? '';

describe('buying for ever', () => {
  test('one order whoever clicks how often, one charge, one activation whoever comes first', async () => {
    const orders = await Promise.all(
      Array.from({ length: 5 }, () => acme.ok<Begun>('POST', '/api/billing/purchases', { plugin: 'crm' })),
    );
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
    expect(new Set(orders.map(({ checkoutUrl }) => checkoutUrl)).size).toBe(1);
    const [order] = orders;
    if (!order) throw new Error('no order');
    expect(await acme.licence('crm')).toBeUndefined();
    await acme.pay(order.checkoutUrl);
    // The page that the payer returns to, the provider's news and a comparison, all at once.
    const confirm = () => acme.ok('POST', '/api/billing/confirm', { session: sessionOf(order) });
    const [confirmed] = await Promise.all([confirm(), confirm(), node.billing.reconciler.run(true), confirm()]);
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
    const first = await other.ok<Begun>('POST', '/api/billing/purchases', { plugin: 'crm' });
    const second = await other.ok<Begun>('POST', '/api/billing/subscriptions', { plugin: 'crm', interval: 'annual' });
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
    const begun = await tenant.ok<Begun>('POST', '/api/billing/purchases', body);
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
    expect((await refund()).body).toMatchObject({ state: 'refunded', amountRefunded: 50_000 });
    expect(await acme.licence('crm')).toMatchObject({ state: 'revoked' });
    expect((await refund()).body).toMatchObject({ status: 409, reason: 'not-refundable' });
    await node.settle();
    expect(await acme.licence('crm')).toMatchObject({ state: 'revoked' });
    // And can be bought again.
    const again = await acme.ok<Begun>('POST', '/api/billing/purchases', { plugin: 'crm' });
    await acme.pay(again.checkoutUrl);
    await node.settle();
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
  const order = await tenant.ok<Begun>('POST', '/api/billing/purchases', { plugin: 'zen' });
  await tenant.pay(order.checkoutUrl, DISPUTED);
  await node.settle();
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

describe('subscriptions', () => {
  test('seats and interval change with what the preview says, once', async () => {
    const order = await acme.ok<Begun>('POST', '/api/billing/subscriptions', {
      plugin: 'desk',
      interval: 'monthly',
      seats: 3,
    });
    await acme.pay(order.checkoutUrl);
    await node.settle();
    expect(await acme.licence('desk')).toMatchObject({ state: 'active', plan: 'monthly', seats: { limit: 3 } });
    const { items } = await acme.ok<{ items: { id: string }[] }>('GET', '/api/billing/subscriptions?plugin=desk');
    const path = `/api/billing/subscriptions/${items[0]?.id}`;
    await node.pass(10);
    const preview = await acme.ok<{ dueNow: number; prorationAt: string }>('POST', `${path}/preview`, { seats: 6 });
    expect(preview.dueNow).toBeGreaterThan(1_500);
    expect(preview.dueNow).toBeLessThan(3_000);
    const change = { seats: 6, prorationAt: preview.prorationAt };
    const [one, two] = await Promise.all([
      acme.call('POST', `${path}/change`, change),
      acme.call('POST', `${path}/change`, change),
    ]);
    expect([one.status, two.status].filter((status) => status === 200).length).toBeGreaterThan(0);
    await node.settle();
    expect(await acme.licence('desk')).toMatchObject({ seats: { limit: 6 } });
    const { items: invoices } = await acme.ok<{ items: { total: number; status: string }[] }>(
      'GET',
      '/api/billing/invoices?plugin=desk',
    );
    expect(invoices.map(({ total }) => total)).toEqual([preview.dueNow, 3_000]);
    // Fewer seats are credited.
    expect(await acme.ok('POST', `${path}/preview`, { seats: 1 })).toMatchObject({ dueNow: expect.any(Number) });
    const annual = await acme.ok('POST', `${path}/change`, { interval: 'annual' });
    expect(annual).toMatchObject({ plan: 'annual', unitAmount: 9_600, seats: 6 });
    expect(await acme.licence('desk')).toMatchObject({ plan: 'annual' });
  });

  test('of a workspace that is about to be deleted are not renewed; kept, it goes on as before', async () => {
    const tenant = await node.tenant('leaving');
    const renewal = async () => {
      const { items } = await tenant.ok<{ items: { plugin: string; cancelAt: string | null }[] }>(
        'GET',
        '/api/billing/subscriptions',
      );
      return Object.fromEntries(items.map(({ plugin, cancelAt }) => [plugin, cancelAt === null]));
    };
    for (const plugin of ['desk', 'scan']) {
      const order = { plugin, interval: 'monthly', ...(plugin === 'desk' ? { seats: 1 } : {}) };
      const { checkoutUrl } = await tenant.ok<Begun>('POST', '/api/billing/subscriptions', order);
      await tenant.pay(checkoutUrl);
      await node.settle();
    }
    await tenant.ok('POST', '/api/billing/purchases', { plugin: 'crm' });
    const { windDown } = node.billing;
    const { platform } = node.test.database;
    const renewing = await windDown.renewing(tenant.id);
    expect(renewing).toHaveLength(2);
    await windDown.begin(tenant.id);
    await windDown.begin(tenant.id);
    expect(await renewal()).toEqual({ desk: false, scan: false });
    expect(await windDown.renewing(tenant.id)).toEqual([]);
    const { rows } = await node.test.database.platform.query(
      `select distinct state from core.purchases where tenant_id = $1 and plugin_id = 'crm'`,
      [tenant.id],
    );
    expect(rows).toEqual([{ state: 'expired' }]);
    expect(await tenant.licence('desk')).toMatchObject({ state: 'active' });
    // Whoever resumes one or buys now is told what would become of it; what is kept before can be resumed.
    const planned = await platform.query<{ id: string }>(
      `insert into core.privacy_requests (tenant_id, kind, scope, state, due_at)
       values ($1, 'tenant-deletion', 'tenant', 'scheduled', now() + interval '30 days') returning id`,
      [tenant.id],
    );
    for (const [path, order] of [
      [`subscriptions/${renewing[0]}/resume`, undefined],
      ['purchases', { plugin: 'crm' }],
      ['subscriptions', { plugin: 'crm', interval: 'monthly' }],
    ] as const) {
      const { body } = await tenant.call('POST', `/api/billing/${path}`, order);
      expect(body).toMatchObject({
        status: 409,
        reason: 'workspace-leaving',
        action: { href: '/admin/privacy' },
      });
    }
    expect(await renewal()).toEqual({ desk: false, scan: false });
    await platform.query("update core.privacy_requests set state = 'cancelled' where id = $1", [planned.rows[0]?.id]);
    await windDown.undo(tenant.id, [renewing[0] ?? '', 'sub_of_nobody']);
    expect(Object.values(await renewal()).toSorted()).toEqual([false, true]);
    await tenant.ok('POST', `/api/billing/subscriptions/${renewing[1]}/resume`);
    expect(await renewal()).toEqual({ desk: true, scan: true });
  });

  test('of a workspace that is deleted end at once, and its orders can not be paid any more', async () => {
    const tenant = await node.tenant('gone');
    const subscribed = await tenant.ok<Begun>('POST', '/api/billing/subscriptions', {
      plugin: 'desk',
      interval: 'monthly',
      seats: 2,
    });
    await tenant.pay(subscribed.checkoutUrl);
    await node.settle();
    const open = await tenant.ok<Begun>('POST', '/api/billing/purchases', { plugin: 'crm' });
    // The first answer is lost after the provider has acted.
    const { cancelNow } = node.gateway;
    const lost = vi.spyOn(node.gateway, 'cancelNow').mockImplementationOnce(async (id) => {
      await cancelNow(id);
      throw new Error('the connection was cut');
    });
    await expect(node.billing.endTenant(tenant.id)).rejects.toThrow('cut');
    await node.billing.endTenant(tenant.id);
    await node.billing.endTenant(tenant.id);
    expect(lost).toHaveBeenCalledOnce();
    lost.mockRestore();
    await node.settle();
    await expect(tenant.pay(open.checkoutUrl)).rejects.toThrow();
    expect(await purchaseOf(tenant, open.id)).toMatchObject({ state: 'expired' });
    const { rows } = await node.test.database.platform.query(
      'select status from core.subscriptions where tenant_id = $1',
      [tenant.id],
    );
    expect(rows).toEqual([{ status: 'canceled' }]);
    // What was paid stays written down.
    const { items } = await tenant.ok<{ items: object[] }>('GET', '/api/billing/invoices');
    expect(items).toEqual([expect.objectContaining({ status: 'paid', total: 2_000 })]);
  });

  test('a bank that wants a confirmation is waited for', async () => {
    const tenant = await node.tenant('sca');
    const order = await tenant.ok<Begun>('POST', '/api/billing/subscriptions', { plugin: 'crm', interval: 'monthly' });
    await tenant.pay(order.checkoutUrl, WANTS_SCA);
    await node.settle();
    expect(await tenant.licence('crm')).toBeUndefined();
    expect(['intent', 'pending']).toContain((await purchaseOf(tenant, order.id)).state);
  });

  test('a second subscription in another currency is refused in words that help', async () => {
    const tenant = await node.tenant('currencies');
    const first = await tenant.ok<Begun>('POST', '/api/billing/subscriptions', { plugin: 'crm', interval: 'monthly' });
    await tenant.pay(first.checkoutUrl);
    await node.settle();
    const second = { plugin: 'zen', interval: 'monthly', method: 'intent' };
    const { body } = await tenant.call('POST', '/api/billing/subscriptions', second);
    expect(body).toMatchObject({ status: 409, reason: 'other-currency', action: { href: '/admin/billing' } });
  });

  test('a promotion code lowers the first payment; an unknown one is refused by name', async () => {
    const tenant = await node.tenant('promotion');
    const body = { plugin: 'crm', interval: 'monthly', promotionCode: 'HALF' };
    const refused = await tenant.call('POST', '/api/billing/subscriptions', body);
    expect(refused.body).toMatchObject({ status: 400, errors: [{ pointer: '/promotionCode' }] });
    await node.stripe('POST', 'coupons', { id: 'half', percent_off: '50', duration: 'once' });
    await node.stripe('POST', 'promotion_codes', {
      'promotion[type]': 'coupon',
      'promotion[coupon]': 'half',
      code: 'HALF',
    });
    const order = await tenant.ok<Begun>('POST', '/api/billing/subscriptions', body);
    await tenant.pay(order.checkoutUrl);
    await node.settle();
    const { items } = await tenant.ok<{ items: { total: number }[] }>('GET', '/api/billing/invoices');
    expect(items.map(({ total }) => total)).toEqual([1_450]);
  });

  test('use beyond what is included is told once, however often it is tried', async () => {
    const order = await acme.ok<Begun>('POST', '/api/billing/subscriptions', { plugin: 'scan', interval: 'monthly' });
    await acme.pay(order.checkoutUrl);
    await node.settle();
    const { platform } = node.test.database;
    await platform.query(
      `insert into core.usage (tenant_id, plugin_id, meter, day, quantity)
       values ($1, 'scan', 'pages', $2, 14)`,
      [acme.id, node.now().toISOString().slice(0, 10)],
    );
    const report = node.billing.chores['billing: usage'];
    // The first answer is lost after it took effect.
    await node.control('POST', '/chaos', { cut: 1 });
    await report?.();
    await node.control('DELETE', '/chaos');
    await Promise.all([report?.(), report?.()]);
    await report?.();
    const { rows } = await platform.query<{ sent: boolean; quantity: number }>(
      'select sent_at is not null as sent, quantity from core.usage_reports where tenant_id = $1',
      [acme.id],
    );
    expect(rows).toEqual([{ sent: true, quantity: 14 }]);
    const meters = await node.stripe('GET', 'billing/meters');
    const [meter] = (meters.data as { id: string }[]) ?? [];
    const { rows: customers } = await platform.query<{ customer: string }>(
      'select customer from core.billing_customers where tenant_id = $1',
      [acme.id],
    );
    const day = Math.floor(node.now().getTime() / 86_400_000) * 86_400;
    const summaries = await node.stripe(
      'GET',
      `billing/meters/${meter?.id}/event_summaries?customer=${customers[0]?.customer}&start_time=${day - 30 * 86_400}&end_time=${day + 86_400}`,
    );
    expect((summaries.data as { aggregated_value: number }[]).map((one) => one.aggregated_value)).toEqual([14]);
  });
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
    const order = await tenant.ok<Begun>('POST', '/api/billing/purchases', { plugin: 'zen' });
    expect(order.state).toBe('intent');
  });

  test('an answer that was lost does not lead to a second order at the provider', async () => {
    const tenant = await node.tenant('cut');
    const before = await count('customer');
    await node.control('POST', '/chaos', { cut: 0.5, seed: 7 });
    const order = await tenant.ok<Begun>('POST', '/api/billing/purchases', { plugin: 'zen' }).catch(() => null);
    await node.control('DELETE', '/chaos');
    const again = await tenant.ok<Begun>('POST', '/api/billing/purchases', { plugin: 'zen' });
    if (order) expect(again).toEqual(order);
    expect((await count('customer')) - before).toBe(1);
  });

  test('orders nobody pays lapse, here and at the provider', async () => {
    const tenant = await node.tenant('lapsing');
    const order = await tenant.ok<Begun>('POST', '/api/billing/purchases', { plugin: 'zen' });
    await node.pass(1);
    await node.billing.reconciler.lapse();
    await node.settle();
    expect(await purchaseOf(tenant, order.id)).toMatchObject({ state: 'expired' });
    await expect(tenant.pay(order.checkoutUrl)).rejects.toThrow();
  });
});

test('comparing finds what was tampered with, shows it, and mends it', async () => {
  const { platform } = node.test.database;
  expect(await node.billing.reconciler.run(false)).toMatchObject({ differences: [], failures: [] });
  await platform.query(
    "update core.licences set expires_at = now() + interval '99 years' where tenant_id = $1 and plugin_id = 'desk'",
    [acme.id],
  );
  await platform.query("update core.subscriptions set quantity = 99 where tenant_id = $1 and plugin_id = 'desk'", [
    acme.id,
  ]);
  await platform.query(
    `insert into core.licences (tenant_id, plugin_id, kind, source) values ($1, 'desk', 'purchased', 'purchase:${acme.id}')`,
    [other.id],
  );
  const tampered = [
    `update core.purchases set amount_refunded = 1 where tenant_id = $1 and plugin_id = 'crm' and state = 'completed'`,
    `update core.invoices set total = 1 where tenant_id = $1 and plugin_id = 'crm' and number in
       (select min(number) from core.invoices where tenant_id = $1 and plugin_id = 'crm')`,
  ];
  for (const statement of tampered) await platform.query(statement, [acme.id]);
  await platform.query("update core.disputes set state = 'won' where state = 'lost'");
  const seen = await node.billing.reconciler.run(false);
  expect(seen.differences.map(({ what, plugin, tenantId }) => [what, plugin, tenantId])).toEqual(
    expect.arrayContaining([
      ['subscription', 'desk', acme.id],
      ['licence', 'desk', acme.id],
      ['licence', 'desk', other.id],
      ['purchase', 'crm', acme.id],
      ['invoice', 'crm', acme.id],
      ['dispute', 'zen', expect.any(String)],
    ]),
  );
  const asText = await reconcile('--check');
  expect(asText.code).toBe(1);
  expect(asText.text).toMatch(/subscription \S+ of desk, tenant \S+: quantity is 99 here, 6 there/);
  expect(asText.text).toMatch(/purchase \S+ of crm, tenant \S+: amountRefunded is 1 here, 0 there/);
  expect(asText.text).toMatch(/invoice \S+ of crm, tenant \S+: total is 1 here, 50000 there/);
  expect(asText.text).toMatch(/dispute \S+ of zen, tenant \S+: state is won here, lost there/);
  expect(asText.text).toMatch(
    new RegExp(`licence desk, tenant ${other.id}: source is purchase:\\S+ here, nothing there`),
  );
  expect(asText.text).toMatch(/\d+ compared, \d+ differ\.$/);
  const asJson = await reconcile('--check', '--json', '--tenant', acme.id);
  expect(asJson.code).toBe(1);
  const { compared, differences } = JSON.parse(asJson.text) as typeof seen;
  expect(compared).toBe(1);
  expect(new Set(differences.map(({ what }) => what))).toEqual(
    new Set(['subscription', 'purchase', 'invoice', 'licence']),
  );
  expect(await acme.licence('desk')).toMatchObject({ seats: { limit: 6 } });
  const mended = await reconcile();
  expect([mended.code, mended.text.split('\n').at(-1)]).toEqual([
    0,
    expect.stringMatching(`, ${seen.differences.length} differ, mended\\.$`),
  ]);
  expect(await reconcile('--check')).toMatchObject({ code: 0, text: expect.stringMatching(/nothing differs\.$/) });
  expect(await node.billing.reconciler.run(false)).toMatchObject({ differences: [] });
  expect(await other.licence('desk')).toMatchObject({ state: 'revoked' });
});

/** `bazaar billing reconcile`, as an operator of this node. */
async function reconcile(...args: string[]): Promise<{ code: number; text: string }> {
  vi.stubEnv('BAZAAR_OPERATOR_EMAIL', 'operator@platform.test');
  vi.stubEnv('BAZAAR_OPERATOR_PASSWORD', PASSWORD);
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const output = { out: say, err: say, confirm: async () => false };
  const code = await run(['billing', 'reconcile', ...args, '--url', node.node.url], output);
  vi.unstubAllEnvs();
  return { code, text: lines.join('\n') };
}
