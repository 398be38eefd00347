import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createThrowawayDatabase, type Database, openDatabase, type ThrowawayDatabase } from '../../src/data/index.ts';
import { lockPlugins } from '../../src/plugins/index.ts';
import { type MainProcess, startMain, stopAll } from '../kernel/main-process.ts';
import { createTestTenant, PASSWORD } from '../support/people.ts';
import { silentLogger, testServer } from '../support/test-database.ts';

/** How many deliveries there are at least, those that come twice included. */
const DELIVERIES = 10_000;
const TENANTS = 24;
const SECRET = 'the same secret on every node of the soak test';
const CRM = resolve(import.meta.dirname, '../../../plugins/crm');
const DAY = 86_400;

let folder: string;
let throwaway: ThrowawayDatabase;
let database: Database;
let environment: Record<string, string>;
let main: MainProcess;
let url: string;
let provider: string;

/** Two neighbouring ports that are free: the platform's and the double's. */
async function freePorts(): Promise<number> {
  const listen = (port: number) =>
    new Promise<ReturnType<typeof createServer> | null>((done) => {
      const server = createServer()
        .once('error', () => done(null))
        .listen(port, '127.0.0.1', () => done(server));
    });
  for (;;) {
    const first = await listen(0);
    const address = first?.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const second = await listen(port + 1);
    for (const server of [first, second]) await new Promise((done) => (server ? server.close(done) : done(null)));
    if (second) return port;
  }
}

async function start(): Promise<void> {
  main = startMain(environment);
  url = await main.ready;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bazaar-soak-'));
  const lock = join(folder, 'plugins.lock.json');
  await lockPlugins(lock, [CRM], { tier: 'inline', grant: 'all' });
  throwaway = await createThrowawayDatabase(testServer());
  const { host, port, user, database: name } = throwaway.server.connection;
  const platformPort = await freePorts();
  provider = `http://127.0.0.1:${platformPort + 1}`;
  environment = {
    DATABASE_URL: `postgres://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
    PORT: String(platformPort),
    BAZAAR_DATA_DIR: join(folder, 'data'),
    BAZAAR_PLUGINS_LOCK: lock,
    BAZAAR_SECRET: SECRET,
    BAZAAR_LOG_LEVEL: 'fatal',
  };
  await start();
  database = await openDatabase({
    server: { url: environment.DATABASE_URL ?? '' },
    secret: SECRET,
    logger: silentLogger,
  });
}, 120_000);
afterAll(async () => {
  await stopAll();
  await database?.close();
  await throwaway?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function api<T>(path: string, token: string | undefined, body: object): Promise<T> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as T;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

async function control<T = object>(method: string, path: string, body?: object): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(`${provider}/_double${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const answer = (await response.json()) as T;
      if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    } catch (error) {
      // It dies with the kernel and is started again with it.
      if (attempt === 150) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

async function stripe<T>(method: string, path: string, form: Record<string, string> = {}): Promise<T> {
  const response = await fetch(`${provider}/v1/${path}`, {
    method,
    headers: { authorization: 'Bearer sk_test_double', 'content-type': 'application/x-www-form-urlencoded' },
    ...(method === 'GET' ? {} : { body: new URLSearchParams(form).toString() }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

async function all<T extends { id: string }>(path: string): Promise<T[]> {
  const found: T[] = [];
  for (let more = true; more; ) {
    const after = found.at(-1);
    const page = await stripe<{ data: T[]; has_more: boolean }>(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}limit=100${after ? `&starting_after=${after.id}` : ''}`,
    );
    found.push(...page.data);
    more = page.has_more;
  }
  return found;
}

const rows = async <T extends object>(text: string): Promise<T[]> => (await database.platform.query<T>(text)).rows;
/** How much news waits, and why if it has been tried. */
const waiting = async () =>
  (
    await rows<{ events: number; why: string | null }>(
      "select count(*)::integer as events, max(last_error) as why from core.stripe_events where state = 'waiting'",
    )
  )[0];

async function settled(): Promise<void> {
  await expect
    .poll(async () => [(await control<{ idle: boolean }>('GET', '/deliveries')).idle, await waiting()], {
      timeout: 120_000,
      interval: 200,
    })
    .toEqual([true, { events: 0, why: null }]);
}

interface ProviderSubscription {
  id: string;
  status: string;
  customer: string;
  cancel_at_period_end: boolean;
  items: { data: { current_period_start: number; current_period_end: number; quantity: number }[] };
}

test(`${DELIVERIES} deliveries, doubled, late, lost and out of order, through kill -9: licences are what the provider has`, {
  timeout: 300_000,
}, async () => {
  const tokens: string[] = [];
  for (let index = 0; index < TENANTS; index += 1) {
    const email = `owner@t${index}.test`;
    await createTestTenant(database, `t${index}`, { [email]: 'owner' });
    tokens.push(
      (await api<{ accessToken: string }>('/api/auth/sign-in', undefined, { email, password: PASSWORD })).accessToken,
    );
  }
  await control('POST', '/chaos', {
    seed: 20_261_121,
    duplicate: 0.35,
    reorder: 0.3,
    reorderWindowMs: 400,
    drop: 0.03,
    delay: 0.1,
    delayClockSeconds: 3 * DAY,
  });
  await Promise.all(
    tokens.map(async (token, index) => {
      const body = { plugin: 'crm', interval: index % 3 === 0 ? 'annual' : 'monthly', seats: 1 + (index % 4) };
      const { checkoutUrl } = await api<{ checkoutUrl: string }>('/api/billing/subscriptions', token, body);
      await control('POST', `/checkout/${checkoutUrl.split('/').at(-1)}/pay`, { card: '4242424242424242' });
    }),
  );

  const sent = async () => (await control<{ event: number }>('GET', '/counts')).event * 1.35;
  let kills = 0;
  for (let month = 1; (await sent()) < DELIVERIES; month += 1) {
    await control('POST', '/clock', { advance: 31 * DAY });
    if (month === 6) await mishaps();
    if (month % 12 === 8 && kills < 3) {
      // In the middle of it.
      await new Promise((done) => setTimeout(done, 150));
      main.child.kill('SIGKILL');
      await main.exit;
      kills += 1;
      await start();
    }
  }
  expect(kills).toBeGreaterThanOrEqual(2);
  await control('POST', '/chaos', { duplicate: 0, reorder: 0, drop: 0, delay: 0 });
  await control('POST', '/deliveries/release');
  await settled();

  // What was lost on the way is found by comparing.
  const { accessToken } = await operator();
  const report = await api<{ differences: object[]; failures: object[] }>(
    '/api/operator/billing/reconcile',
    accessToken,
    {},
  );
  expect(report.failures).toEqual([]);
  expect(await api('/api/operator/billing/reconcile', accessToken, { check: true })).toMatchObject({ differences: [] });
  await agreed();
});

/** A third gets a card that fails, some cancel, one pays for less seats. */
async function mishaps(): Promise<void> {
  const subscriptions = await all<ProviderSubscription>('subscriptions?status=all');
  for (const [index, { id, customer }] of subscriptions.entries()) {
    if (index % 3 === 1) {
      const card = await stripe<{ id: string }>('POST', 'payment_methods/pm_card_chargeCustomerFail/attach', {
        customer,
      });
      await stripe('POST', `customers/${customer}`, { 'invoice_settings[default_payment_method]': card.id });
      await stripe('POST', `subscriptions/${id}`, { default_payment_method: card.id });
    } else if (index % 8 === 2) {
      await stripe('POST', `subscriptions/${id}`, { cancel_at_period_end: 'true' });
    } else if (index % 8 === 3) {
      await stripe('DELETE', `subscriptions/${id}`);
    }
  }
}

async function operator(): Promise<{ accessToken: string }> {
  const email = 'operator@soak.test';
  await createTestTenant(database, 'soak-platform', { [email]: 'admin' }, { isOperator: true });
  return api('/api/auth/sign-in', undefined, { email, password: PASSWORD });
}

/** What the provider's objects imply, reckoned here from them alone. */
async function agreed(): Promise<void> {
  const subscriptions = await all<ProviderSubscription>('subscriptions?status=all');
  expect(subscriptions).toHaveLength(TENANTS);
  const invoices = await all<{
    id: string;
    status: string;
    customer: string;
    lines: { data: { period: { start: number; end: number } }[] };
  }>('invoices');
  const licences = await rows<{ source: string; expiresAt: Date; seats: number; customer: string; revoked: boolean }>(
    `select l.source, l.expires_at as "expiresAt", l.seats, c.customer, l.revoked_at is not null as revoked
       from core.licences l join core.billing_customers c using (tenant_id) where l.plugin_id = 'crm'`,
  );
  expect(licences).toHaveLength(TENANTS);
  const statuses = new Set<string>();
  for (const { id, status, customer, items } of subscriptions) {
    statuses.add(status);
    const licence = licences.find((one) => one.customer === customer);
    const [item] = items.data;
    const paid = invoices.filter((invoice) => invoice.customer === customer && invoice.status === 'paid');
    const paidThrough = Math.max(...paid.flatMap(({ lines }) => lines.data.map(({ period }) => period.end)));
    expect(licence).toMatchObject({ source: `subscription:${id}`, revoked: false, seats: item?.quantity });
    const until = (licence?.expiresAt.getTime() ?? 0) / 1000;
    if (status === 'canceled') expect(until).toBeLessThanOrEqual(paidThrough);
    else expect(until, `${id} is ${status}`).toBe(paidThrough);
  }
  expect(statuses).toEqual(new Set(['active', 'canceled', 'unpaid']));

  // Nobody paid twice, nothing was activated twice, no news was given up.
  const charges = await all<{ id: string; paid: boolean; amount: number; customer: string }>('charges');
  const charged = charges.filter(({ paid }) => paid);
  expect(charged).toHaveLength(invoices.filter(({ status }) => status === 'paid').length);
  const [audit] = await rows<{ completed: number; purchases: number }>(
    `select (select count(*) from core.audit_log where action = 'purchase.completed')::integer as completed,
            (select count(*) from core.purchases where state = 'completed')::integer as purchases`,
  );
  expect(audit).toEqual({ completed: TENANTS, purchases: TENANTS });
  const [events] = await rows<{ dead: number; stored: number }>(
    `select count(*) filter (where state = 'dead')::integer as dead, count(*)::integer as stored from core.stripe_events`,
  );
  expect(events?.dead).toBe(0);
  const letters = await rows<{ key: string }>('select key from core.mails group by key having count(*) > 1');
  expect(letters).toEqual([]);
}
