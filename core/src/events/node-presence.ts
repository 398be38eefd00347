import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, HeldLock } from '../data/index.ts';
import { FailureLog, type Log } from '../logging/index.ts';
import type { JobQueue } from './job-queue.ts';
import { enqueueTurns, type Turn } from './turns.ts';

function lockName(nodeId: string): string {
  return `node:${nodeId}`;
}

const RETRY_MS = 500;

/**
 * Tells the living nodes from the dead: each holds a lock named after its id from before the id is known to others,
 * and the server drops the lock of a process that is gone at once.
 */
export class NodePresence {
  readonly id = randomUUID();
  readonly #db: Pick<Database, 'platform' | 'locks'>;
  readonly #queue: JobQueue;
  readonly #log: Log;
  #lock: HeldLock | undefined;
  #stopped = false;

  constructor(db: Pick<Database, 'platform' | 'locks'>, queue: JobQueue, log: Log) {
    this.#db = db;
    this.#queue = queue;
    this.#log = log;
  }

  async appear(): Promise<void> {
    const lock = await this.#db.locks.acquire(lockName(this.id));
    this.#lock = lock;
    lock.lost.addEventListener('abort', () => void this.#reappear(), { once: true });
    await this.#db.platform.query('insert into core.nodes (id) values ($1) on conflict (id) do nothing', [this.id]);
  }

  async disappear(): Promise<void> {
    this.#stopped = true;
    await this.#db.platform.query('delete from core.nodes where id = $1', [this.id]);
    await this.#lock?.release();
  }

  /** The connection was lost: others may have taken us for dead, which only costs the work under way. */
  async #reappear(): Promise<void> {
    const failureLog = new FailureLog(this.#log, 'this node is not known to the others');
    while (!this.#stopped) {
      try {
        await this.appear();
        failureLog.recovered();
        return;
      } catch (error) {
        failureLog.failed(error);
        await sleep(RETRY_MS);
      }
    }
  }

  /** Frees what dead nodes were working on. */
  async reap(): Promise<void> {
    const { rows } = await this.#db.platform.query<{ id: string }>('select id from core.nodes where id <> $1', [
      this.id,
    ]);
    if (rows.length === 0) return;
    const names = rows.map(({ id }) => lockName(id));
    const alive = await this.#db.locks.held(names);
    for (const { id } of rows) if (!alive.has(lockName(id))) await this.#free(id);
  }

  async #free(nodeId: string): Promise<void> {
    const freed = await this.#db.platform.transaction(async (sql) => {
      const { rowCount } = await sql.query('delete from core.nodes where id = $1', [nodeId]);
      // Another node was faster.
      if (rowCount === 0) return undefined;
      const { rows } = await sql.query<Turn>(
        `update core.deliveries set locked_by = null, locked_until = null where locked_by = $1
         returning tenant_id as "tenantId", subscriber, subject`,
        [nodeId],
      );
      await enqueueTurns(sql, rows);
      return rows.length;
    });
    if (freed === undefined) return;
    await this.#queue.unlock([nodeId]);
    this.#log.warn({ node: nodeId, deliveries: freed }, 'the work of a dead node was freed');
  }
}
