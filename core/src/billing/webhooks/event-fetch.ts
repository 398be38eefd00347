import { Waker } from '../../waking/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { Inbox } from './inbox.ts';
import { isIgnored } from './is-ignored.ts';
import type { AccountEvents, WebhookWorker } from './worker.ts';

const EVERY_MS = 30_000;
/** Events may be listed a little later than they are dated. */
const OVERLAP_MS = 5 * 60_000;
const FIRST_LOOK_MS = 24 * 3_600_000;
const LOCK = 'billing-event-fetch';

interface Options {
  inbox: Pick<Inbox, 'latest' | 'store'>;
  worker: Pick<WebhookWorker, 'wake'>;
  accounts: AccountEvents;
}

/**
 * Fetches the provider's events where it cannot deliver them: without a webhook endpoint. Also for each publisher's
 * account, whose events are not among the platform's. One node at a time.
 */
export class EventFetch {
  readonly #deps: Pick<BillingDependencies, 'db' | 'gateway' | 'log'>;
  readonly #options: Options;
  readonly #waker: Waker;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: Pick<BillingDependencies, 'db' | 'gateway' | 'log'>, options: Options) {
    this.#deps = deps;
    this.#options = options;
    this.#waker = new Waker(
      () => this.#fetch(),
      (error) => deps.log.warn({ err: error }, 'the payment provider could not be asked for its events'),
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
    const { db, log } = this.#deps;
    const { accounts, worker } = this.#options;
    const lock = await db.locks.tryAcquire(LOCK);
    if (!lock) return;
    try {
      let isNew = await this.#fetchOf(null);
      for (const account of await accounts.accounts()) {
        try {
          isNew = (await this.#fetchOf(account)) || isNew;
        } catch (error) {
          // One that is not connected any more does not keep the others waiting.
          log.warn(
            { err: error, account },
            'the payment provider could not be asked for events of a publisher’s account',
          );
        }
      }
      if (isNew) worker.wake();
    } finally {
      await lock.release();
    }
  }

  /** `true` when there was something to act on. */
  async #fetchOf(account: string | null): Promise<boolean> {
    const { inbox, accounts } = this.#options;
    const latest = await inbox.latest(account);
    const since = new Date(latest === null ? Date.now() - FIRST_LOOK_MS : latest.getTime() - OVERLAP_MS);
    let isNew = false;
    for (const event of await this.#deps.gateway.eventsSince(since, account)) {
      const ignored = isIgnored(event, accounts);
      if ((await inbox.store(event, ignored)) && !ignored) isNew = true;
    }
    return isNew;
  }
}
