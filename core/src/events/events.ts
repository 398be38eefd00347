import { FailureLog } from '../logging/index.ts';
import { Waker } from '../waking/index.ts';
import { DeliveryStore } from './delivery-store.ts';
import { JobQueue } from './job-queue.ts';
import { NodePresence } from './node-presence.ts';
import { DEFAULT_TIMING, type EventsOptions } from './options.ts';
import { Relay } from './relay.ts';
import { SubscriberWork } from './subscriber-work.ts';
import { TURN_TASK, type Turn } from './turns.ts';

/** The delivery of events, from a commit that wrote some to the last subscriber's effect. */
export interface Events {
  /** After a commit that wrote events. Costs next to nothing. */
  wake(): void;
  /** Lets go on what was held while a plugin could not be used by a tenant. */
  releaseHeld(tenantId: string, plugin: string): Promise<void>;
  /** Prepares the queue; in a worker, begins to relay and to deliver. */
  start(role: { worker: boolean }): Promise<void>;
  /** Waits for the handlers that are running; what waits behind them is left to other nodes or the next start. */
  stop(): Promise<void>;
}

const WAKE = 'events.wake';

export function createEvents(options: EventsOptions): Events {
  const { db, log, changes } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const queue = new JobQueue(db, log, timing.queuePollMs);
  const node = new NodePresence(db, queue, log);
  const store = new DeliveryStore(db.platform, node.id, timing.leaseMs);
  const work = new SubscriberWork(options, timing, store, node.id);
  const relay = new Relay(options, timing);
  const complain = (what: string) => (error: unknown) => log.error({ err: error }, what);

  /** Work that repeats; a lasting failure is logged once. */
  function recurring(run: () => Promise<void>, what: string, restMs?: number): Waker {
    const failureLog = new FailureLog(log, what);
    const attempt = async () => {
      await run();
      failureLog.recovered();
    };
    return new Waker(attempt, (error) => failureLog.failed(error), restMs);
  }

  const relaying = recurring(() => relay.run(), 'events cannot be relayed', timing.relayRestMs);
  const sweeping = recurring(async () => {
    await node.reap();
    const lost = await store.recoverLost();
    if (lost > 0) log.warn({ subjects: lost }, 'deliveries without a job were put back into the queue');
  }, 'deliveries without a job cannot be looked for');
  const releasing = recurring(() => work.releaseUsable(), 'held deliveries cannot be looked at');

  const undo: (() => void)[] = [];
  let isWorker = false;
  let isStopped = false;

  function every(ms: number, waker: Waker): void {
    const timer = setInterval(() => waker.wake(), ms);
    undo.push(() => clearInterval(timer));
    waker.wake();
  }

  return {
    wake() {
      if (isWorker) relaying.wake();
      else if (!isStopped) db.bus.publish(WAKE, {}).catch(complain('the workers could not be woken'));
    },
    releaseHeld: (tenantId, plugin) => store.release(tenantId, plugin),
    async start({ worker }) {
      await queue.migrate();
      if (!worker) return;
      await node.appear();
      await node.reap();
      const others = Object.entries(options.jobs ?? {}).map(
        ([name, handle]) => [name, (payload: unknown) => handle(payload, node.id)] as const,
      );
      await queue.start(node.id, timing.concurrency, {
        ...Object.fromEntries(others),
        [TURN_TASK]: (turn) => work.takeTurn(turn as Turn),
      });
      isWorker = true;
      undo.push(db.bus.on(WAKE, () => relaying.wake()));
      const release = (): void => releasing.wake();
      undo.push(changes.listen('plugin', release, release), changes.listen('tenant', release, release));
      every(timing.relayPollMs, relaying);
      every(timing.sweepMs, sweeping);
      every(timing.heldSweepMs, releasing);
    },
    async stop() {
      isStopped = true;
      for (const end of undo.splice(0)) end();
      if (!isWorker) return;
      isWorker = false;
      work.stop();
      relay.stop();
      await Promise.all([relaying.stop(), sweeping.stop(), releasing.stop(), queue.stop()]);
      await node.disappear();
    },
  };
}
