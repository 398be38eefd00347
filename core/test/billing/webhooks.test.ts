import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDoubleKeeper } from '../../src/billing/double/double-keeper.ts';
import type { Database } from '../../src/data/index.ts';
import { silentLogger } from '../support/test-database.ts';
import { type BillingNode, SECRET, startBillingNode, type Tenant } from './support/billing-node.ts';

let node: BillingNode;
let tenant: Tenant;

beforeAll(async () => {
  node = await startBillingNode();
  tenant = await node.tenant('acme');
}, 60_000);
afterAll(() => node?.close());

const seconds = () => Math.floor(Date.now() / 1000);
const sign = (body: string, at = seconds(), secret = SECRET) =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;

async function deliver(body: string | Buffer, signature?: string, type = 'application/json') {
  const response = await fetch(`${node.node.url}/api/billing/stripe/webhook`, {
    method: 'POST',
    headers: { 'content-type': type, ...(signature === undefined ? {} : { 'stripe-signature': signature }) },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

let made = 0;
function event(type: string, object: object, more: object = {}): string {
  made += 1;
  const data = { object };
  return JSON.stringify({ id: `evt_${made}`, object: 'event', type, created: seconds(), data, ...more }, null, 2);
}
const stored = async (id: string) => {
  const { rows } = await node.test.database.platform.query<{
    state: string;
    attempts: number;
    lastError: string | null;
  }>('select state, attempts, last_error as "lastError" from core.stripe_events where id = $1', [id]);
  return rows[0];
};
const all = async () =>
  (await node.test.database.platform.query<{ n: number }>('select count(*)::integer as n from core.stripe_events'))
    .rows[0]?.n;

describe('signatures', () => {
  test.each<[string, (body: string) => string | undefined, string]>([
    ['none', () => undefined, 'bad-signature'],
    ['nonsense', () => 'nonsense', 'bad-signature'],
    ['one by somebody else', (body) => sign(body, seconds(), 'whsec_wrong'), 'bad-signature'],
    ['one of another body', () => sign('{}'), 'bad-signature'],
    ['one of five minutes and a second ago', (body) => sign(body, seconds() - 302), 'stale-signature'],
    ['one dated ahead', (body) => sign(body, seconds() + 400), 'stale-signature'],
    ['one of no time', (body) => sign(body).replace(/t=\d+/, 't='), 'bad-signature'],
    ['one of another scheme', (body) => sign(body).replace('v1=', 'v0='), 'bad-signature'],
  ])('%s is refused and nothing is stored', async (_what, signature, reason) => {
    const before = await all();
    const body = event('customer.updated', { object: 'customer', id: 'cus_1' });
    const reply = await deliver(body, signature(body));
    expect(reply).toMatchObject({ status: 400, body: { code: 'malformed-request', reason } });
    expect(JSON.stringify(reply.body)).not.toContain('whsec');
    expect(await all()).toBe(before);
  });

  test('the secret of before counts while it is being replaced', async () => {
    const body = event('customer.updated', { object: 'customer', id: 'cus_1' });
    expect(await deliver(body, sign(body, seconds(), 'whsec_of_before'))).toMatchObject({ status: 200 });
  });

  test('a body that was read and written again is not what was signed', async () => {
    const body = event('customer.updated', { object: 'customer', id: 'cus_1' });
    expect((await deliver(JSON.stringify(JSON.parse(body)), sign(body))).status).toBe(400);
  });
});

describe('bodies', () => {
  test.each<[string, string]>([
    ['nothing', ''],
    ['no JSON', '{"id":'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '7'],
    ['an object without a name', '{}'],
    ['no data', '{"id":"evt_x","type":"a","created":1}'],
    ['null for data', '{"id":"evt_x","type":"a","created":1,"data":null}'],
    ['a long id', JSON.stringify({ id: 'e'.repeat(300), type: 'a', created: 1, data: { object: {} } })],
    ['a time that is none', '{"id":"evt_x","type":"a","created":"now","data":{"object":{}}}'],
  ])('%s, well signed, is refused', async (_what, body) => {
    const before = await all();
    const reply = await deliver(body, sign(body));
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ code: 'malformed-request', requestId: expect.any(String) });
    expect(await all()).toBe(before);
  });

  test('other types, other methods and large bodies are refused', async () => {
    const body = event('x', {});
    expect((await deliver(body, sign(body), 'text/plain')).status).toBe(415);
    expect((await deliver(Buffer.alloc(600 * 1024, 'a'), sign(''))).status).toBe(413);
    expect((await node.node.call('GET', '/api/billing/stripe/webhook')).status).toBe(405);
  });
});

describe('news', () => {
  test('is taken once, whatever it says the second time', async () => {
    const body = event('customer.updated', { object: 'customer', id: 'cus_1' });
    const id = `evt_${made}`;
    const replies = await Promise.all(Array.from({ length: 6 }, () => deliver(body, sign(body))));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200));
    const { rows } = await node.test.database.platform.query('select 1 from core.stripe_events where id = $1', [id]);
    expect(rows).toHaveLength(1);
  });

  test.each<[string, object, object?]>([
    ['a.type.of.tomorrow', { object: 'something_new', id: 'new_1' }],
    ['balance.available', { object: 'balance' }],
    ['account.updated', { object: 'account', id: 'acct_1' }, { account: 'acct_1' }],
    ['payout.failed', { object: 'payout', id: 'po_1' }, { account: 'acct_1' }],
  ])('%s is stored', async (type, object, more) => {
    const body = event(type, object, more);
    expect((await deliver(body, sign(body))).status).toBe(200);
    expect(await stored(`evt_${made}`)).toBeDefined();
  });

  test('of a publisher’s account can be fetched, and says whose it is', async () => {
    const order = { name: 'Acme Apps', email: 'apps@acme.test', country: 'DE' };
    const account = await node.gateway.createAccount(order, 'publisher:acme');
    const since = new Date(Date.now() - 60_000);
    const types = async (of: string | null) =>
      (await node.gateway.eventsSince(since, of)).map((one) => [one.type, one.account]);
    expect(await types(account)).toContainEqual(['account.updated', account]);
    expect(await types(null)).not.toContainEqual(['account.updated', expect.anything()]);
  });

  test('of a customer that is none of ours is ignored', async () => {
    const body = event('customer.subscription.updated', {
      object: 'subscription',
      id: 'sub_x',
      customer: 'cus_foreign',
    });
    await deliver(body, sign(body));
    await expect.poll(() => stored(`evt_${made}`), { timeout: 15_000 }).toMatchObject({ state: 'ignored' });
  });

  test('that claims much is not believed: only what the provider has counts', async () => {
    const order = await tenant.ok<{ id: string; checkoutUrl: string }>('POST', '/api/billing/purchases', {
      plugin: 'crm',
    });
    const session = order.checkoutUrl.split('/').at(-1);
    const { rows } = await node.test.database.platform.query<{ customer: string }>(
      'select customer from core.billing_customers where tenant_id = $1',
      [tenant.id],
    );
    const metadata = { tenant: tenant.id, plugin: 'crm', purchase: order.id };
    const claims = { status: 'complete', payment_status: 'paid', customer: rows[0]?.customer, metadata };
    const body = event('checkout.session.completed', { object: 'checkout.session', id: session, ...claims });
    await deliver(body, sign(body));
    await expect.poll(() => stored(`evt_${made}`), { timeout: 15_000 }).toMatchObject({ state: 'done' });
    expect(await tenant.licence('crm')).toBeUndefined();
    expect(await tenant.ok('GET', `/api/billing/purchases/${order.id}`)).toMatchObject({ state: 'intent' });
  });

  test('that can not be acted on is given up in the end, shown to operators, and tried again when they say so', async () => {
    const { platform } = node.test.database;
    const order = await tenant.ok<{ checkoutUrl: string }>('POST', '/api/billing/purchases', { plugin: 'zen' });
    // What is written of it is refused by the database, now and at each attempt.
    await platform.query(`update core.purchases set intent = 'taken' where plugin_id = 'crm'`);
    const admin = await node.test.admin();
    await admin.query(
      `alter table core.purchases add constraint poisoned check (state <> 'completed' or plugin_id <> 'zen')`,
    );
    await tenant.pay(order.checkoutUrl);
    const waiting = async () => {
      await platform.query("update core.stripe_events set not_before = now() where state = 'waiting'");
      // Whatever comes wakes the worker.
      const other = event('customer.updated', { object: 'customer', id: 'cus_foreign' });
      await deliver(other, sign(other));
      const { rows } = await platform.query<{ n: number }>(
        "select count(*)::integer as n from core.stripe_events where state = 'waiting' and customer <> 'cus_foreign'",
      );
      return rows[0]?.n;
    };
    await expect.poll(waiting, { timeout: 60_000, interval: 150 }).toBe(0);
    const operator = await node.operator();
    const { body: page } = await operator('GET', '/api/operator/billing/events?limit=100');
    const dead = page.items as { id: string; type: string; attempts: number; lastError: string }[];
    expect(dead.length).toBeGreaterThan(0);
    expect(dead[0]).toMatchObject({ attempts: 10, lastError: expect.stringContaining('poisoned') });
    expect(await tenant.licence('zen')).toBeUndefined();

    await admin.query('alter table core.purchases drop constraint poisoned');
    for (const { id } of dead)
      expect((await operator('POST', `/api/operator/billing/events/${id}/retry`)).status).toBe(202);
    expect((await operator('POST', '/api/operator/billing/events/evt_none/retry')).status).toBe(404);
    await node.settle();
    expect(await tenant.licence('zen')).toMatchObject({ state: 'active', plan: 'one-time' });
    expect((await operator('GET', '/api/operator/billing/events')).body).toMatchObject({ items: [] });
  }, 90_000);
});

test('the double is stopped while it is still starting', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bazaar-double-'));
  const acquired = Promise.withResolvers<void>();
  const keeper = createDoubleKeeper({
    db: {
      platform: node.test.database.platform,
      locks: {
        async acquire() {
          acquired.resolve();
          return { lost: new AbortController().signal, release: async () => {} };
        },
      } as unknown as Database['locks'],
    },
    log: { ...silentLogger, debug: () => {} },
    settings: {
      port: 0,
      portIsFixed: false,
      stateFile: join(folder, 'journal'),
      webhook: 'http://127.0.0.1:1',
      secret: SECRET,
    },
    mayRun: true,
  });
  keeper.start();
  await acquired.promise;
  await new Promise(setImmediate);
  // Has nothing to wait for but the start: it never came back from this.
  await keeper.stop();
  await rm(folder, { recursive: true, force: true });
});
