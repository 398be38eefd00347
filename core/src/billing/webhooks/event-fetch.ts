import { Waker } from '../../waking/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { ProviderEvent } from '../gateway/index.ts';
import type { Inbox } from './inbox.ts';
import type { WebhookWorker } from './worker.ts';

const EVERY_MS = 30_000;
/** Events may be listed a little later than they are dated. */
const OVERLAP_MS = 5 * 60_000;
const FIRST_LOOK_MS = 24 * 3_600_000;
const LOCK = 'billing-event-fetch';

/** Asks the provider for its news where it can not deliver them: without a webhook endpoint. One node at a time. */
export class EventFetch {
  readonly #deps: BillingDependencies;
  readonly #inbox: Inbox;
  readonly #worker: WebhookWorker;
  readonly #isIgnored: (event: ProviderEvent) => boolean;
  readonly #waker: Waker;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    deps: BillingDependencies,
    inbox: Inbox,
    worker: WebhookWorker,
    isIgnored: (event: ProviderEvent) => boolean,
  ) {
    this.#deps = deps;
    this.#inbox = inbox;
    this.#worker = worker;
    this.#isIgnored = isIgnored;
    this.#waker = new Waker(
      () => this.#fetch(),
      (error) => deps.log.warn({ err: error }, 'the payment provider could not be asked for its news'),
    );
  }

  start(): void {
    this.#timer = setInterval(() => this.#waker.wake(), EVERY_MS).unref();
    this.#waker.wake();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#waker.stop();
  }

  async #fetch(): Promise<void> {
    const { db, gateway } = this.#deps;
    const lock = await db.locks.tryAcquire(LOCK);
    if (!lock) return;
    try {
      const latest = await this.#inbox.latest();
      const since = new Date(latest === null ? Date.now() - FIRST_LOOK_MS : latest.getTime() - OVERLAP_MS);
      let isNew = false;
      for (const event of await gateway.eventsSince(since)) {
        const ignored = this.#isIgnored(event);
        if ((await this.#inbox.store(event, ignored)) && !ignored) isNew = true;
      }
      if (isNew) this.#worker.wake();
    } finally {
      await lock.release();
    }
  }
}
