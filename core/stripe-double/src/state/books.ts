import type Stripe from 'stripe';
import { missing } from '../http/errors.ts';
import type { Agenda } from '../time/agenda.ts';
import { newId } from './ids.ts';
import type { Store } from './store.ts';
import type { Delivery, Kind, Tables } from './tables.ts';

/** What a request's events say about their cause. */
export interface Cause {
  id: string | null;
  idempotency_key: string | null;
}

/** Settings of the double that its handlers need. */
export interface Rules {
  /** Where hosted pages are, without a slash at the end. */
  origin: string;
  /** Days after a failed payment of a subscription's invoice at which it is tried again. */
  retryDays: readonly number[];
  /** What becomes of a subscription when the last try failed. */
  afterRetries: 'cancel' | 'unpaid' | 'past_due';
  /** Seconds that an invoice stays a draft before it is finalized. */
  draftSeconds: number;
  /** Currencies that the platform's balance does not keep: what arrives in them is exchanged. Minor units for minor units. */
  exchange: Map<string, { to: string; rate: number }>;
}

/** What follows from something in the same step, across the parts of the double that do not know each other. */
export type Reactions = Record<Happening, (books: Books, id: string) => void>;
export type Happening =
  | 'intent.succeeded'
  | 'intent.failed'
  | 'intent.action'
  | 'setup.succeeded'
  | 'dispute.wanted'
  | 'update.paid'
  | 'update.dropped';

const NAMES: Partial<Record<Kind, string>> = {
  'checkout.session': 'checkout session',
  'billing.meter': 'billing meter',
  'billing_portal.configuration': 'configuration',
  'test_helpers.test_clock': 'test clock',
};

function nameOf(kind: Kind): string {
  return NAMES[kind] ?? kind.replaceAll('_', ' ').replace('payment intent', 'payment_intent');
}

/** One account's objects, as one request sees them: the platform's own (`account` null) or a connected account's. */
export class Books {
  readonly account: string | null;
  readonly rules: Rules;
  readonly #store: Store;
  readonly #agenda: Agenda;
  readonly #reactions: Reactions;
  readonly #cause: Cause;

  constructor(store: Store, agenda: Agenda, rules: Rules, reactions: Reactions, account: string | null, cause: Cause) {
    this.#store = store;
    this.#agenda = agenda;
    this.rules = rules;
    this.#reactions = reactions;
    this.account = account;
    this.#cause = cause;
  }

  /** The same request in another account's books. */
  at(account: string | null): Books {
    return new Books(this.#store, this.#agenda, this.rules, this.#reactions, account, this.#cause);
  }

  get<K extends Kind>(kind: K, id: string): Tables[K] | undefined {
    const row = this.#store.get(kind, id);
    return row === undefined || row.account !== this.account ? undefined : row.value;
  }

  /** @throws StripeError 404 `resource_missing` */
  find<K extends Kind>(kind: K, id: string, param?: string): Tables[K] {
    const found = this.get(kind, id);
    if (found === undefined) throw missing(nameOf(kind), id, param);
    return found;
  }

  /** Of a thing that must exist because another one names it. */
  known<K extends Kind>(kind: K, id: string): Tables[K] {
    const found = this.get(kind, id);
    if (found === undefined) throw new Error(`The state is broken: no ${kind} ${id}`);
    return found;
  }

  /** In order of creation. */
  all<K extends Kind>(kind: K): Tables[K][] {
    const found: Tables[K][] = [];
    for (const row of this.#store.rows(kind)) if (row.account === this.account) found.push(row.value);
    return found;
  }

  insert<K extends Kind>(kind: K, value: Tables[K] & { id: string }): Tables[K] {
    this.#store.put(kind, value.id, this.account, value);
    return value;
  }

  change<K extends Kind>(kind: K, id: string, patch: Partial<Tables[K]>): Tables[K] {
    const value = { ...this.known(kind, id), ...patch };
    this.#store.put(kind, id, this.account, value);
    return value;
  }

  remove(kind: Kind, id: string): void {
    this.#store.remove(kind, id);
  }

  link(from: string, to: string): void {
    this.#store.put('link', from, this.account, { id: from, to });
  }

  linked(from: string): string | undefined {
    return this.#store.get('link', from)?.value.to;
  }

  /** What a step would answer, with everything it changed undone. Only before the request has changed anything. */
  rehearse<T>(step: () => T): T {
    try {
      return step();
    } finally {
      this.#store.undo();
    }
  }

  /** Records what happened. The event shows the object as it is at this moment. */
  emit(type: string, object: object, previous?: object): void {
    const changed = previous === undefined ? undefined : changedFields(previous, object);
    if (changed !== undefined && Object.keys(changed).length === 0) return;
    const event = {
      id: newId('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created: this.now(this.#clockOf(object)),
      data: { object, ...(changed === undefined ? {} : { previous_attributes: changed }) },
      livemode: false,
      pending_webhooks: 0,
      request: { ...this.#cause },
      type,
      ...(this.account === null ? {} : { account: this.account }),
    } as unknown as Stripe.EventBase;
    this.#store.put('event', event.id, this.account, event);
    for (const { value: endpoint } of this.#store.rows('webhook_endpoint')) {
      if (endpoint.status !== 'enabled') continue;
      if (!endpoint.enabled_events.some((enabled) => enabled === '*' || enabled === type)) continue;
      const accounts = this.#store.get('endpoint_setting', endpoint.id)?.value.accounts ?? 'own';
      if (accounts !== 'all' && (accounts === 'own') !== (this.account === null)) continue;
      const delivery: Delivery = {
        id: newId('dlv'),
        event: event.id,
        endpoint: endpoint.id,
        clock: this.#clockOf(object) ?? '',
        attempts: 0,
        notBefore: 0,
        lastStatus: null,
        lastError: null,
      };
      this.#store.put('delivery', delivery.id, null, delivery);
    }
  }

  /** Unix seconds of a test clock, or of the world's clock. */
  now(clock?: string | null): number {
    return this.#agenda.now(clock ?? '');
  }

  react(happening: Happening, id: string): void {
    this.#reactions[happening](this, id);
  }

  schedule(clock: string | null, at: number, work: string, subject: string): void {
    this.#agenda.add({ id: newId('apt'), clock: clock ?? '', account: this.account, at, work, subject });
  }

  #clockOf(object: { test_clock?: unknown; id?: string; customer?: unknown }): string | null {
    if (typeof object.test_clock === 'string') return object.test_clock;
    if (object.id?.startsWith('clock_') === true) return object.id;
    return typeof object.customer === 'string' ? this.clockOfCustomer(object.customer) : null;
  }

  /** The clock that a customer's objects live by. */
  clockOfCustomer(id: string | null): string | null {
    const customer = id === null ? undefined : this.get('customer', id);
    return ref(customer?.test_clock ?? null);
  }
}

/** The id behind a field that Stripe would expand. */
export function ref(value: string | { id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : value.id;
}

/** Where the field cannot be empty. */
export function idOf(value: string | { id: string }): string {
  return typeof value === 'string' ? value : value.id;
}

function changedFields(before: object, after: object): Record<string, unknown> {
  const old = before as Record<string, unknown>;
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(after)) {
    if (JSON.stringify(old[name]) !== JSON.stringify(value)) changed[name] = old[name] ?? null;
  }
  return changed;
}
