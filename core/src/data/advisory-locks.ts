import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { Log } from '../logging/index.ts';
import type { AdvisoryLocks, HeldLock } from './contract.ts';

/** First half of a two-part lock number, so that our names meet no other program's; the second is the key's. */
const SPACE = 0x62617a;
const POLL_MS = 250;

/** Number of a key within our space. */
function lockNumber(key: string | number): number {
  return createHash('sha256')
    .update(`${typeof key} ${key}`)
    .digest()
    .readInt32BE(0);
}

interface Session {
  client: Client;
  lost: AbortController;
}

/** Session locks on one connection, which is made on first use and again after a loss. */
export class SessionLocks implements AdvisoryLocks {
  private readonly config: ClientConfig;
  private readonly logger: Log;
  /** The server would grant our session a lock it holds a second time. */
  private readonly taken = new Set<number>();
  private session: Promise<Session> | null = null;
  private closed = false;

  constructor(config: ClientConfig, logger: Log) {
    this.config = config;
    this.logger = logger;
  }

  async tryAcquire(key: string | number): Promise<HeldLock | null> {
    const number = lockNumber(key);
    if (this.taken.has(number)) return null;
    this.taken.add(number);
    try {
      const { client, lost } = await this.connected();
      const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [
        SPACE,
        number,
      ]);
      if (rows[0]?.got && !lost.signal.aborted) return this.heldLock(number, client, lost.signal);
      this.taken.delete(number);
      return null;
    } catch (error) {
      this.taken.delete(number);
      throw error;
    }
  }

  async acquire(key: string | number, signal?: AbortSignal): Promise<HeldLock> {
    for (;;) {
      signal?.throwIfAborted();
      const lock = await this.tryAcquire(key);
      if (lock) return lock;
      await sleep(POLL_MS, undefined, signal ? { signal } : {});
    }
  }

  async held<K extends string | number>(keys: readonly K[]): Promise<Set<K>> {
    const { client } = await this.connected();
    const { rows } = await client.query<{ number: number }>(
      `select objid::bigint::bit(32)::integer as number from pg_catalog.pg_locks
        where locktype = 'advisory' and granted and objsubid = 2 and classid = $1
          and database = (select oid from pg_catalog.pg_database where datname = current_database())`,
      [SPACE],
    );
    const numbers = new Set(rows.map((row) => row.number));
    return new Set(keys.filter((key) => numbers.has(lockNumber(key))));
  }

  async close(): Promise<void> {
    this.closed = true;
    const session = await this.session?.catch(() => null);
    this.session = null;
    await session?.client.end();
  }

  private heldLock(number: number, client: Client, lost: AbortSignal): HeldLock {
    let released = false;
    const forget = () => {
      if (!released) this.taken.delete(number);
      released = true;
    };
    lost.addEventListener('abort', forget, { once: true });
    return {
      lost,
      release: async () => {
        if (released) return;
        lost.removeEventListener('abort', forget);
        try {
          if (!lost.aborted) await client.query('select pg_advisory_unlock($1, $2)', [SPACE, number]);
        } finally {
          forget();
        }
      },
    };
  }

  private connected(): Promise<Session> {
    if (this.closed) return Promise.reject(new Error('the database is closed'));
    this.session ??= this.connect().catch((error) => {
      this.session = null;
      throw error;
    });
    return this.session;
  }

  private async connect(): Promise<Session> {
    const client = new Client({ ...this.config, keepAlive: true });
    const lost = new AbortController();
    let connected = false;
    const onLoss = () => {
      if (lost.signal.aborted) return;
      this.session = null;
      lost.abort(new Error('the connection that held the lock was lost'));
      if (connected && !this.closed) this.logger.warn({}, 'connection of advisory locks lost');
    };
    client.on('error', onLoss);
    client.on('end', onLoss);
    await client.connect();
    connected = true;
    return { client, lost };
  }
}
