import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BillingNode, type Order, startBillingNode, type Tenant, WANTS_SCA } from './support/billing-node.ts';

let node: BillingNode;
let acme: Tenant;

beforeAll(async () => {
  node = await startBillingNode();
  acme = await node.tenant('acme');
}, 60_000);
afterAll(() => node?.close());

const purchaseOf = (tenant: Tenant, id: string) => tenant.ok('GET', `/api/billing/purchases/${id}`);

describe('subscriptions', () => {
  test('seats and interval change with what the preview says, once', async () => {
    await acme.subscribe({ plugin: 'desk', interval: 'monthly', seats: 3 });
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
    // Fewer seats are credited: two thirds of a month, or a little more, of five.
    const fewer = await acme.ok<{ dueNow: number }>('POST', `${path}/preview`, { seats: 1 });
    expect(fewer.dueNow).toBeLessThan(-3_000);
    expect(fewer.dueNow).toBeGreaterThan(-4_000);
    const annual = await acme.ok('POST', `${path}/change`, { interval: 'annual' });
    expect(annual).toMatchObject({ plan: 'annual', unitAmount: 9_600, seats: 6 });
    expect(await acme.licence('desk')).toMatchObject({ plan: 'annual' });
  });

  test('have at least as many seats as are taken', async () => {
    const tenant = await node.tenant('crowded');
    const order = { plugin: 'desk', interval: 'monthly', seats: 2 };
    // The owner and the viewer sit there since a trial.
    await node.test.database.platform.query(
      `with trial as (insert into core.licences (tenant_id, plugin_id, kind, expires_at)
                      values ($1, 'desk', 'trial', now() + interval '1 day') returning tenant_id)
       insert into core.licence_seats (tenant_id, plugin_id, user_id)
       select m.tenant_id, 'desk', m.user_id from core.memberships m join trial using (tenant_id)`,
      [tenant.id],
    );
    const refused = { status: 409, reason: 'seats-taken', errors: [{ pointer: '/seats' }] };
    const few = await tenant.call('POST', '/api/billing/subscriptions', { ...order, seats: 1 });
    expect(few.body).toMatchObject(refused);
    await tenant.subscribe(order);
    const { items } = await tenant.ok<{ items: { id: string }[] }>('GET', '/api/billing/subscriptions');
    const fewer = await tenant.call('POST', `/api/billing/subscriptions/${items[0]?.id}/change`, { seats: 1 });
    expect(fewer.body).toMatchObject(refused);
    expect(await tenant.licence('desk')).toMatchObject({ seats: { limit: 2 } });
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
      await tenant.subscribe({ plugin, interval: 'monthly', ...(plugin === 'desk' ? { seats: 1 } : {}) });
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
    await tenant.subscribe({ plugin: 'desk', interval: 'monthly', seats: 2 });
    const open = await tenant.ok<Order>('POST', '/api/billing/purchases', { plugin: 'crm' });
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
    const order = await tenant.subscribe({ plugin: 'crm', interval: 'monthly' }, WANTS_SCA);
    expect(await tenant.licence('crm')).toBeUndefined();
    expect(['intent', 'pending']).toContain((await purchaseOf(tenant, order.id)).state);
  });

  test('a second subscription in another currency is refused in words that help', async () => {
    const tenant = await node.tenant('currencies');
    await tenant.subscribe({ plugin: 'crm', interval: 'monthly' });
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
    await tenant.subscribe(body);
    const { items } = await tenant.ok<{ items: { total: number }[] }>('GET', '/api/billing/invoices');
    expect(items.map(({ total }) => total)).toEqual([1_450]);
  });

  test('use beyond what is included is told once, however often it is tried', async () => {
    await acme.subscribe({ plugin: 'scan', interval: 'monthly' });
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
