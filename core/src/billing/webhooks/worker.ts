import { ApiError } from '../../errors/index.ts';
import { Waker } from '../../waking/index.ts';
import type { Customers } from '../customers.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { Payer, Projector } from '../projection/projector.ts';
import type { Inbox, WaitingEvent } from './inbox.ts';

/** Handles events about publishers' accounts. */
export interface AccountEvents {
  handles(type: string): boolean;
  /** Accounts that may have events. */
  accounts(): Promise<string[]>;
  handle(event: WaitingEvent): Promise<void>;
}

export interface WorkerOptions {
  inbox: Inbox;
  customers: Customers;
  projector: Projector;
  accounts?: AccountEvents;
}

const POLL_MS = 5_000;
/** One change leads to many events within a moment: resting lets one turn handle all of them. */
const REST_MS = 100;
/** When somebody else is at a customer, it is looked at again after this. */
const BUSY_MS = 100;
const CONCURRENCY = 4;
const GROUPS = 64;
const WAKE = 'billing.webhooks';

/** Handles the provider's events: for each customer in turn, all that wait at once. On any number of nodes. */
export class WebhookWorker {
  readonly #deps: BillingDependencies;
  readonly #options: WorkerOptions;
  readonly #waker: Waker;
  #timers: (() => void)[] = [];
  #due: NodeJS.Timeout | undefined;
  #isRunning = false;

  constructor(deps: BillingDependencies, options: WorkerOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#waker = new Waker(
      () => this.#work(),
      (error) => deps.log.error({ err: error }, 'events of the payment provider could not be handled'),
      REST_MS,
    );
  }

  start(): void {
    this.#isRunning = true;
    const poll = setInterval(() => this.#waker.wake(), POLL_MS).unref();
    this.#timers = [() => clearInterval(poll), this.#deps.db.bus.on(WAKE, () => this.#waker.wake())];
    this.#waker.wake();
  }

  /** Something was stored. */
  wake(): void {
    if (this.#isRunning) this.#waker.wake();
    else {
      this.#deps.db.bus.publish(WAKE, {}).catch((error: unknown) => {
        // A worker finds it at its next look.
        this.#deps.log.warn({ err: error }, 'no worker was woken for events of the payment provider');
      });
    }
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    clearTimeout(this.#due);
    for (const end of this.#timers) end();
    await this.#waker.stop();
  }

  async #work(): Promise<void> {
    const { inbox } = this.#options;
    for (let found = true; found && this.#isRunning; ) {
      const groups = await inbox.groups(GROUPS);
      const queue = [...groups];
      let progress = 0;
      const runner = async () => {
        for (let group = queue.shift(); group !== undefined && this.#isRunning; group = queue.shift()) {
          if (await this.#turn(group)) progress += 1;
        }
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, runner));
      // Nothing but what other nodes are at: they go on with it.
      found = progress > 0;
    }
    await this.#wakeWhenDue();
  }

  /** What failed is tried again when its time has come, not only at the next look. */
  async #wakeWhenDue(): Promise<void> {
    clearTimeout(this.#due);
    const ms = await this.#options.inbox.nextDue();
    if (ms !== null && ms < POLL_MS) this.#due = setTimeout(() => this.#waker.wake(), Math.max(ms, BUSY_MS)).unref();
  }

  /** `false` when somebody else is at it. */
  async #turn(group: string): Promise<boolean> {
    const events = await this.#options.inbox.waiting(group);
    if (events.length === 0) return false;
    const [account] = events.filter((event) => event.account !== null);
    if (account) return this.#accountTurn(events);
    try {
      return await this.#customerTurn(events);
    } catch (error) {
      await this.#failed(events, error);
      return true;
    }
  }

  async #accountTurn(events: WaitingEvent[]): Promise<boolean> {
    const { inbox, accounts } = this.#options;
    for (const event of events) {
      try {
        if (accounts?.handles(event.type)) await accounts.handle(event);
        await inbox.settle([event.id], accounts?.handles(event.type) ? 'done' : 'ignored');
      } catch (error) {
        await this.#giveBack([event], error);
      }
    }
    return true;
  }

  async #customerTurn(events: WaitingEvent[]): Promise<boolean> {
    const { inbox, projector } = this.#options;
    const ids = events.map(({ id }) => id);
    const payer = await this.#payerOf(events);
    if (!payer) {
      // A customer of something else on the same account.
      await inbox.settle(ids, 'ignored');
      return true;
    }
    const done = await projector.tryRefresh(
      payer,
      events.map(({ subjects }) => subjects),
    );
    if (done === null) return false;
    await inbox.settle(ids, 'done');
    return true;
  }

  async #payerOf([event]: WaitingEvent[]): Promise<Payer | null> {
    const { customers } = this.#options;
    if (!event) return null;
    if (event.customer !== null) return customers.byCustomer(event.customer);
    // Disputes name the payment only.
    const { charge, intent } = event.subjects;
    const { gateway } = this.#deps;
    const object =
      charge !== undefined ? await gateway.charge(charge) : intent !== undefined ? await gateway.intent(intent) : null;
    return object?.customer == null ? null : customers.byCustomer(object.customer);
  }

  /** One bad event does not hold up the others of its customer: each is tried by itself. */
  async #failed(events: WaitingEvent[], error: unknown): Promise<void> {
    if (events.length === 1 || isAway(error)) {
      await this.#giveBack(events, error);
      return;
    }
    for (const event of events) {
      try {
        await this.#customerTurn([event]);
      } catch (cause) {
        await this.#giveBack([event], cause);
      }
    }
  }

  async #giveBack(events: WaitingEvent[], error: unknown): Promise<void> {
    const ids = events.map(({ id }) => id);
    const reason = reasonOf(error);
    // While the provider cannot be reached, nothing is wrong with the event.
    const dead = await this.#options.inbox.fail(ids, reason, isAway(error));
    const { log } = this.#deps;
    if (dead.length > 0) log.error({ err: error, events: dead }, 'events of the payment provider were given up');
    else log.warn({ err: error, events: ids }, 'events of the payment provider are tried again later');
  }
}

/** For operators: also what the provider itself has said. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

function isAway(error: unknown): boolean {
  return error instanceof ApiError && error.reason === 'provider-unreachable';
}
