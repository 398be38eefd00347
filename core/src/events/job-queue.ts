import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, type Runner, run, runMigrations, type WorkerEvents } from 'graphile-worker';
import type { Database } from '../data/index.ts';
import { FailureLog, type Log } from '../logging/index.ts';

/** Kind of work → its handler. When it rejects, the queue tries again after growing delays. */
export type JobHandlers = Readonly<Record<string, (payload: unknown) => Promise<void>>>;

const RESTART_MS = 1_000;
/** Longer than a handler may take: a clean stop waits for what is running. */
const SHUTDOWN_MS = 130_000;

function bridge(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    const data = meta === undefined ? {} : { queue: meta };
    if (level === 'error') log.error(data, message);
    else if (level === 'warning') log.warn(data, message);
    else log.debug(data, message);
  });
}

/** Names of the queue's workers hold the node's id, so that a dead node's jobs are known by it. */
export function workerName(nodeId: string): string {
  return `node-${nodeId}`;
}

/** graphile-worker, started again when it gives up (it does when the database goes away). */
export class JobQueue {
  readonly #pollMs: number;
  readonly #db: Pick<Database, 'jobQueue' | 'platform'>;
  readonly #log: Log;
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  #runner: Runner | undefined;
  #supervision: Promise<void> | undefined;

  constructor(db: Pick<Database, 'jobQueue' | 'platform'>, log: Log, pollMs: number) {
    this.#pollMs = pollMs;
    this.#db = db;
    this.#log = log;
    this.#logger = bridge(log);
  }

  /** Makes the queue's tables. */
  migrate(): Promise<void> {
    return runMigrations({ pgPool: this.#db.jobQueue, logger: this.#logger });
  }

  async start(nodeId: string, concurrency: number, handlers: JobHandlers): Promise<void> {
    this.#runner = await this.#run(nodeId, concurrency, handlers);
    this.#supervision = this.#supervise(nodeId, concurrency, handlers);
  }

  /** Lets others take the jobs of dead workers at once. */
  async unlock(nodeIds: readonly string[]): Promise<void> {
    const { platform } = this.#db;
    await platform.query('select graphile_worker.force_unlock_workers($1::text[])', [nodeIds.map(workerName)]);
    // Jobs that were replaced while they ran: their successors have the key, nobody will run them.
    await platform.query(
      `select graphile_worker.complete_jobs(array(
         select id from graphile_worker.jobs where key is null and attempts >= max_attempts and locked_at is null))`,
    );
  }

  /** Waits for the jobs that are running. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const runner = this.#runner;
    this.#runner = undefined;
    try {
      await runner?.stop();
    } catch (error) {
      this.#log.debug({ err: error }, 'the job queue had stopped already');
    }
    await this.#supervision;
  }

  async #run(nodeId: string, concurrency: number, handlers: JobHandlers): Promise<Runner> {
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => {
      workerPool.id = workerName(nodeId);
    });
    return run({
      pgPool: this.#db.jobQueue,
      logger: this.#logger,
      events,
      preset: {
        worker: {
          concurrentJobs: concurrency,
          pollInterval: this.#pollMs,
          gracefulShutdownAbortTimeout: SHUTDOWN_MS,
          // Without batches, 0.18 lets a failed completion become an unhandled rejection: a database that goes away
          // would end the process. With them the pool shuts down, and is started again here.
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
      noHandleSignals: true,
      parsedCronItems: [],
      taskList: handlers,
    });
  }

  async #supervise(nodeId: string, concurrency: number, handlers: JobHandlers): Promise<void> {
    const { signal } = this.#stopping;
    const failureLog = new FailureLog(this.#log, 'the job queue does not run');
    while (!signal.aborted) {
      await this.#runner?.promise.catch((error: unknown) => failureLog.failed(error));
      if (signal.aborted) return;
      await sleep(RESTART_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.unlock([nodeId]);
        this.#runner = await this.#run(nodeId, concurrency, handlers);
        failureLog.recovered();
      } catch (error) {
        this.#runner = undefined;
        failureLog.failed(error);
      }
    }
  }
}
