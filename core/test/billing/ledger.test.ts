import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/errors/index.ts';
import { signIn } from '../support/people.ts';
import { AT_ONCE, balances } from './support/balances.ts';
import { type BillingNode, startBillingNode, type Tenant } from './support/billing-node.ts';

let node: BillingNode;
let acme: Tenant;
let operator: Awaited<ReturnType<BillingNode['operator']>>;

beforeAll(async () => {
  node = await startBillingNode();
  acme = await node.tenant('acme');
  operator = await node.operator();
}, 60_000);
afterAll(() => node?.close());

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

const buy = async (plugin: string, card?: string, buyer = acme): Promise<string> => (await buyer.buy(plugin, card)).id;

const run = () => ok('POST', '/api/operator/payouts/run');
const tasks = async () => (await ok<{ items: JsonObject[] }>('GET', '/api/operator/tasks')).items;

async function refund(purchase: string): Promise<void> {
  await ok('POST', `/api/operator/billing/purchases/${purchase}/refund`, {});
  await node.settle();
}

/** The publisher names its bank account on the provider's page. */
async function setBank(iban: string): Promise<void> {
  const order = { name: 'Acme Apps', email: 'apps@acme.test', country: 'DE' };
  const { onboardingUrl } = await ok<{ onboardingUrl: string }>('POST', '/api/operator/publishers', order);
  const form = new URLSearchParams({ name: 'Acme Apps', iban, answer: 'complete' });
  await fetch(onboardingUrl, { method: 'POST', redirect: 'manual', body: form });
  await node.settle();
}

async function audited(action: string): Promise<number> {
  const { rows } = await node.test.database.platform.query<{ lines: number }>(
    'select count(*)::integer as lines from core.audit_log where action = $1',
    [action],
  );
  return rows[0]?.lines ?? 0;
}

describe('the ledger', () => {
  test('what the platform sells itself is its own income', async () => {
    await buy('crm');
    const kept = 50_000 * 0.029 + 30;
    expect(await balances(node)).toEqual({
      'provider-balance': 50_000 - kept,
      'provider-fees': kept,
      'platform-fee': -50_000,
    });
    expect(await report()).toBeUndefined();
  });

  test('a publisher’s sale is divided and rests; reading it again books nothing', async () => {
    await buy('wares', AT_ONCE);
    const before = await balances(node);
    expect(before).toMatchObject({ 'platform-fee': -51_500, 'publisher-share': -8_500 });
    await ok('POST', '/api/operator/billing/reconcile', {});
    expect(await balances(node)).toEqual(before);
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
    expect(await ok('POST', '/api/operator/payouts/run')).toEqual({ sent: 0, waiting: 0, reversed: 0 });
    await node.pass(15);
    expect(await report()).toMatchObject({ held: 0, due: 8_500 });
    const runs = await Promise.all([1, 2, 3].map(() => ok<{ sent: number }>('POST', '/api/operator/payouts/run')));
    expect(runs.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
    expect(await balances(node)).toMatchObject({ 'publisher-account': -8_500 });
    await node.pass(4);
    expect(await report()).toMatchObject({ transferred: 8_500, paidOut: 8_500, due: 0 });
    expect((await balances(node))['publisher-account']).toBeUndefined();
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

  test('a refund takes the share back; of an account that was paid out, off the next transfers', async () => {
    const { items } = await acme.ok<{ items: { id: string; plugin: string }[] }>(
      'GET',
      '/api/billing/purchases?plugin=wares',
    );
    await ok('POST', `/api/operator/billing/purchases/${items[0]?.id}/refund`, {});
    await node.settle();
    expect(await report()).toMatchObject({ share: 0, due: -8_500 });
    expect((await balances(node))['publisher-share']).toBe(8_500);
    expect(await ok('POST', '/api/operator/payouts/run')).toEqual({ sent: 0, waiting: 0, reversed: 0 });
  });

  test('a lost dispute costs everybody their part, and the platform the fee', async () => {
    const before = await balances(node);
    await buy('wares', '4000000000000259');
    await node.settle();
    expect((await balances(node)).disputed).toBe(10_000);
    const { data } = (await node.stripe('GET', 'disputes')) as { data: { id: string }[] };
    await node.stripe('POST', `disputes/${data[0]?.id}/close`);
    await node.settle();
    const after = await balances(node);
    expect(after.disputed).toBeUndefined();
    expect(after['publisher-share']).toBe(before['publisher-share']);
    expect(after['platform-fee']).toBe(before['platform-fee']);
    expect((after['provider-fees'] ?? 0) - (before['provider-fees'] ?? 0)).toBe(1_500 + 320);
  });

  test('one that is lost, won after all, and followed by another: a task each time, and in the end a fee for each', async () => {
    const before = await balances(node);
    await buy('wares', AT_ONCE);
    const [charge] = (await node.stripe('GET', 'charges?limit=1')).data as { id: string }[];
    const happens = async (path: string | undefined, body: object) => {
      const dispute = await node.control<{ id: string }>('POST', `/disputes/${path}`, body);
      await node.settle();
      return dispute.id;
    };
    const first = await happens(charge?.id, { reason: 'product_not_received' });
    const { evidence_details: evidence } = await node.stripe('GET', `disputes/${first}`);
    const due = new Date((evidence as { due_by: number }).due_by * 1000).toISOString();
    expect(await tasks()).toEqual([
      expect.objectContaining({
        kind: 'DISPUTE_OPEN',
        title: 'A payment of €100.00 for Wares is disputed',
        description: expect.stringContaining(first),
        priority: 'high',
        dueAt: due,
      }),
    ]);
    await happens(first, { won: false });
    expect(await tasks()).toEqual([]);
    expect((await balances(node)).disputed).toBeUndefined();
    expect((await balances(node))['publisher-share']).toBe(before['publisher-share']);
    await happens(first, { won: true });
    expect((await balances(node))['publisher-share']).toBe(undefined);
    const second = await happens(charge?.id, {});
    const [task] = await tasks();
    expect(task?.description).toContain(second);
    // Put aside by somebody, it stays so.
    await ok('POST', `/api/operator/tasks/${task?.id}/dismiss`);
    expect((await operator('POST', `/api/operator/tasks/${task?.id}/done`)).body).toMatchObject({
      reason: 'task-closed',
    });
    expect((await acme.call('GET', '/api/operator/tasks')).status).toBe(403);
    await ok('POST', '/api/operator/billing/reconcile', {});
    expect(await tasks()).toEqual([]);
    await happens(second, { won: false });
    const after = await balances(node);
    for (const account of ['disputed', 'publisher-share', 'platform-fee']) expect(after[account]).toBe(before[account]);
    expect((after['provider-fees'] ?? 0) - (before['provider-fees'] ?? 0)).toBe(2 * 1_500 + 320);
    expect([await audited('dispute.opened'), await audited('dispute.lost'), await audited('dispute.won')]).toEqual([
      3, 3, 1,
    ]);
  });

  test('what was transferred comes back as long as it is there: once, and booked when it has', async () => {
    const buyers = await Promise.all(['ann', 'bob', 'cem'].map((slug) => node.tenant(slug)));
    const bought = [];
    for (const buyer of buyers) bought.push(await buy('wares', AT_ONCE, buyer));
    await node.pass(15);
    // Of three shares, one makes up for what was owed.
    expect(await run()).toEqual({ sent: 1, waiting: 0, reversed: 0 });
    expect(await balances(node)).toMatchObject({ 'publisher-account': -17_000 });
    await refund(bought[0] ?? '');
    expect(await report()).toMatchObject({ due: -8_500 });
    const { reverseTransfer } = node.gateway;
    const lost = vi.spyOn(node.gateway, 'reverseTransfer').mockImplementationOnce(async (...order) => {
      await reverseTransfer(...order);
      throw new ApiError('unavailable', 'The answer was lost.', { reason: 'provider-unreachable' });
    });
    expect(await run()).toMatchObject({ reversed: 0 });
    expect(await balances(node)).toMatchObject({ 'publisher-account': -17_000 });
    expect(await Promise.all([run(), run()])).toContainEqual(expect.objectContaining({ reversed: 1 }));
    expect(await run()).toMatchObject({ reversed: 0 });
    lost.mockRestore();
    expect(await balances(node)).toMatchObject({ 'publisher-account': -8_500 });
    expect(await report()).toMatchObject({ due: 0 });
    const [transfer] = (await node.stripe('GET', 'transfers?limit=1')).data as JsonObject[];
    expect(transfer).toMatchObject({ amount: 17_000, amount_reversed: 8_500 });
    // Also when the provider has forgotten the key, the reversal is found again.
    const { rows } = await node.test.database.platform.query<{ id: string; reversal: string }>(
      'select id, reversal from core.publisher_reversals',
    );
    const order = { transfer: String(transfer?.id), amount: 8_500, reference: rows[0]?.id ?? '' };
    expect(rows.map(({ reversal }) => reversal)).toEqual([await node.gateway.reverseTransfer(order, 'another-key')]);
    expect(await audited('publisher.transfer-reversed')).toBe(1);
  });

  test('a payout that the bank refuses comes back, and is a task until a later one arrives', async () => {
    await setBank('DE62370400440532013001');
    await node.pass(4);
    expect(await tasks()).toEqual([
      expect.objectContaining({
        kind: 'PAYOUT_FAILED',
        title: 'A payout to Acme Apps failed',
        description: expect.stringContaining('€85.00 came back. The bank account has been closed.'),
        link: '/platform/payouts',
        dueAt: null,
      }),
    ]);
    expect(await balances(node)).toMatchObject({ 'publisher-account': -8_500 });
    expect(await report()).toMatchObject({ transferred: 17_000, paidOut: 8_500 });
    expect(await audited('publisher.payout-failed')).toBe(1);
    await setBank('DE89370400440532013000');
    await node.pass(4);
    expect(await tasks()).toEqual([]);
    expect((await balances(node))['publisher-account']).toBeUndefined();
    expect(await report()).toMatchObject({ paidOut: 17_000 });
  });

  test('what the provider refuses to take back stays owed', async () => {
    const { items } = await ok<{ items: { id: string }[] }>('GET', '/api/operator/publishers?limit=1');
    const { rows } = await node.test.database.platform.query<{ id: string }>(
      "select id from core.purchases where plugin_id = 'wares' and state = 'completed' order by created_at limit 1",
    );
    await refund(rows[0]?.id ?? '');
    const full = vi.spyOn(node.gateway, 'accountBalance').mockResolvedValue(8_500);
    expect(await run()).toMatchObject({ reversed: 0 });
    full.mockRestore();
    expect(await run()).toMatchObject({ reversed: 0 });
    expect(await report()).toMatchObject({ due: -8_500 });
    const { rows: asked } = await node.test.database.platform.query<JsonObject>(
      `select done_at is null and refused_at is not null as refused, amount from core.publisher_reversals
        where publisher_id = $1 order by created_at desc limit 1`,
      [items[0]?.id],
    );
    expect(asked).toEqual([{ refused: true, amount: 8_500 }]);
  });

  test('of a subscription, one payment that is lost outweighs another that is kept, in whichever order', async () => {
    const club = await node.tenant('club');
    await club.subscribe({ plugin: 'wares', interval: 'monthly' });
    await node.pass(32);
    const { rows } = await node.test.database.platform.query<{ charge: string }>(
      `select charge from core.ledger_bookings where tenant_id = $1 and kind = 'purchase' order by occurred_at`,
      [club.id],
    );
    expect(rows).toHaveLength(2);
    const disputes = await Promise.all(
      rows.map(async ({ charge }) => (await node.control<{ id: string }>('POST', `/disputes/${charge}`, {})).id),
    );
    const decided: [number, boolean, string][] = [
      [0, false, 'revoked'],
      [1, true, 'revoked'],
      [0, true, 'active'],
    ];
    for (const [at, won, state] of decided) {
      await node.control('POST', `/disputes/${disputes[at]}`, { won });
      await node.settle();
      expect(await club.licence('wares')).toMatchObject({ state });
    }
    expect(await tasks()).toEqual([]);
  });

  test('the ledger has of money what the provider has, in each currency', async () => {
    await buy('zen');
    // From now on yen are exchanged, and worth more every day.
    const worth = (rate: number) => node.control('POST', '/exchange', { from: 'jpy', to: 'eur', rate });
    const before = await balances(node);
    await worth(0.6);
    const tokyo = await node.tenant('tokyo');
    const exchanged = await buy('zen', AT_ONCE, tokyo);
    const fee = Math.round((15_000 * 0.029 + 30) * 0.6);
    expect((await balances(node))['provider-fees']).toBe((before['provider-fees'] ?? 0) + fee);
    expect((await balances(node))['platform-fee']).toBe((before['platform-fee'] ?? 0) - 9_000);
    await worth(0.61);
    await ok('POST', `/api/operator/billing/purchases/${exchanged}/refund`, { amount: 5_000 });
    await worth(0.62);
    const [charge] = (await node.stripe('GET', 'charges?limit=1')).data as { id: string }[];
    await node.control('POST', `/disputes/${charge?.id}`, {});
    await node.settle();
    expect((await balances(node)).disputed).toBe(6_200);
    const { rows } = await node.test.database.platform.query<{ currency: string; amount: number }>(
      `select b.currency, sum(e.amount)::bigint as amount from core.ledger_entries e
         join core.ledger_bookings b on b.id = e.booking_id
        where e.account = 'provider-balance' group by b.currency order by b.currency`,
    );
    const { items } = await ok<{ items: { account: string | null }[] }>('GET', '/api/operator/publishers');
    const held = new Map<string, number>();
    for (const account of [null, ...items.flatMap((one) => one.account ?? [])]) {
      const response = await fetch(`${node.address}/v1/balance`, {
        headers: { authorization: 'Bearer sk_test_double', ...(account === null ? {} : { 'stripe-account': account }) },
      });
      type Amounts = { currency: string; amount: number }[];
      const { available, pending } = (await response.json()) as { available: Amounts; pending: Amounts };
      for (const { currency, amount } of [...available, ...pending]) {
        held.set(currency, (held.get(currency) ?? 0) + amount);
      }
    }
    expect(Object.fromEntries(rows.map(({ currency, amount }) => [currency, amount]))).toEqual(
      Object.fromEntries(held),
    );
    // Yen have no smaller coin: 2.9 % and 30 of them.
    expect(held.get('jpy')).toBe(15_000 - 465);
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
