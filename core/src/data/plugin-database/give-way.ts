import { setPriority } from 'node:os';
import type { PoolClient } from 'pg';

/** What screens ask takes a few milliseconds: who waits so long need not be first. */
const LONG_MS = 250;
/** Behind all else on this machine, yet never starved by it: some 3 % of what others get that want as much. */
const NICENESS = 15;

/** What the server told the session at its start; the driver keeps it but does not declare it. */
interface Backend {
  processID: number | null;
}

function lower(client: PoolClient): boolean {
  const { processID } = client as unknown as Backend;
  if (processID === null) return false;
  try {
    setPriority(processID, NICENESS);
    return true;
  } catch {
    // The process has just ended, or is not ours to lower: the statement goes on as it would, until its timeout.
    return false;
  }
}

/**
 * Watches a statement that begins on a connection of a server on this machine. When it takes long, the server's process
 * for the connection gives way to all others, so that whoever asks for much work keeps nobody else waiting: a plugin's
 * statements may take all processors for seconds. Returns what to call at its end: whether the process gave way. It does
 * so for good (only root could bring it forward again), hence the connection is not to be used any more.
 */
export function giveWayWhenLong(client: PoolClient): () => boolean {
  let gaveWay = false;
  const timer = setTimeout(() => {
    gaveWay = lower(client);
  }, LONG_MS);
  return () => {
    clearTimeout(timer);
    return gaveWay;
  };
}
