import { type ClientConfig, Pool, type PoolConfig } from 'pg';
import type { Log } from '../../logging/index.ts';

/** A pool whose connections may die at any time without taking the process along. */
export function openPool(config: ClientConfig, options: PoolConfig, logger: Log): Pool {
  const pool = new Pool({ connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000, ...config, ...options });
  const lost = (error: Error) => {
    // The end of a pool is not awaited by the server: what it still says to closing connections is no news.
    if (!pool.ending) logger.warn({ role: config.user, err: error }, 'database connection lost');
  };
  pool.on('error', lost);
  pool.on('connect', (client) => {
    // pg reports the loss of a connection that is in use to the client only; the waiting statement fails as well.
    client.on('error', () => undefined);
  });
  return pool;
}
