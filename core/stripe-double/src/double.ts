import type { AddressInfo } from 'node:net';
import { markPaid, unpaid, waitsForHolder } from './billing/invoices.ts';
import { applyUpdate, dropUpdate } from './billing/pending-update.ts';
import { Chaos } from './chaos.ts';
import { readContract } from './contract/contract.ts';
import { control } from './control/control.ts';
import { Api } from './http/answer.ts';
import { serve } from './http/server.ts';
import { sessionIntentFailed, sessionIntentSucceeded } from './pages/complete-session.ts';
import { pages } from './pages/pages.ts';
import { portalSetupSucceeded } from './pages/portal.ts';
import { openDispute } from './payments/disputes.ts';
import { events, newEndpoint } from './resources/events.ts';
import { testClocks } from './resources/test-clocks.ts';
import { ROUTES } from './routes.ts';
import { Books, type Cause, type Reactions, type Rules } from './state/books.ts';
import { Journal } from './state/journal.ts';
import { Store } from './state/store.ts';
import { Agenda } from './time/agenda.ts';
import { Clocks } from './time/clocks.ts';
import { WORKS } from './time/works.ts';
import { DELIVERY_POLICY, Deliverer, type DeliveryPolicy } from './webhooks/deliverer.ts';

export interface DoubleOptions {
  host?: string;
  /** 0 takes a free one. */
  port?: number;
  /** The journal's file; without one nothing outlives the process. */
  state?: string;
  /** Gets every event, of the platform and of connected accounts. */
  webhook?: { url: string; secret: string };
  delivery?: Partial<DeliveryPolicy>;
  chaos?: Record<string, unknown>;
  rules?: Partial<Omit<Rules, 'origin'>>;
}

export interface RunningDouble {
  /** `http://127.0.0.1:12111` */
  address: string;
  close(): Promise<void>;
}

const REACTIONS: Reactions = {
  'intent.succeeded': (books, intent) => {
    const invoice = books.linked(`intent:${intent}`);
    if (invoice !== undefined && books.get('invoice', invoice)?.status === 'open') {
      markPaid(books, invoice, books.known('payment_intent', intent).amount_received);
    }
    sessionIntentSucceeded(books, intent);
  },
  'intent.failed': (books, intent) => {
    const invoice = books.linked(`intent:${intent}`);
    if (invoice !== undefined) unpaid(books, invoice, true);
    sessionIntentFailed(books, intent);
  },
  'intent.action': (books, intent) => {
    const invoice = books.linked(`intent:${intent}`);
    if (invoice !== undefined) waitsForHolder(books, invoice);
  },
  'setup.succeeded': (books, intent) => {
    sessionIntentSucceeded(books, intent);
    portalSetupSucceeded(books, intent);
  },
  'dispute.wanted': (books, charge) => void openDispute(books, charge),
  'update.paid': applyUpdate,
  'update.dropped': dropUpdate,
};

/** Starts a double. It is ready when the promise resolves. */
export async function startDouble(options: DoubleOptions = {}): Promise<RunningDouble> {
  const store = new Store(options.state === undefined ? undefined : new Journal(options.state));
  const agenda = new Agenda(store);
  const chaos = new Chaos();
  if (options.chaos !== undefined) chaos.set(options.chaos);
  const rules: Rules = {
    origin: '',
    retryDays: [3, 5, 7],
    afterRetries: 'cancel',
    draftSeconds: 3600,
    exchange: new Map(),
    ...options.rules,
  };
  const booksOf = (account: string | null, cause: Cause = { id: null, idempotency_key: null }) =>
    new Books(store, agenda, rules, REACTIONS, account, cause);
  const deliverer = new Deliverer(store, agenda, chaos, { ...DELIVERY_POLICY, ...options.delivery });
  const works = { ...WORKS, 'webhook.release': (_: Books, id: string) => void deliverer.release(id) };
  const clocks = new Clocks(store, agenda, booksOf, works);
  const moving = new Set<string>();
  const pending = (event: string) => {
    let count = 0;
    for (const { value } of store.rows('delivery')) if (value.event === event) count += 1;
    return count;
  };
  const routes = [
    ...ROUTES,
    ...events(pending),
    ...testClocks(
      (clock) => moving.add(clock),
      (clock) => agenda.forget(clock),
    ),
  ];
  const api = new Api(readContract(), routes, store, booksOf, () => {
    for (const clock of moving) clocks.set(clock);
    moving.clear();
  });
  const controls = { store, books: () => booksOf(null), chaos, clocks, deliverer };
  const hosted = pages(store, () => booksOf(null));
  const server = serve(api, (request) => control(controls, request) ?? hosted(request), chaos);
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = `http://${host}:${(server.address() as AddressInfo).port}`;
  rules.origin = address;
  if (options.webhook !== undefined) {
    const { url, secret } = options.webhook;
    newEndpoint(booksOf(null), { id: 'we_double', url, events: ['*'], secret, accounts: 'all' });
    store.commit();
  }
  clocks.start();
  deliverer.start();
  const housekeeping = setInterval(() => api.forgetOld(), 3_600_000);
  housekeeping.unref();
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        clearInterval(housekeeping);
        clocks.close();
        deliverer.close();
        server.close(() => {
          store.close();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
