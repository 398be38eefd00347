import { Agent, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Chaos } from '../chaos.ts';
import { newId } from '../state/ids.ts';
import type { Store } from '../state/store.ts';
import type { Delivery } from '../state/tables.ts';
import type { Agenda } from '../time/agenda.ts';
import { signatureHeader } from './signature.ts';

export interface DeliveryPolicy {
  concurrency: number;
  /** Wait before the second attempt; it doubles up to `retryMaxMs`. */
  retryMs: number;
  retryMaxMs: number;
  /** Attempts after which a webhook is given up. */
  attempts: number;
  timeoutMs: number;
}

export const DELIVERY_POLICY: DeliveryPolicy = {
  concurrency: 16,
  retryMs: 500,
  retryMaxMs: 60_000,
  attempts: 16,
  timeoutMs: 20_000,
};

/** Sends events to their endpoints, signed, again until they are taken. What waits is in the store, and survives. */
export class Deliverer {
  readonly #store: Store;
  readonly #agenda: Agenda;
  readonly #chaos: Chaos;
  readonly #policy: DeliveryPolicy;
  readonly #ready: string[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #flying = 0;
  #closed = false;
  #paused = false;
  readonly counts = { delivered: 0, failedAttempts: 0, givenUp: 0, dropped: 0, duplicated: 0, held: 0 };

  constructor(store: Store, agenda: Agenda, chaos: Chaos, policy: DeliveryPolicy) {
    this.#store = store;
    this.#agenda = agenda;
    this.#chaos = chaos;
    this.#policy = policy;
    for (const { value } of store.rows('delivery')) this.#plan(value);
    store.onCommitted((kind, value) => {
      const delivery = kind === 'delivery' ? (value as Delivery) : undefined;
      // What already has its time was admitted before: a twin that chaos made.
      if (delivery?.notBefore === 0) this.#admit(delivery);
    });
  }

  start(): void {
    this.#paused = false;
    this.#pump();
  }

  pause(): void {
    this.#paused = true;
  }

  /** Nothing waits and nothing is on its way. */
  get idle(): boolean {
    return this.#store.count('delivery') === 0 && this.#flying === 0;
  }

  get waiting(): number {
    return this.#store.count('delivery');
  }

  /** Sends an event again, to every endpoint or to one. */
  resend(event: string, endpoint?: string): number {
    let sent = 0;
    for (const { value } of this.#store.rows('webhook_endpoint')) {
      if (endpoint !== undefined && endpoint !== value.id) continue;
      const delivery: Delivery = {
        id: newId('dlv'),
        event,
        endpoint: value.id,
        clock: '',
        attempts: 0,
        notBefore: 0,
        lastStatus: null,
        lastError: null,
      };
      this.#store.put('delivery', delivery.id, null, delivery);
      sent += 1;
    }
    this.#store.commit();
    return sent;
  }

  /** Lets go what a chaos switch holds back: at once, or what waits for an appointment. */
  release(id?: string): number {
    let released = 0;
    for (const { value } of this.#store.rows('delivery')) {
      if (id !== undefined ? value.id !== id : value.notBefore === 0) continue;
      this.#store.put('delivery', value.id, null, { ...value, notBefore: 0 });
      this.#ready.push(value.id);
      released += 1;
    }
    setImmediate(() => this.#pump());
    return released;
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#agent.destroy();
  }

  #admit(delivery: Delivery): void {
    const { duplicate, reorder, reorderWindowMs, drop, delay, delayMs, delayClockSeconds } = this.#chaos.switches;
    if (this.#chaos.happens(drop)) {
      this.counts.dropped += 1;
      this.#store.remove('delivery', delivery.id);
      this.#later();
      return;
    }
    if (this.#chaos.happens(duplicate)) {
      this.counts.duplicated += 1;
      const twin = { ...delivery, id: newId('dlv') };
      this.#hold(twin, Date.now() + Math.floor(this.#chaos.roll() * (reorderWindowMs + 1)));
    }
    if (this.#chaos.happens(delay)) {
      this.counts.held += 1;
      if (delayClockSeconds > 0) {
        const at = this.#agenda.now(delivery.clock) + Math.floor(this.#chaos.roll() * delayClockSeconds);
        this.#store.put('delivery', delivery.id, null, { ...delivery, notBefore: -1 });
        const { clock, id: subject } = delivery;
        this.#agenda.add({ id: newId('apt'), clock, account: null, at, work: 'webhook.release', subject });
        this.#later();
      } else this.#hold(delivery, Date.now() + Math.floor(this.#chaos.roll() * delayMs));
      return;
    }
    if (this.#chaos.happens(reorder)) {
      this.counts.held += 1;
      this.#hold(delivery, Date.now() + Math.floor(this.#chaos.roll() * reorderWindowMs));
      return;
    }
    this.#plan(delivery);
  }

  #hold(delivery: Delivery, notBefore: number): void {
    const held = { ...delivery, notBefore };
    this.#store.put('delivery', held.id, null, held);
    this.#plan(held);
    this.#later();
  }

  /** Commits are made by requests; what the deliverer changes beside them follows in the same turn. */
  #later(): void {
    queueMicrotask(() => this.#store.commit());
  }

  #plan(delivery: Delivery): void {
    if (delivery.notBefore < 0) return;
    const wait = delivery.notBefore - Date.now();
    if (wait <= 0) {
      this.#ready.push(delivery.id);
      this.#pump();
      return;
    }
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.#plan(delivery);
      },
      Math.min(wait, 2 ** 31 - 1),
    );
    this.#timers.add(timer);
  }

  #pump(): void {
    while (!this.#closed && !this.#paused && this.#flying < this.#policy.concurrency) {
      const id = this.#ready.shift();
      if (id === undefined) return;
      const delivery = this.#store.get('delivery', id)?.value;
      if (delivery === undefined) continue;
      this.#flying += 1;
      this.#attempt(delivery).finally(() => {
        this.#flying -= 1;
        this.#pump();
      });
    }
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const endpoint = this.#store.get('webhook_endpoint', delivery.endpoint)?.value;
    const event = this.#store.get('event', delivery.event)?.value;
    const secret = this.#store.get('endpoint_setting', delivery.endpoint)?.value.secret;
    let status: number | null = null;
    let failure: string | null = 'the endpoint or the event is gone';
    if (endpoint !== undefined && event !== undefined && secret !== undefined) {
      const body = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
      try {
        status = await this.#post(endpoint.url, body, secret);
        failure = status >= 200 && status < 300 ? null : `HTTP ${status}`;
      } catch (error) {
        failure = (error as Error).message;
      }
    }
    if (this.#closed || this.#store.get('delivery', delivery.id) === undefined) return;
    const attempts = delivery.attempts + 1;
    if (failure === null) {
      this.counts.delivered += 1;
      this.#store.remove('delivery', delivery.id);
    } else {
      this.counts.failedAttempts += 1;
      if (attempts >= this.#policy.attempts || endpoint === undefined) {
        this.counts.givenUp += 1;
        this.#store.remove('delivery', delivery.id);
      } else {
        const wait = Math.min(this.#policy.retryMaxMs, this.#policy.retryMs * 2 ** (attempts - 1));
        const notBefore = Date.now() + wait;
        const next = { ...delivery, attempts, notBefore, lastStatus: status, lastError: failure };
        this.#store.put('delivery', delivery.id, null, next);
        this.#plan(next);
      }
    }
    this.#store.commit();
  }

  #post(url: string, body: string, secret: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const send = url.startsWith('https:') ? secureRequest : plainRequest;
      const outgoing = send(url, {
        method: 'POST',
        ...(url.startsWith('https:') ? {} : { agent: this.#agent }),
        timeout: this.#policy.timeoutMs,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Stripe/1.0 (the Stripe double; no money moves)',
          'stripe-signature': signatureHeader(body, secret, Math.floor(Date.now() / 1000)),
        },
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', reject);
      });
      outgoing.end(body);
    });
  }
}
