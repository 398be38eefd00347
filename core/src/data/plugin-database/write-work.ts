import type { TaskRequest } from '@bazaar/sdk';
import type { PoolClient } from 'pg';
import { holdUntilNextTick, inOneFlight } from '../kernel-sql/one-flight.ts';
import type { PluginScope, ScheduledRun, StagedAudit, StagedEvent, StagedUsage } from '../types.ts';
import { cancelRunning } from './cancel.ts';
import { heldBack, translate } from './errors.ts';
import { executionMs, idleMs } from './execution-time.ts';
import { isConnectionError, opening, type PluginPool } from './session.ts';
import type { Statement } from './statements.ts';
import { type PluginCatalogue, type StatementResult, Work } from './work.ts';

type Task = { raise: TaskRequest } | { resolve: string };

const ENDED = 'the unit of work has ended; was a promise of the handler not awaited?';
const COMMIT_EFFECTS = { name: 'commit_effects', text: 'select bazaar.commit_effects($1)' };
const COMPLETE_RUN = { name: 'complete_run', text: 'select bazaar.complete_run($1)' };

/**
 * Writes: one transaction, opened in the same flight as the first statement. What happens outside the plugin's own
 * tables (events, audit, tasks, the delivery or scheduled run that is being handled) is staged here and written in the same flight as
 * COMMIT.
 */
export class WriteWork extends Work {
  readonly #pool: PluginPool;
  readonly #open: string;
  #client: Promise<PoolClient> | undefined;
  #state: 'active' | 'ended' = 'active';
  #failure: Error | undefined;
  #running = 0;
  /** Up to when, by both clocks, the server's work has been told of. */
  #told = 0;
  #toldIdle = 0;
  #answered: (() => void) | undefined;

  readonly #events: StagedEvent[] = [];
  readonly #audit: StagedAudit[] = [];
  readonly #tasks: Task[] = [];
  #usage: StagedUsage | undefined;
  #delivery: { id: string; node: string } | undefined;
  #scheduled: ScheduledRun | undefined;

  constructor(scope: PluginScope, catalogue: PluginCatalogue, pool: PluginPool) {
    super(scope, catalogue);
    this.#pool = pool;
    this.#open = opening(scope.tenantId, scope.licence === 'read-only');
  }

  get hasEvents(): boolean {
    return this.#events.length > 0;
  }

  #connect(): Promise<PoolClient> {
    this.#client ??= this.#pool.connect().then((client) => {
      // Not awaited: the first statement follows in the same flight. Its failure fails that statement as well.
      holdUntilNextTick(client);
      client.query(this.#open).catch((error: unknown) => this.#fail(translate(error)));
      return client;
    });
    return this.#client;
  }

  /** Only what a licence holds back is opened so that it cannot write: that is no mistake of the plugin's. */
  protected override refusal(error: unknown, statement: Statement): Error {
    return heldBack(error) ?? super.refusal(error, statement);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
  }

  protected async run(statement: Statement): Promise<StatementResult> {
    if (this.#state === 'ended') throw new Error(ENDED);
    if (this.#failure) throw this.#failure;
    const client = await this.#connect().catch((error: unknown) => this.#failed(error, statement));
    // A statement that is not sent undoes nothing: the handler may commit what it has done so far.
    this.scope.beforeStatement?.();
    try {
      if (this.#running++ === 0) this.#startClock(client);
      const { rows, rowCount } = await client.query(this.#pool.prepare(statement)).finally(() => {
        this.#running--;
        this.#tell(client);
      });
      return { rows, rowCount: rowCount ?? 0 };
    } catch (error) {
      return this.#failed(error, statement);
    }
  }

  #failed(error: unknown, statement: Statement): never {
    const refusal = this.refusal(error, statement);
    this.#fail(refusal);
    throw refusal;
  }

  #startClock(client: PoolClient): void {
    this.#answered?.();
    this.#answered = this.#pool.expectAnswer(client, this.scope.deaf);
    this.#told = performance.now();
    this.#toldIdle = idleMs();
  }

  /** Statements that were sent at once run one after the other: from one answer to the next it is one of them. */
  #tell(client: PoolClient): void {
    const [told, idle] = [this.#told, this.#toldIdle];
    this.#startClock(client);
    if (this.#running === 0) this.#answered?.();
    this.scope.executed?.(executionMs(this.#told - told, this.#toldIdle - idle));
  }

  emit(event: StagedEvent): void {
    this.#events.push(event);
  }

  audit(entry: StagedAudit): void {
    this.#audit.push(entry);
  }

  raiseTask(task: TaskRequest): void {
    this.#tasks.push({ raise: task });
  }

  resolveTask(key: string): void {
    this.#tasks.push({ resolve: key });
  }

  meter(usage: StagedUsage): void {
    this.#usage = usage;
  }

  completeDelivery(id: string, node: string): void {
    this.#delivery = { id, node };
  }

  completeRun(run: ScheduledRun): void {
    this.#scheduled = run;
  }

  /** What is asked of the database at commit, also when nothing was staged: whether the licence allows it. */
  #effects(): string {
    const { actor, requestId, licence } = this.scope;
    const usage = this.#usage;
    return JSON.stringify({
      requestId,
      actor,
      ...(licence === 'not-needed' ? { kernel: true } : {}),
      ...(this.#events.length > 0 ? { events: this.#events } : {}),
      ...(this.#audit.length > 0 ? { audit: this.#audit.map((entry) => withImpersonator(entry, actor)) } : {}),
      ...(this.#tasks.length > 0 ? { tasks: this.#tasks } : {}),
      ...(this.#delivery ? { delivery: this.#delivery } : {}),
      ...(usage ? { meter: { name: usage.meter, since: usage.since, cap: usage.cap } } : {}),
    });
  }

  get #isStaged(): boolean {
    const lists = [this.#events, this.#audit, this.#tasks];
    return (
      lists.some(({ length }) => length > 0) ||
      [this.#delivery, this.#scheduled, this.#usage].some((one) => one !== undefined)
    );
  }

  async commit(): Promise<void> {
    if (this.#state === 'ended') throw new Error(ENDED);
    if (this.#failure) {
      await this.rollback();
      throw this.#failure;
    }
    const run = this.#scheduled;
    if (!this.#client && !this.#isStaged) {
      this.#state = 'ended';
      return;
    }
    const client = await this.#connect().catch((error: unknown) => {
      this.#state = 'ended';
      throw translate(error);
    });
    this.#state = 'ended';
    let broken: Error | undefined;
    // Deferred constraints are checked by COMMIT.
    this.#startClock(client);
    try {
      const [effect, ended, commit] = await Promise.allSettled(
        inOneFlight(
          client,
          () =>
            [
              client.query({ ...COMMIT_EFFECTS, values: [this.#effects()] }),
              run ? client.query({ ...COMPLETE_RUN, values: [JSON.stringify(run)] }) : undefined,
              client.query('COMMIT'),
            ] as const,
        ),
      );
      if (effect.status === 'rejected') throw effect.reason;
      if (ended.status === 'rejected') throw ended.reason;
      if (commit.status === 'rejected') throw commit.reason;
      // PostgreSQL answers COMMIT of an aborted transaction with success and the tag ROLLBACK.
      if (commit.value.command !== 'COMMIT') throw this.#failure ?? new Error('the transaction was aborted');
    } catch (error) {
      if (isConnectionError(error)) broken = error as Error;
      throw heldBack(error) ?? translate(error);
    } finally {
      this.#tell(client);
      client.release(broken);
    }
  }

  async rollback(): Promise<void> {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    const client = await this.#client?.catch(() => undefined);
    if (!client) return;
    let broken: Error | undefined;
    // The handler has gone: nobody waits for its statement any more, and ROLLBACK would.
    if (this.#running > 0) cancelRunning(client);
    try {
      await client.query('ROLLBACK');
    } catch (error) {
      broken = error as Error;
    } finally {
      client.release(broken);
    }
  }
}

/** Both names in every line: whom an operator acts as is the actor, the operator stands in the detail. */
function withImpersonator(entry: StagedAudit, { impersonator }: PluginScope['actor']): StagedAudit {
  return impersonator === undefined ? entry : { ...entry, detail: { ...entry.detail, impersonator } };
}
