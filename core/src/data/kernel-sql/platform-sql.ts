import type { Pool, PoolClient } from 'pg';
import type { PlatformSql, Sql, SqlResult } from '../contract.ts';
import { mapDatabaseError } from '../database-error.ts';
import { holdUntilNextTick, inOneFlight } from './one-flight.ts';
import { kernelTypes } from './types.ts';

/** Prepared under a name on each connection; beyond this many, texts are built at run time and not worth it. */
const MOST_NAMED = 500;

class StatementNames {
  private readonly names = new Map<string, string>();

  nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= MOST_NAMED) return known;
    const name = `k${this.names.size}`;
    this.names.set(text, name);
    return name;
  }
}

interface Runner {
  query(config: object): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

/** Raw SQL for the kernel's hot paths: named statements, one connection per statement or transaction. */
export class PooledSql implements PlatformSql {
  private readonly pool: Pool;
  private readonly names = new StatementNames();

  constructor(pool: Pool) {
    this.pool = pool;
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<SqlResult<Row>> {
    try {
      return await this.run<Row>(this.pool, text, values);
    } catch (error) {
      throw mapDatabaseError(error);
    }
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.begun('begin', work);
  }

  /** One statement in a transaction that `opening` begins; both, and COMMIT, travel together. */
  async queryAfter<Row extends object>(
    opening: string,
    text: string,
    values: readonly unknown[],
  ): Promise<SqlResult<Row>> {
    const client = await this.connect();
    try {
      const [, result] = await allSettledFirst(
        inOneFlight(
          client,
          () => [client.query(opening), this.run<Row>(client, text, values), client.query('commit')] as const,
        ),
      );
      client.release();
      return result;
    } catch (error) {
      release(client);
      throw mapDatabaseError(error);
    }
  }

  private async begun<T>(opening: string, work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await this.connect();
    let open = true;
    try {
      holdUntilNextTick(client);
      const begun = client.query(opening);
      // Awaited below; the first statement is already on its way behind it.
      begun.catch(() => undefined);
      const result = await work({
        query: async <Row extends object>(text: string, values: readonly unknown[] = []) => {
          if (!open) throw new Error('statement after the end of its transaction');
          try {
            return await this.run<Row>(client, text, values);
          } catch (error) {
            throw mapDatabaseError(error);
          }
        },
      });
      await begun;
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('the transaction is aborted: an error of a statement was swallowed');
      open = false;
      client.release();
      return result;
    } catch (error) {
      open = false;
      await client.query('rollback').catch(() => undefined);
      release(client);
      throw mapDatabaseError(error);
    }
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw mapDatabaseError(error);
    }
  }

  private async run<Row extends object>(
    runner: Runner,
    text: string,
    values: readonly unknown[],
  ): Promise<SqlResult<Row>> {
    const name = values.length > 0 ? this.names.nameOf(text) : undefined;
    const result = await runner.query({ text, values, types: kernelTypes, ...(name === undefined ? {} : { name }) });
    return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
  }
}

/** Gives a client back, unless it is in a state that the next borrower must not meet. */
function release(client: PoolClient): void {
  client.release(client.getTransactionStatus() !== 'I');
}

/** Waits for all, so that no answer arrives after the connection was given back, then fails with the first error. */
async function allSettledFirst<T extends readonly unknown[]>(
  promises: {
    readonly [K in keyof T]: Promise<T[K]>;
  },
): Promise<T> {
  const results = await Promise.allSettled(promises);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined)) as unknown as T;
}
