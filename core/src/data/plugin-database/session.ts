import type { JsonObject, JsonValue } from '@bazaar/sdk';
import pg, { type PoolClient, type PoolConfig, type QueryArrayResult } from 'pg';
import { AnswerTooLarge, limitAnswers } from './answer-limit.ts';
import { BEHIND_ALL, BEHIND_KERNEL, yieldToKernel } from './backend-priority.ts';
import { JSON_TYPES } from './column-types.ts';
import type { ConnectionBudget } from './connection-budget.ts';
import { DeafBackends, processOf } from './deaf-backends.ts';
import type { Gate } from './gate.ts';
import type { Statement } from './statements.ts';

const MAX_CONNECTIONS = 10;
const IDLE_MS = 30_000;
const STATEMENT_TIMEOUT_MS = 5_000;
const IDLE_TRANSACTION_TIMEOUT_MS = 60_000;
/** Beyond this, statements run unnamed: a plugin that makes ever new shapes must not fill the server's memory. */
const MAX_NAMED = 300;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Connections of one plugin's runtime role. Opened on demand and closed when idle: thousands of plugins may exist. */
export class PluginPool {
  readonly #pool: pg.Pool;
  readonly #names = new Map<string, string>();

  readonly #budget: ConnectionBudget;
  readonly #leaveBudget: () => void;

  readonly #gate: Gate;
  readonly #deaf = new DeafBackends();
  readonly #isLocal: boolean;
  readonly #onIdleError: (error: Error) => void;

  constructor(login: PoolConfig, budget: ConnectionBudget, gate: Gate, onIdleError: (error: Error) => void) {
    this.#pool = new pg.Pool({
      ...login,
      max: MAX_CONNECTIONS,
      idleTimeoutMillis: IDLE_MS,
      connectionTimeoutMillis: 10_000,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
      pipeline: true,
    });
    this.#isLocal = login.host?.startsWith('/') ?? false;
    this.#onIdleError = onIdleError;
    this.#pool.on('error', onIdleError);
    // A connection that dies between two statements of a transaction fails the next one; without a listener the
    // driver's event would end the process.
    this.#pool.on('connect', (client) => {
      client.on('error', (error: Error) => {
        // The one whose statement it was is told.
        if (!(error instanceof AnswerTooLarge)) onIdleError(error);
      });
      limitAnswers(client);
      this.#place(processOf(client), BEHIND_KERNEL);
    });
    this.#budget = budget;
    this.#gate = gate;
    this.#leaveBudget = budget.add(this.#pool);
  }

  connect(): Promise<PoolClient> {
    const { opening } = this.#gate;
    if (opening) return opening.then(() => this.connect());
    return this.#deaf.areTooMany ? this.#connectWhenHeard() : this.#budget.connect(this.#pool);
  }

  async #connectWhenHeard(): Promise<PoolClient> {
    const client = await this.#budget.connect(this.#pool);
    try {
      await this.#deaf.look(client);
      return client;
    } catch (error) {
      client.release();
      throw error;
    }
  }

  /**
   * Gives the connection up when the server does not answer. Returns its undo, to be called when it has. `onDeaf`: told
   * when the statement cannot be stopped.
   */
  expectAnswer(client: PoolClient, onDeaf: (() => void) | undefined): () => void {
    return this.#deaf.expectAnswer(client, (pid) => {
      this.#place(pid, BEHIND_ALL);
      this.#whetherItComputes(pid).then((does) => {
        if (does) onDeaf?.();
      }, this.#onIdleError);
    });
  }

  #place(pid: number, steps: number): void {
    if (this.#isLocal && pid > 0) void yieldToKernel(pid, steps);
  }

  async #whetherItComputes(pid: number): Promise<boolean> {
    const client = await this.#budget.connect(this.#pool);
    try {
      return await this.#deaf.computes(client, pid);
    } finally {
      client.release();
    }
  }

  /** The driver's form of a statement; the name makes PostgreSQL plan it once per connection. */
  prepare(statement: Statement): pg.QueryArrayConfig {
    let name = this.#names.get(statement.text);
    if (name === undefined && this.#names.size < MAX_NAMED) {
      name = `s${this.#names.size + 1}`;
      this.#names.set(statement.text, name);
    }
    return {
      text: statement.text,
      values: statement.values,
      rowMode: 'array',
      types: JSON_TYPES,
      ...(name === undefined ? {} : { name }),
    };
  }

  async close(): Promise<void> {
    await this.#pool.end();
    this.#leaveBudget();
  }
}

/** Opens a transaction of one tenant in a single message; the tenant holds until its end and not a statement longer. */
export function opening(tenantId: string, readOnly: boolean): string {
  if (!UUID.test(tenantId)) throw new Error('a tenant id must be a lower-case UUID');
  return `BEGIN${readOnly ? ' READ ONLY' : ''};SET LOCAL app.tenant_id='${tenantId}'`;
}

export function toRows(result: Pick<QueryArrayResult, 'rows'>, fields: readonly string[]): JsonObject[] {
  return result.rows.map((values: JsonValue[]) => {
    const row: JsonObject = {};
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index];
      if (field !== undefined) row[field] = values[index] ?? null;
    }
    return row;
  });
}

/** Whether the connection itself is broken and must not serve anybody else. */
export function isConnectionError(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || /^(08|57P)/.test(error.code ?? '');
}
