import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../support/people.ts';
import { type BillingNode, startBillingNode, type Tenant } from './support/billing-node.ts';

/** Its payments are at the platform's disposal at once. */
const AT_ONCE = '4000000000000077';

let node: BillingNode;
let acme: Tenant;
let operator: Awaited<ReturnType<BillingNode['operator']>>;

beforeAll(async () => {
  node = await startBillingNode();
  acme = await node.tenant('acme');
  operator = await node.operator();
}, 60_000);
afterAll(() => node?.close());

type Balances = Record<string, number>;

async function balances(): Promise<Balances> {
  const { rows } = await node.test.database.platform.query<{ account: string; amount: number }>(
    'select account, sum(amount)::bigint as amount from core.ledger_entries group by account having sum(amount) <> 0',
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
}

async function ok<T = JsonObject>(method: string, path: string, body?: object): Promise<T> {
  const reply = await operator(method, path, body);
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body as T;
}

interface Line extends JsonObject {
  share: number;
  due: number;
  held: number;
}

const report = async (): Promise<Line | undefined> =>
  (await ok<{ items: Line[] }>('GET', '/api/operator/payouts')).items.find(
    ({ publisher }) => publisher === 'Acme Apps',
  );

async function buy(plugin: string, card?: string): Promise<string> {
  const order = await acme.ok<{ id: string; checkoutUrl: string }>('POST', '/api/billing/purchases', { plugin });
  await acme.pay(order.checkoutUrl, card);
  await node.settle();
  return order.id;
}

describe('the ledger', () => {
  test('what the platform sells itself is its own income', async () => {
    await buy('crm');
    const kept = 50_000 * 0.029 + 30;
    expect(await balances()).toEqual({
      'provider-balance': 50_000 - kept,
      'provider-fees': kept,
      'platform-fee': -50_000,
    });
    expect(await report()).toBeUndefined();
  });

  test('a publisher’s sale is divided and rests; reading it again books nothing', async () => {
    await buy('wares', AT_ONCE);
    const before = await balances();
    expect(before).toMatchObject({ 'platform-fee': -51_500, 'publisher-share': -8_500 });
    await ok('POST', '/api/operator/billing/reconcile', {});
    expect(await balances()).toEqual(before);
    expect(await report()).toMatchObject({ sales: 10_000, platformFee: 1_500, share: 8_500, held: 8_500, due: 0 });
  });

  test('the publisher says who it is at the provider, and then gets what has rested', async () => {
    for (const [body, pointer] of [
      [{ name: 'Acme Apps', email: 'nobody', country: 'DE' }, '/email'],
      [{ name: 'Acme Apps', email: 'a@b.test', country: 'Germany' }, '/country'],
      [{ name: 'Acme Apps', email: 'a@b.test', country: 'DE', feePercent: 101 }, '/feePercent'],
    ] as const) {
      const { status, body: problem } = await operator('POST', '/api/operator/publishers', body);
      expect([status, JSON.stringify(problem).includes(pointer)]).toEqual([400, true]);
    }
    const order = { name: 'Acme Apps', email: 'apps@acme.test', country: 'DE' };
    expect((await acme.call('POST', '/api/operator/publishers', order)).status).toBe(403);
    const first = await ok<{ id: string; onboardingUrl: string }>('POST', '/api/operator/publishers', order);
    await node.settle();
    const shown = async () => (await ok<{ items: JsonObject[] }>('GET', '/api/operator/publishers')).items[0];
    expect(await shown()).toMatchObject({ name: 'Acme Apps', state: 'onboarding' });
    const again = await ok<{ id: string; onboardingUrl: string }>('POST', '/api/operator/publishers', order);
    expect(again.id).toBe(first.id);
    const form = new URLSearchParams({ name: 'Acme Apps', iban: 'DE89370400440532013000', answer: 'complete' });
    await fetch(again.onboardingUrl, { method: 'POST', redirect: 'manual', body: form });
    await node.settle();
    expect(await shown()).toMatchObject({ state: 'enabled', requirements: [] });
    expect(await ok('POST', '/api/operator/payouts/run')).toEqual({ sent: 0, waiting: 0 });
    await node.pass(15);
    expect(await report()).toMatchObject({ held: 0, due: 8_500 });
    const runs = await Promise.all([1, 2, 3].map(() => ok<{ sent: number }>('POST', '/api/operator/payouts/run')));
    expect(runs.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
    expect(await balances()).toMatchObject({ 'publisher-account': -8_500 });
    await node.pass(4);
    expect(await report()).toMatchObject({ transferred: 8_500, paidOut: 8_500, due: 0 });
    expect((await balances())['publisher-account']).toBeUndefined();
  });

  test('a publisher made by several at once is one, and added once', async () => {
    const order = { name: 'Five Hands', email: 'five@hands.test', country: 'DE', feePercent: 20 };
    const made = await Promise.all(
      Array.from({ length: 5 }, () => ok<{ id: string }>('POST', '/api/operator/publishers', order)),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const { rows } = await node.test.database.platform.query<{ action: string }>(
      "select action from core.audit_log where entity_id = $1 and action like 'publisher.%' order by action",
      [made[0]?.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['publisher.account-made', 'publisher.added']);
  });

  test('a refund takes the share back, off the next transfers', async () => {
    const { items } = await acme.ok<{ items: { id: string; plugin: string }[] }>(
      'GET',
      '/api/billing/purchases?plugin=wares',
    );
    await ok('POST', `/api/operator/billing/purchases/${items[0]?.id}/refund`, {});
    await node.settle();
    expect(await report()).toMatchObject({ share: 0, due: -8_500 });
    expect((await balances())['publisher-share']).toBe(8_500);
    expect(await ok('POST', '/api/operator/payouts/run')).toEqual({ sent: 0, waiting: 0 });
  });

  test('a lost dispute costs everybody their part, and the platform the fee', async () => {
    const before = await balances();
    await buy('wares', '4000000000000259');
    await node.settle();
    expect((await balances()).disputed).toBe(10_000);
    const { data } = (await node.stripe('GET', 'disputes')) as { data: { id: string }[] };
    await node.stripe('POST', `disputes/${data[0]?.id}/close`);
    await node.settle();
    const after = await balances();
    expect(after.disputed).toBeUndefined();
    expect(after['publisher-share']).toBe(before['publisher-share']);
    expect(after['platform-fee']).toBe(before['platform-fee']);
    expect((after['provider-fees'] ?? 0) - (before['provider-fees'] ?? 0)).toBe(1_500 + 320);
  });

  test('the report as a table', async () => {
    const { accessToken } = await signIn(node.node, 'operator@platform.test');
    const table = await fetch(`${node.node.url}/api/operator/payouts.csv`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(table.headers.get('content-type')).toContain('text/csv');
    expect(await table.text()).toMatch(/^publisher,currency,.*\r\nAcme Apps,eur,\d+,/);
    expect((await operator('GET', '/api/operator/payouts?from=2026-02-02&to=2026-01-01')).status).toBe(400);
    for (const [query, pointer] of [
      ['from=0000-00-00', '/from'],
      ['to=2026-02-30', '/to'],
    ] as const) {
      for (const path of ['payouts', 'payouts.csv']) {
        const refused = await operator('GET', `/api/operator/${path}?${query}`);
        expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
      }
    }
    expect((await acme.call('GET', '/api/operator/payouts.csv')).status).toBe(403);
  });

  test('the database refuses what is not balanced, late, or another past', async () => {
    const { platform } = node.test.database;
    const booking = `insert into core.ledger_bookings (provider, kind, key, currency, occurred_at, available_at)
      values ('double', 'purchase', $1, 'eur', now(), now()) returning id`;
    const entry = 'insert into core.ledger_entries (booking_id, line, account, amount) values ($1, $2, $3, $4)';
    const lopsided = platform.transaction(async (sql) => {
      const { rows } = await sql.query<{ id: string }>(booking, ['lopsided']);
      await sql.query(entry, [rows[0]?.id, 0, 'tax', 5]);
      await sql.query(entry, [rows[0]?.id, 1, 'tax', -4]);
    });
    await expect(lopsided).rejects.toThrow('not balanced');
    await expect(platform.query(booking, ['empty'])).rejects.toThrow('not balanced');
    const { rows } = await platform.query<{ id: string }>('select id from core.ledger_bookings limit 1');
    await expect(platform.query(entry, [rows[0]?.id, 90, 'tax', 1])).rejects.toThrow('written with their booking');
    for (const statement of [
      'update core.ledger_entries set amount = amount + 1',
      'delete from core.ledger_entries',
      'delete from core.ledger_bookings',
    ]) {
      await expect(platform.query(statement)).rejects.toThrow();
    }
    const { rows: sums } = await platform.query<{ sum: number }>(
      'select sum(amount)::bigint as sum from core.ledger_entries',
    );
    expect(sums).toEqual([{ sum: 0 }]);
  });
});
