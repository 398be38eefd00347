import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject, Manifest } from '@bazaar/sdk';
import { createGateway, type PaymentGateway } from '../../../src/billing/gateway/index.ts';
import { type Billing, createBilling } from '../../../src/billing/index.ts';
import { startDouble } from '../../../stripe-double/src/double.ts';
import { createTestTenant, signIn } from '../../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { manifest, type Reply, startTestNode, type TestNode } from '../../support/test-node.ts';

export const SECRET = 'whsec_of_the_tests';
export const VISA = '4242424242424242';
/** Can be kept, and is declined at each payment. */
export const DECLINED_LATER = '4000000000000341';
/** Is paid, and asked back at once. */
export const DISPUTED = '4000000000000259';
/** Wants a confirmation. */
export const WANTS_SCA = '4000002760003184';

const KEYS = { provider: 'double', secretKey: 'sk_test_double', publishableKey: 'pk_test_double' } as const;
const PLUGINS: readonly Manifest[] = [
  manifest('crm', {
    name: 'CRM',
    pricing: { currency: 'EUR', oneTime: 50_000, monthly: 2_900, annual: 27_800, trialDays: 14 },
  }),
  manifest('desk', { name: 'Desk', pricing: { currency: 'EUR', monthly: 1_000, annual: 9_600, perSeat: true } }),
  manifest('zen', { name: 'Zen', pricing: { currency: 'JPY', oneTime: 15_000, monthly: 500 } }),
  manifest('scan', {
    name: 'Scan',
    pricing: {
      currency: 'EUR',
      monthly: 1_000,
      meters: [{ name: 'pages', title: 'Pages', unit: 'page', included: 10, unitAmount: '2.5' }],
    },
  }),
  manifest('free', { name: 'Free' }),
  manifest('wares', {
    name: 'Wares',
    publisher: 'Acme Apps',
    pricing: { currency: 'EUR', oneTime: 10_000, monthly: 2_000 },
  }),
];

/** A node with billing, and the double of the provider, both on one clock that can be moved ahead. */
export interface BillingNode {
  test: TestDatabase;
  node: TestNode;
  billing: Billing;
  gateway: PaymentGateway;
  /** Of the double. */
  address: string;
  now(): Date;
  /** A tenant with an owner and a viewer. */
  tenant(slug: string): Promise<Tenant>;
  /** Calls of the platform's operator. */
  operator(): Promise<(method: string, path: string, body?: object) => Promise<Reply>>;
  /** The provider's own API, as its dashboard uses it. */
  stripe(method: string, path: string, form?: Record<string, string>): Promise<JsonObject>;
  /** The double's control API. */
  control<T = JsonObject>(method: string, path: string, body?: object): Promise<T>;
  /** Moves both clocks, and lets all news be acted on. */
  pass(days: number): Promise<void>;
  /** Waits until the double has nothing more to tell and all it told was acted on. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** As it is answered to who begins it. */
export interface Order extends JsonObject {
  id: string;
  state: string;
  checkoutUrl: string;
  clientSecret: string;
}

export interface Tenant {
  id: string;
  slug: string;
  /** A call of its owner. */
  call(method: string, path: string, body?: object): Promise<Reply>;
  /** As `call`; rejects what is refused. */
  ok<T = JsonObject>(method: string, path: string, body?: object): Promise<T>;
  viewer(method: string, path: string, body?: object): Promise<Reply>;
  licence(plugin: string): Promise<JsonObject | undefined>;
  /** Pays an order on the provider's page. */
  pay(checkoutUrl: string, card?: string, more?: object): Promise<JsonObject>;
  /** Orders, pays and waits until it is known here. */
  buy(plugin: string, card?: string): Promise<Order>;
  subscribe(order: JsonObject & { plugin: string; interval: string }, card?: string): Promise<Order>;
}

const DAY_SECONDS = 86_400;

export async function startBillingNode(options: { tax?: boolean } = {}): Promise<BillingNode> {
  const test = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'bazaar-billing-'));
  const clock = { ahead: 0 };
  const made: { billing?: Billing } = {};
  let address = '';
  const access = async () => ({ ...KEYS, webhookSecrets: [SECRET, 'whsec_of_before'], address });
  const gateway = createGateway({ provider: 'double', access, automaticTax: options.tax ?? false });
  const node = await startTestNode(test.database, {
    plugins: PLUGINS,
    clock,
    routes: ({ licensing, plugins, realtime, log, now }) => {
      const mailer = { wake: () => undefined, publicOrigin: () => 'http://bazaar.test' };
      const { writer } = licensing;
      made.billing = createBilling({ db: test.database, gateway, writer, plugins, realtime, mailer, log, now });
      return made.billing.routes;
    },
  });
  const { billing } = made;
  if (!billing) throw new Error('no billing');
  const webhook = { url: `${node.url}/api/billing/stripe/webhook`, secret: SECRET };
  const double = await startDouble({
    port: 0,
    state: join(folder, 'journal'),
    webhook,
    delivery: { retryMs: 20 },
    rules: { afterRetries: 'unpaid' },
  });
  address = double.address;
  billing.start();
  const now = () => new Date(Date.now() + clock.ahead);

  async function control<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${address}/_double${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`double ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  async function settle(): Promise<void> {
    const end = Date.now() + 30_000;
    for (;;) {
      const { idle } = await control<{ idle: boolean }>('GET', '/deliveries');
      const { rows } = await test.database.platform.query<{ waiting: number; why: string | null }>(
        `select count(*)::integer as waiting, max(type || ': ' || last_error) as why
           from core.stripe_events where state = 'waiting'`,
      );
      const [{ waiting, why } = { waiting: 0, why: null }] = rows;
      if (idle && waiting === 0) return;
      if (Date.now() > end) throw new Error(`news is left: idle ${idle}, waiting ${waiting} (${why})`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Tokens are good for a quarter of an hour of a clock that is moved by months. */
  function tokenOf(email: string): () => Promise<string> {
    let known: { token: string; until: number } | undefined;
    return async () => {
      if (!known || now().getTime() > known.until) {
        known = { token: (await signIn(node, email)).accessToken, until: now().getTime() + 300_000 };
      }
      return known.token;
    };
  }

  async function tenant(slug: string): Promise<Tenant> {
    const owner = `owner@${slug}.test`;
    const viewer = `viewer@${slug}.test`;
    const { tenantId } = await createTestTenant(test.database, slug, { [owner]: 'owner', [viewer]: 'viewer' });
    const ownerToken = tokenOf(owner);
    const viewerToken = tokenOf(viewer);
    const call = async (method: string, path: string, body?: object) =>
      node.call(method, path, { token: await ownerToken(), ...(body ? { body } : {}) });
    const ok = async <T>(method: string, path: string, body?: object) => {
      const reply = await call(method, path, body);
      if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
      return reply.body as T;
    };
    const pay: Tenant['pay'] = (checkoutUrl, card = VISA, more = {}) =>
      control('POST', `/checkout/${checkoutUrl.split('/').at(-1)}/pay`, { card, ...more });
    const paid = async (path: string, body: object, card?: string) => {
      const order = await ok<Order>('POST', `/api/billing/${path}`, body);
      await pay(order.checkoutUrl, card);
      await settle();
      return order;
    };
    return {
      id: tenantId,
      slug,
      call,
      ok,
      viewer: async (method, path, body) =>
        node.call(method, path, { token: await viewerToken(), ...(body ? { body } : {}) }),
      async licence(plugin) {
        const { items } = await ok<{ items: (JsonObject & { plugin: string })[] }>('GET', '/api/licences');
        return items.find((one) => one.plugin === plugin);
      },
      pay,
      buy: (plugin, card) => paid('purchases', { plugin }, card),
      subscribe: (order, card) => paid('subscriptions', order, card),
    };
  }

  async function stripe(method: string, path: string, form: Record<string, string> = {}): Promise<JsonObject> {
    const response = await fetch(`${address}/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${KEYS.secretKey}`, 'content-type': 'application/x-www-form-urlencoded' },
      ...(method === 'GET' ? {} : { body: new URLSearchParams(form).toString() }),
    });
    const answer = (await response.json()) as JsonObject;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  return {
    test,
    node,
    billing,
    stripe,
    async operator() {
      const email = 'operator@platform.test';
      await createTestTenant(test.database, 'the-platform', { [email]: 'admin' }, { isOperator: true }).catch(
        () => null,
      );
      const token = tokenOf(email);
      return async (method, path, body) => node.call(method, path, { token: await token(), ...(body ? { body } : {}) });
    },
    gateway,
    address,
    now,
    tenant,
    control,
    settle,
    async pass(days) {
      clock.ahead += days * DAY_SECONDS * 1000;
      await control('POST', '/clock', { to: Math.floor(now().getTime() / 1000) });
      await settle();
    },
    async close() {
      await billing.stop();
      await node.close();
      await double.close();
      await test.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
