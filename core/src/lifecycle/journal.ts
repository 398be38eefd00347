import type { JsonObject } from '@bazaar/sdk';
import type { PlatformSql, Sql } from '../data/index.ts';
import { conditions, newestFirst, type Page, type PageInput } from '../paging/index.ts';
import type { Operation, OperationKind, Operator } from './types.ts';

/** An operation that was under way when its node ended. */
export interface Interrupted {
  id: string;
  kind: OperationKind;
  plugin: string;
  step: string;
  input: JsonObject;
  actor: Operator;
}

const COLUMNS = `id, kind, plugin_id as plugin, version, state, step, error, outcome, started_at as "startedAt",
  finished_at as "finishedAt"`;
const NEWEST_FIRST = newestFirst('plugin-operations', 'started_at', 'id');

export interface OperationFilter extends PageInput {
  plugin?: string;
  state?: Operation['state'];
}

/** What is being done to plugins, written down before it is done: a killed node's work is finished or undone from it. */
export class Journal {
  readonly #sql: PlatformSql;

  constructor(sql: PlatformSql) {
    this.#sql = sql;
  }

  async begin(kind: OperationKind, plugin: string, input: JsonObject, actor: Operator): Promise<string> {
    const { rows } = await this.#sql.query<{ id: string }>(
      `insert into core.plugin_operations (kind, plugin_id, step, input, actor) values ($1, $2, 'begin', $3, $4)
       returning id`,
      [kind, plugin, JSON.stringify(input), JSON.stringify(actor)],
    );
    const [row] = rows;
    if (!row) throw new Error('the operation was not written down');
    return row.id;
  }

  /** Before the step is taken. `input` adds what is known by now. */
  async step(id: string, step: string, { version, input = {} }: { version?: string; input?: JsonObject } = {}) {
    await this.#sql.query(
      `update core.plugin_operations set step = $2, version = coalesce($3, version), input = input || $4 where id = $1`,
      [id, step, version ?? null, JSON.stringify(input)],
    );
  }

  async end(id: string, state: 'done' | 'failed' | 'undone', outcome: JsonObject, error?: string): Promise<void> {
    await this.#sql.query(
      `update core.plugin_operations set state = $2, outcome = $3, error = $4, finished_at = now()
         where id = $1 and state = 'running'`,
      [id, state, JSON.stringify(outcome), error ?? null],
    );
  }

  /** It could not be ended yet, and why; it is tried again. */
  async postpone(id: string, error: string): Promise<void> {
    await this.#sql.query(`update core.plugin_operations set error = $2 where id = $1 and state = 'running'`, [
      id,
      error,
    ]);
  }

  /** What could not be ended yet is not tried again. For whoever holds the operation's lock. */
  async giveUp(plugin: string): Promise<void> {
    await this.#sql.query(
      `update core.plugin_operations set state = 'failed', outcome = '{"recovered": true}', finished_at = now()
         where plugin_id = $1 and state = 'running' and error is not null`,
      [plugin],
    );
  }

  async get(id: string): Promise<Operation | undefined> {
    const { rows } = await this.#sql.query<Operation>(`select ${COLUMNS} from core.plugin_operations where id = $1`, [
      id,
    ]);
    return rows[0];
  }

  /** Whether the plugin has an operation that has not ended, and nobody has tried in vain to end. */
  async isRunning(plugin: string): Promise<boolean> {
    const { rows } = await this.#sql.query(
      `select from core.plugin_operations where plugin_id = $1 and state = 'running' and error is null limit 1`,
      [plugin],
    );
    return rows.length > 0;
  }

  async running(): Promise<{ id: string; plugin: string }[]> {
    const { rows } = await this.#sql.query<{ id: string; plugin: string }>(
      `select id, plugin_id as plugin from core.plugin_operations where state = 'running' order by started_at`,
    );
    return rows;
  }

  /**
   * What is known of an operation that nobody is at any more; `undefined` when it has ended. A commit that was on its way
   * when its node died is waited for: it says how far the operation has come.
   */
  async interrupted(id: string): Promise<Interrupted | undefined> {
    const { rows } = await this.#sql.query<Interrupted>(
      `select id, kind, plugin_id as plugin, step, input, actor from core.plugin_operations
         where id = $1 and state = 'running' for update`,
      [id],
    );
    return rows[0];
  }

  /** Newest first. */
  async list({ limit, cursor, plugin, state }: OperationFilter): Promise<Page<Operation>> {
    const found = NEWEST_FIRST.from(conditions().add('plugin_id = ?', plugin).add('state = ?', state), cursor);
    const { rows } = await this.#sql.query<Operation & { sortKey: number }>(
      `select ${COLUMNS}, ${NEWEST_FIRST.column} from core.plugin_operations ${found.where()}
         ${NEWEST_FIRST.end(found, limit)}`,
      found.values,
    );
    return NEWEST_FIRST.page(rows, limit, (operation) => operation);
  }
}

/** The step of an operation whose effect is there: it is finished, and never undone. */
export const COMMITTED = 'converge';

/**
 * In the transaction that makes the operation's effect visible. Rejects when somebody else has ended the operation: it is
 * finished or undone already, and must not take effect now.
 */
export async function stepIn(sql: Sql, id: string, step: string): Promise<void> {
  const { rowCount } = await sql.query(
    `update core.plugin_operations set step = $2 where id = $1 and state = 'running'`,
    [id, step],
  );
  if (rowCount === 0) throw new Error('it took so long that another node has ended it');
}
