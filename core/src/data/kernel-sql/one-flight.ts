import type { PoolClient } from 'pg';

/**
 * Sends all that `send` submits in one write: the driver would otherwise wake the server for every message. `send`
 * must submit at once, without waiting for anything.
 */
export function inOneFlight<T>(client: PoolClient, send: () => T): T {
  const { stream } = client.connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/** As `inOneFlight`, for what follows in the promises that are already under way. */
export function holdUntilNextTick(client: PoolClient): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
