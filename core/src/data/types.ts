import type { FindOptions, JsonObject, Page, PageOptions, TaskRequest, Where } from '@bazaar/sdk';

/** Who caused a change, as the audit log records it. */
export interface Actor {
  kind: 'user' | 'visitor' | 'plugin' | 'system';
  userId: string | null;
  ip?: string;
  userAgent?: string;
  /** The operator who acts as this person; written into the detail of every line. */
  impersonator?: { id: string; name: string };
}

/** One invocation of a plugin, as far as the database must know it. */
export interface PluginScope {
  tenantId: string;
  /** Read-only work runs each query in its own read-only transaction: one round trip, nothing to commit. */
  readOnly: boolean;
  actor: Actor;
  requestId: string;
  /**
   * When absent, the database asks for a licence that allows changes when the work commits. `read-only`: there is none,
   * the transaction is opened so that nothing can be changed. `not-needed`: work of the kernel's own, such as erasing a
   * person, that goes on without one.
   */
  licence?: 'read-only' | 'not-needed';
  /** Asked before each statement is sent, when there is a connection for it; throws when it must not be sent any more. */
  beforeStatement?(): void;
  /** Asked before each statement that may make the plugin's tables larger; throws when they must not grow. */
  beforeGrowth?(): void;
  /** Told how many rows a named query has changed without returning them. Must not throw. */
  changed?(rows: number): void;
  /** Told again and again for how many milliseconds more the server has worked on its statements. Must not throw. */
  executed?(milliseconds: number): void;
  /** Told of each statement that the server computes on without heeding any timeout, also after the work has ended. Must not throw. */
  deaf?(): void;
}

/** One use of a meter, counted with the commit. */
export interface StagedUsage {
  meter: string;
  /** Of the period: a day in UTC, `YYYY-MM-DD`. */
  since: string;
  /** How many there may be since then; commit fails beyond. */
  cap: number | null;
}

export interface StagedEvent {
  name: string;
  version: number;
  subject: string;
  payload: JsonObject;
}

export interface StagedAudit {
  action: string;
  entityId?: string;
  detail?: JsonObject;
}

/** One run of a schedule for a tenant, as the node that holds it knows it. */
export interface ScheduledRun {
  /** Of the schedule. */
  name: string;
  /** ISO 8601. */
  due: string;
  node: string;
  /** Of the plugin. */
  version: string;
}

/**
 * All that one invocation does to the database, as one transaction of the plugin's own login role: opened by the
 * first statement, tenant and role fixed by the database, committed once together with events, audit and tasks.
 */
export interface PluginUnitOfWork {
  find(table: string, options: FindOptions<JsonObject>): Promise<JsonObject[]>;
  page(table: string, options: PageOptions<JsonObject>): Promise<Page<JsonObject>>;
  count(table: string, where: Where<JsonObject>): Promise<number>;
  insert(table: string, rows: readonly JsonObject[]): Promise<JsonObject[]>;
  update(table: string, where: Where<JsonObject>, set: JsonObject): Promise<JsonObject[]>;
  delete(table: string, where: Where<JsonObject>): Promise<number>;
  query(name: string, params: JsonObject): Promise<JsonObject[]>;

  emit(event: StagedEvent): void;
  audit(entry: StagedAudit): void;
  raiseTask(task: TaskRequest): void;
  resolveTask(key: string): void;
  /** Counts one; when the work does not commit, nothing was counted. */
  meter(usage: StagedUsage): void;
  /** Removes the delivery in the same transaction; commit fails if this node no longer holds it. */
  completeDelivery(deliveryId: string, nodeId: string): void;
  /** Ends the run of a schedule in the same transaction; commit fails if this node no longer holds it. */
  completeRun(run: ScheduledRun): void;

  /** Whether commit will write anything to the outbox: the relay is woken then. */
  readonly hasEvents: boolean;
  /** Writes what was staged and commits. After an error in any statement it rejects and rolls back. */
  commit(): Promise<void>;
  /** Safe to call at any time, also after commit. */
  rollback(): Promise<void>;
}

/** The data of one plugin version: knows its tables (from the catalogue) and its named queries. */
export interface PluginDatabase {
  open(scope: PluginScope): PluginUnitOfWork;
  /** For type generation and OpenAPI. */
  describe(): PluginDataDescription;
  close(): Promise<void>;
}

/** What a version knows of its schema: plain JSON, enough to open the version again without asking the database. */
export interface PluginDataDescription {
  tables: TableDescription[];
  queries: {
    name: string;
    statement: 'select' | 'insert' | 'update' | 'delete';
    params: ColumnDescription[];
    columns: ColumnDescription[];
    /** How many columns each `*` in its list of results stands for; absent when there is none. */
    stars?: number[];
  }[];
}

/** `name` is camelCase, as plugins see it; the names of columns in `primaryKey` and `constraints` are the database's. */
export interface TableDescription {
  name: string;
  table: string;
  /** All but the tenant's. */
  columns: ColumnDescription[];
  primaryKey: string[];
  /** The same for all tenants, and read-only. */
  shared: boolean;
  /** Columns that each constraint and unique index speaks of, by its name. */
  constraints: Record<string, string[]>;
}

/** `name` is camelCase, as plugins see it. */
export interface ColumnDescription {
  name: string;
  column: string;
  /** PostgreSQL type name, e.g. `timestamptz`, `_text` for an array. */
  type: string;
  nullable: boolean;
  hasDefault: boolean;
  generated: boolean;
}

/** What the data layer needs of a plugin package; read from disk by the plugin loader. */
export interface PluginDataPackage {
  pluginId: string;
  version: string;
  /** In order; `up` and `down` are the two halves of `migrations/NNNN-name.sql` split at `-- down`. */
  migrations: { name: string; up: string; down: string }[];
  /** `queries/<name>.sql`: name is the file name in camelCase. */
  queries: { name: string; sql: string }[];
  sharedTables: string[];
}
