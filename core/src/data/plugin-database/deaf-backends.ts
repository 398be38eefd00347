import type { ClientBase, PoolClient } from 'pg';
import { ApiError } from '../../errors/index.ts';

/** Three times the timeout of statements. */
const MOST_SILENCE_MS = 15_000;
/** With so many at work for nobody, there are no more connections. */
const MOST = 3;

const STILL_AT_WORK = `
  select pid from pg_catalog.pg_stat_activity where pid = any ($1) and usename = current_user and state <> 'idle'`;

/** What waits for a disk, or for somebody to read its answer, does not compute. */
const COMPUTES = `
  select from pg_catalog.pg_stat_activity
  where pid = $1 and usename = current_user and state = 'active' and wait_event is null
    and query_start < clock_timestamp() - interval '${(2 * MOST_SILENCE_MS) / 3} ms'`;

/** The server's process for a session; 0 when it has not said which. */
export function processOf(client: ClientBase): number {
  return (client as ClientBase & { processID?: number | null }).processID ?? 0;
}

export class NoAnswer extends ApiError {
  constructor(client: ClientBase) {
    super('unavailable', 'This took too long and was given up.', {
      reason: 'statement-timeout',
      cause: new Error(`process ${processOf(client)} of the database does not heed the timeout of its statement`),
    });
  }
}

/**
 * Processes of the database that compute what cannot be interrupted, perhaps for hours: neither a timeout nor an
 * administrator stops them. Their connections are given up, so that nobody waits for them, and counted, so that a
 * plugin does not start ever more.
 */
export class DeafBackends {
  readonly #pids = new Set<number>();

  /** Gives the connection up unless it is called off, when the server has answered. */
  expectAnswer(client: PoolClient, onGivenUp: (pid: number) => void): () => void {
    const timer = setTimeout(() => {
      const pid = processOf(client);
      this.#pids.add(pid);
      client.connection.stream.destroy(new NoAnswer(client));
      onGivenUp(pid);
    }, MOST_SILENCE_MS);
    return () => clearTimeout(timer);
  }

  /** Whether the server itself says so: an answer may also be late because the network is, or this process was. */
  async computes(client: ClientBase, pid: number): Promise<boolean> {
    const { rowCount } = await client.query(COMPUTES, [pid]);
    return rowCount === 1;
  }

  get areTooMany(): boolean {
    return this.#pids.size >= MOST;
  }

  /** Forgets those that have come to an end. Rejects when there are still too many. */
  async look(client: ClientBase): Promise<void> {
    const { rows } = await client.query<{ pid: number }>(STILL_AT_WORK, [[...this.#pids]]);
    this.#pids.clear();
    for (const { pid } of rows) this.#pids.add(pid);
    if (!this.areTooMany) return;
    throw new ApiError('unavailable', 'Statements of the plugin keep the database busy and cannot be stopped.', {
      reason: 'statement-timeout',
    });
  }
}
