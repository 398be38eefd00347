import type { FindOptions, JsonObject, Page, PageOptions, TaskRequest, Where } from '@bazaar/sdk';
import type { QueryArrayResult } from 'pg';
import type { PluginScope, PluginUnitOfWork, ScheduledRun, StagedAudit, StagedEvent, StagedUsage } from '../types.ts';
import { TableApiMisuse, translate } from './errors.ts';
import { page } from './keyset-page.ts';
import { namedQuery, type PreparedQuery } from './named-query.ts';
import { toRows } from './session.ts';
import { count, find, insert, remove, type Statement, update } from './statements.ts';
import type { Table } from './table.ts';

/** The tables and queries of one plugin version. */
export interface PluginCatalogue {
  tables: ReadonlyMap<string, Table>;
  queries: ReadonlyMap<string, PreparedQuery>;
  /** Those of all tables: named queries do not say which they change. */
  constraints: ReadonlyMap<string, readonly string[]>;
}

/** An update writes its rows anew. */
const GROWS: ReadonlySet<PreparedQuery['statement']> = new Set(['insert', 'update']);

export interface StatementResult {
  rows: QueryArrayResult['rows'];
  rowCount: number;
}

/** What both kinds of work share: turning calls into statements. How a statement runs is theirs. */
export abstract class Work implements PluginUnitOfWork {
  protected readonly scope: PluginScope;
  readonly #catalogue: PluginCatalogue;

  constructor(scope: PluginScope, catalogue: PluginCatalogue) {
    this.scope = scope;
    this.#catalogue = catalogue;
  }

  protected abstract run(statement: Statement): Promise<StatementResult>;

  /** The error of a statement as its caller should meet it. */
  protected refusal(error: unknown, statement: Statement): Error {
    return translate(error, {
      parameterColumns: statement.names,
      constraintColumns: statement.table?.constraints ?? this.#catalogue.constraints,
      ...(statement.table ? { table: statement.table.name } : {}),
    });
  }

  async #rows(statement: Statement): Promise<JsonObject[]> {
    return toRows(await this.run(statement), statement.fields);
  }

  #table(name: string): Table {
    const table = this.#catalogue.tables.get(name);
    if (!table) throw new TableApiMisuse(`the plugin has no table “${name}”`);
    return table;
  }

  async find(table: string, options: FindOptions<JsonObject>): Promise<JsonObject[]> {
    return this.#rows(find(this.#table(table), options));
  }

  async page(table: string, options: PageOptions<JsonObject>): Promise<Page<JsonObject>> {
    const statement = page(this.#table(table), options);
    return statement.toPage(await this.#rows(statement));
  }

  async count(table: string, where: Where<JsonObject>): Promise<number> {
    const [row] = await this.#rows(count(this.#table(table), where));
    return row?.count as number;
  }

  async insert(table: string, rows: readonly JsonObject[]): Promise<JsonObject[]> {
    this.scope.beforeGrowth?.();
    return this.#rows(insert(this.#table(table), rows));
  }

  async update(table: string, where: Where<JsonObject>, set: JsonObject): Promise<JsonObject[]> {
    this.scope.beforeGrowth?.();
    return this.#rows(update(this.#table(table), where, set));
  }

  async delete(table: string, where: Where<JsonObject>): Promise<number> {
    return (await this.run(remove(this.#table(table), where))).rowCount;
  }

  async query(name: string, params: JsonObject): Promise<JsonObject[]> {
    const query = this.#catalogue.queries.get(name);
    if (!query) throw new TableApiMisuse(`the plugin has no query “${name}”`);
    const statement = namedQuery(query, params);
    if (GROWS.has(query.statement)) this.scope.beforeGrowth?.();
    const result = await this.run(statement);
    const unseen = query.statement === 'select' ? 0 : result.rowCount - result.rows.length;
    if (unseen > 0) this.scope.changed?.(unseen);
    return toRows(result, statement.fields);
  }

  abstract readonly hasEvents: boolean;
  abstract emit(event: StagedEvent): void;
  abstract audit(entry: StagedAudit): void;
  abstract raiseTask(task: TaskRequest): void;
  abstract resolveTask(key: string): void;
  abstract meter(usage: StagedUsage): void;
  abstract completeDelivery(deliveryId: string, nodeId: string): void;
  abstract completeRun(run: ScheduledRun): void;
  abstract commit(): Promise<void>;
  abstract rollback(): Promise<void>;
}
