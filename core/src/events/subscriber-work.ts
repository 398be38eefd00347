import { ApiError, messageOf } from '../errors/index.ts';
import type { LoadedPlugin } from '../plugins/index.ts';
import type { Claim, Taken } from './claim.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { EventsOptions, EventTiming } from './options.ts';
import { enqueueTurns, type Turn, turnKey } from './turns.ts';

/** The error code of the database for a delivery that another node has taken over in the meantime. */
const DELIVERY_LOST = 'BZ001';

function isLost(error: unknown): boolean {
  if (error instanceof ApiError) return error.reason === 'delivery-lost';
  return (error as { code?: unknown } | null)?.code === DELIVERY_LOST;
}

/** A licence that ended meanwhile: this node will know of it by then, and hold what waits. */
const LICENCE_PAUSE_MS = 5_000;
/** The limit may be raised; the next month certainly resets it. */
const LIMIT_PAUSE_MS = 60_000;
/** Until a turn looks again that may have met another one of this process; answers of the database take less. */
const LOOK_AGAIN_MS = 250;

/**
 * Milliseconds until a subscriber may begin again that was refused before it had done anything, or undone: for a quota,
 * for a limit of the licence or for its end. `undefined` for any other error: that was an attempt.
 */
function pauseMs(error: unknown): number | undefined {
  if (!(error instanceof ApiError)) return undefined;
  switch (error.code) {
    case 'quota-exceeded':
      return Number(error.headers?.['Retry-After'] ?? 60) * 1000;
    case 'usage-limit':
      return LIMIT_PAUSE_MS;
    case 'licence-ended':
    case 'licence-required':
      return LICENCE_PAUSE_MS;
    default:
      return undefined;
  }
}

/** Handles the deliveries of one subject after the other: in order, each effect once, a failure stopping only its own. */
export class SubscriberWork {
  readonly #options: EventsOptions;
  readonly #timing: EventTiming;
  readonly #store: DeliveryStore;
  readonly #nodeId: string;
  /** What this process is working on, so that a lease left over from a lost connection is recognised. */
  readonly #active = new Set<string>();
  /** Turns under way in this process by their key: a subject may have several when it was put into the queue meanwhile. */
  readonly #turns = new Map<string, number>();
  #stopping = false;

  constructor(options: EventsOptions, timing: EventTiming, store: DeliveryStore, nodeId: string) {
    this.#options = options;
    this.#timing = timing;
    this.#store = store;
    this.#nodeId = nodeId;
  }

  /** Ends turns after the delivery they are at. */
  stop(): void {
    this.#stopping = true;
  }

  async takeTurn(turn: Turn): Promise<void> {
    const key = turnKey(turn);
    this.#turns.set(key, this.#turnsOf(key) + 1);
    try {
      await this.#take(turn);
    } finally {
      const left = this.#turnsOf(key) - 1;
      if (left === 0) this.#turns.delete(key);
      else this.#turns.set(key, left);
    }
  }

  #turnsOf(key: string): number {
    return this.#turns.get(key) ?? 0;
  }

  async #take(turn: Turn): Promise<void> {
    for (let handled = 0; handled < this.#timing.perTurn && !this.#stopping; handled += 1) {
      const plugin = await this.#usable(turn.tenantId, turn.subscriber);
      if (!plugin) {
        await this.#hold(turn);
        return;
      }
      const claim = await this.#store.claim(turn);
      if (!(await this.#act(turn, plugin, claim))) return;
    }
    // Others may have waited longer; there may be more here.
    await this.#again(turn, null);
  }

  /** The plugin, when it may work for the tenant now. */
  async #usable(tenantId: string, subscriber: string): Promise<LoadedPlugin | undefined> {
    const plugin = this.#options.plugins.get(subscriber, tenantId);
    if (!plugin) return undefined;
    const { licences } = this.#options;
    if (await licences.suspended(tenantId)) return undefined;
    const decision = await licences.decide(tenantId, subscriber);
    return decision.writable && (await licences.enabled(tenantId, subscriber)) ? plugin : undefined;
  }

  async #hold({ tenantId, subscriber }: Turn): Promise<void> {
    await this.#store.hold(tenantId, subscriber);
    // The licence may have come between the question and the holding.
    if (await this.#usable(tenantId, subscriber)) await this.#store.release(tenantId, subscriber);
  }

  /** Lets held deliveries go on where the subscriber can work again. */
  async releaseUsable(): Promise<void> {
    for (const { tenantId, subscriber } of await this.#store.holding()) {
      if (this.#stopping) return;
      if (await this.#usable(tenantId, subscriber)) await this.#store.release(tenantId, subscriber);
    }
  }

  #again(turn: Turn, at: Date | null): Promise<void> {
    return this.#options.db.platform.transaction((sql) => enqueueTurns(sql, [turn], at));
  }

  /** Resolves with whether the subject's next delivery may follow at once. */
  async #act(turn: Turn, plugin: LoadedPlugin, claim: Claim): Promise<boolean> {
    switch (claim.kind) {
      case 'none':
      case 'held':
        return false;
      case 'later':
        if (claim.lockedBy === this.#nodeId && !this.#active.has(claim.id)) return this.#settleLease(turn, claim.id);
        // Whoever works on it goes on with the subject; if not, the reaper or the end of the lease brings us back.
        if (claim.lockedBy === null) await this.#again(turn, new Date(claim.at.getTime() + 1));
        return false;
      case 'orphan':
        return this.#bury(turn, plugin, claim.id, 'event', 'The event is no longer kept.');
      case 'taken':
        return this.#handle(turn, plugin, claim.delivery);
    }
  }

  /** The lease is this process's, and it does not work on the delivery. */
  async #settleLease(turn: Turn, id: string): Promise<boolean> {
    if (this.#turnsOf(turnKey(turn)) === 1) {
      await this.#store.forget(turn.tenantId, id);
      return true;
    }
    // Another turn may be just about to hear that it has taken it; or never, when the connection is lost by then.
    await this.#again(turn, new Date(Date.now() + LOOK_AGAIN_MS));
    return false;
  }

  async #handle(turn: Turn, plugin: LoadedPlugin, delivery: Taken): Promise<boolean> {
    const { id, tenant, event, requestId, attempts } = delivery;
    if (attempts > this.#timing.maxAttempts) {
      return this.#bury(turn, plugin, id, event.name, 'The process ended each time while handling it.');
    }
    this.#active.add(id);
    try {
      await this.#options.plugins.use(turn.subscriber, turn.tenantId, (serving) =>
        this.#options.deliver(serving, tenant, event, { id, nodeId: this.#nodeId, requestId }),
      );
      return true;
    } catch (error) {
      return await this.#failed(turn, plugin, delivery, error);
    } finally {
      this.#active.delete(id);
    }
  }

  async #failed(turn: Turn, plugin: LoadedPlugin, delivery: Taken, error: unknown): Promise<boolean> {
    const { id, event, attempts, requestId } = delivery;
    const about = { plugin: turn.subscriber, tenant: turn.tenantId, event: event.name, eventId: event.id, requestId };
    if (isLost(error)) {
      this.#options.log.warn(about, 'a delivery was taken over by another node');
      return false;
    }
    // Only what was never begun is refused like this; what breaks off half-way is an attempt that failed.
    const pause = pauseMs(error);
    if (pause !== undefined) {
      this.#options.log.debug({ ...about, err: error }, 'a delivery waits for what it may use');
      await this.#store.giveBack(turn.tenantId, id, messageOf(error), pause);
      await this.#again(turn, new Date(Date.now() + pause));
      return false;
    }
    this.#options.log.warn({ ...about, attempts, err: error }, 'a delivery failed');
    if (attempts >= this.#timing.maxAttempts) return this.#bury(turn, plugin, id, event.name, messageOf(error));
    const delayMs = this.#timing.retryDelayMs(attempts);
    await this.#store.postpone(turn.tenantId, id, messageOf(error), delayMs);
    await this.#again(turn, new Date(Date.now() + delayMs));
    return false;
  }

  async #bury(turn: Turn, plugin: LoadedPlugin, id: string, event: string, reason: string): Promise<boolean> {
    const { name } = plugin.manifest;
    const buried = await this.#store.bury(turn, id, reason, {
      title: `${name} could not handle an event`,
      description: `"${event}" about "${turn.subject}" was tried ${this.#timing.maxAttempts} times. The last error: ${reason}`,
      key: `delivery-failed:${turn.subscriber}:${event}`,
    });
    if (buried) this.#options.realtime.publish({ tenantId: turn.tenantId, event: 'task.changed', payload: {} });
    return buried;
  }
}
