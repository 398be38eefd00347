import type { Pool, PoolClient } from 'pg';

const LONGEST_WAIT_MS = 10_000;

/** The driver's words for the same thing, so that it is answered alike. */
const TIMEOUT = 'timeout exceeded when trying to connect';

/**
 * Each plugin has connections of its own, the server only so many for all. Within this limit an idle connection of
 * one plugin gives way to the need of another; when all are busy, the next waits for one to become idle.
 */
export class ConnectionBudget {
  readonly #limit: number;
  /** In the order of last need: the first has needed none for longest. */
  readonly #pools = new Set<Pool>();
  readonly #waiting = new Set<() => void>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Returns its undo. */
  add(pool: Pool): () => void {
    this.#pools.add(pool);
    const wake = () => {
      const [next] = this.#waiting;
      next?.();
    };
    pool.on('release', wake);
    pool.on('remove', wake);
    return () => {
      this.#pools.delete(pool);
      wake();
    };
  }

  /** A connection of the pool; a new one only within the limit. */
  connect(pool: Pool): Promise<PoolClient> {
    if (pool.idleCount > 0 || pool.totalCount >= pool.options.max || this.#hasRoom()) return pool.connect();
    return this.#connectWhenRoom(pool);
  }

  #hasRoom(): boolean {
    let open = 0;
    for (const pool of this.#pools) open += pool.totalCount;
    return open < this.#limit;
  }

  async #connectWhenRoom(pool: Pool): Promise<PoolClient> {
    this.#pools.delete(pool);
    this.#pools.add(pool);
    const deadline = Date.now() + LONGEST_WAIT_MS;
    // Between the last look and connect() nothing may be awaited, or many would find the same room.
    while (!this.#hasRoom() && pool.idleCount === 0) {
      if (await this.#evictIdle(pool)) continue;
      if (Date.now() >= deadline) throw new Error(TIMEOUT);
      await this.#nextChange(deadline - Date.now());
    }
    return pool.connect();
  }

  async #evictIdle(but: Pool): Promise<boolean> {
    for (const pool of this.#pools) {
      if (pool === but || pool.idleCount === 0 || pool.waitingCount > 0) continue;
      const client = await pool.connect();
      client.release(true);
      return true;
    }
    return false;
  }

  #nextChange(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#waiting.add(done);
    });
  }
}
