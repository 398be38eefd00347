import { inOneFlight } from '../kernel-sql/one-flight.ts';
import type { PluginScope } from '../types.ts';
import { TableApiMisuse } from './errors.ts';
import { executionMs, idleMs } from './execution-time.ts';
import { isConnectionError, opening, type PluginPool } from './session.ts';
import type { Statement } from './statements.ts';
import { type PluginCatalogue, type StatementResult, Work } from './work.ts';

/**
 * Reads: every statement is a read-only transaction of its own, sent with its BEGIN and COMMIT in one flight. Under
 * READ COMMITTED a longer transaction would see nothing more consistent, and it would cost a round trip more.
 */
export class ReadWork extends Work {
  readonly hasEvents = false;
  readonly #pool: PluginPool;
  readonly #open: string;

  constructor(scope: PluginScope, catalogue: PluginCatalogue, pool: PluginPool) {
    super(scope, catalogue);
    this.#pool = pool;
    this.#open = opening(scope.tenantId, true);
  }

  protected async run(statement: Statement): Promise<StatementResult> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw this.refusal(error, statement);
    });
    try {
      this.scope.beforeStatement?.();
    } catch (refusal) {
      client.release();
      throw refusal;
    }
    let broken: Error | undefined;
    const sent = performance.now();
    const idle = idleMs();
    const answered = this.#pool.expectAnswer(client, this.scope.deaf);
    try {
      // All three are awaited even after a failure: the connection goes back only when nothing is under way on it.
      const [open, answer, close] = await Promise.allSettled(
        inOneFlight(
          client,
          () =>
            [client.query(this.#open), client.query(this.#pool.prepare(statement)), client.query('COMMIT')] as const,
        ),
      );
      if (open.status === 'rejected') throw open.reason;
      if (answer.status === 'rejected') throw answer.reason;
      if (close.status === 'rejected') throw close.reason;
      return { rows: answer.value.rows, rowCount: answer.value.rowCount ?? 0 };
    } catch (error) {
      if (isConnectionError(error)) broken = error as Error;
      throw this.refusal(error, statement);
    } finally {
      answered();
      this.scope.executed?.(executionMs(performance.now() - sent, idleMs() - idle));
      client.release(broken);
    }
  }

  #refuse(what: string): never {
    throw new TableApiMisuse(`an action declared with effect “read” tried to ${what}`);
  }

  emit(): void {
    this.#refuse('emit an event');
  }

  audit(): void {
    this.#refuse('write to the audit log');
  }

  raiseTask(): void {
    this.#refuse('raise a task');
  }

  resolveTask(): void {
    this.#refuse('resolve a task');
  }

  meter(): void {
    this.#refuse('be counted');
  }

  completeDelivery(): void {
    this.#refuse('complete a delivery');
  }

  completeRun(): void {
    this.#refuse('end the run of a schedule');
  }

  async commit(): Promise<void> {
    // Every statement has ended its own transaction.
  }

  async rollback(): Promise<void> {
    // Nothing is open.
  }
}
