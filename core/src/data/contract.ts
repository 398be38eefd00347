import type { JsonObject } from '@bazaar/sdk';
import type { Pool } from 'pg';
import type { CoreModels } from './sequelize/models/index.ts';
import type { PluginDatabase, PluginDataDescription, PluginDataPackage } from './types.ts';

/** Where a PostgreSQL server listens and as whom the kernel administers it. */
export interface EmbeddedConnection {
  /** Folder of the unix socket. */
  host: string;
  port: number;
  user: string;
  /** `bazaar` when absent; created when it does not exist. */
  database?: string;
}

export interface SqlResult<Row> {
  rows: Row[];
  /** Rows read or changed. */
  rowCount: number;
}

/**
 * Parametrised SQL of the kernel. Column names come back as written in the statement; `int8` is a number,
 * `numeric` a string, `timestamptz` a Date, `date` a `YYYY-MM-DD` string.
 */
export interface Sql {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<SqlResult<Row>>;
}

/** The platform role: sees the core tables of all tenants, never a plugin's. For relay, sweeps and sign-in. */
export interface PlatformSql extends Sql {
  /** One transaction; rolled back when `work` throws. Rejects if a failed statement was swallowed. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** A session lock of this process on the whole database. */
export interface HeldLock {
  /** Aborted when the lock is lost with its connection: stop what the lock protected. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** Advisory locks by name or number, held on one connection of their own; a dead process loses its locks at once. */
export interface AdvisoryLocks {
  /** `null` when someone else (also another caller in this process) holds it. */
  tryAcquire(key: string | number): Promise<HeldLock | null>;
  /** Waits, trying again every quarter of a second. */
  acquire(key: string | number, signal?: AbortSignal): Promise<HeldLock>;
  /** Which of the keys some living session holds now. */
  held(keys: readonly (string | number)[]): Promise<Set<string | number>>;
}

/** Messages between the kernel's nodes by NOTIFY. Never publish inside a business transaction: it serialises commits. */
export interface Bus {
  /**
   * Reaches every node, this one included. Equal messages waiting to be sent are merged. Resolves when sent;
   * payloads above 7 KB of JSON are refused.
   */
  publish(kind: string, payload: unknown): Promise<void>;
  /** Returns its undo. */
  on(kind: string, listener: (payload: unknown) => void): () => void;
  /** After the listening connection was lost and restored: messages may have been missed, drop what was cached. */
  onGap(listener: () => void): () => void;
}

export interface PluginData {
  /**
   * Creates schema and login roles, runs pending migrations and verifies the outcome, checks and prepares every
   * named query. All or nothing; the error names what is wrong and what to do. Idempotent.
   */
  install(pkg: PluginDataPackage): Promise<PluginDatabase>;
  /**
   * Opens a version on the schema as it is; creates and migrates nothing. `known`: what this version knew when it was
   * installed (`describe()` of then): nothing is asked of the database, and tables and columns that came later stay
   * invisible to it. Without it, rejects with PluginDataError naming each query that does not fit.
   */
  open(pkg: PluginDataPackage, known?: PluginDataDescription): Promise<PluginDatabase>;
  /** Names of the package's migrations that have not been applied. */
  pending(pkg: PluginDataPackage): Promise<string[]>;
  /**
   * Tries a version without touching what serves: runs all its migrations in a schema that is thrown away (those not
   * applied yet also down and up again), verifies the outcome and prepares every named query; then those of each
   * version in `serving`, and compares what it knew after its own migrations with what it finds. Resolves with what
   * the new version knows, and with the reasons, in an operator's words, why a serving version could not go on beside
   * it. Rejects with PluginDataError when the new version itself is wrong.
   */
  rehearse(pkg: PluginDataPackage, serving: readonly PluginDataPackage[]): Promise<Rehearsal>;
  /** Removes what a rehearsal of the plugin has left whose process was killed. Idempotent. */
  endRehearsal(pluginId: string): Promise<void>;
  /** Why a version could not serve on the schema as it is, by what it knows; empty when it could. Changes nothing. */
  misfits(pkg: PluginDataPackage, known: PluginDataDescription): Promise<string[]>;
  /** Puts the data of a plugin aside that is no longer used: its schema is renamed, nothing in it changes. Idempotent. */
  park(pluginId: string): Promise<void>;
  /** The way back, once protection and rights have been verified. Idempotent. */
  restore(pluginId: string): Promise<void>;
  /** Removes all of a plugin's data, in use or parked, its roles and the record of its migrations. Idempotent. */
  purge(pluginId: string): Promise<void>;
  /** Rows of all tenants together, or of one, exact, in use or parked; `table` is the database's name. */
  rows(pluginId: string, tenantId?: string | null): Promise<{ table: string; rows: number }[]>;
  /** Rows of other tenants than these, in use or parked, by table. */
  orphans(pluginId: string, tenantIds: readonly string[]): Promise<{ table: string; rows: number }[]>;
  /** Removes every row of one tenant, in use or parked; resolves with how many there were. Idempotent. */
  removeTenant(pluginId: string, tenantId: string): Promise<number>;
  /**
   * Every row of every table and tenant, in use or parked, as of one moment, with the database's names; integers too
   * large for a JSON number are text. Holds a connection until it has been read to its end or left.
   */
  export(pluginId: string): AsyncIterable<{ table: string; row: JsonObject }>;
}

export interface Rehearsal extends PluginDataDescription {
  conflicts: { version: string; reasons: string[] }[];
}

/** A weakness that the server did not let us close. */
export interface DatabaseWarning {
  code: string;
  message: string;
}

/** All of the kernel's access to PostgreSQL. Nothing outside the data room sees a driver. */
export interface Database {
  /** e.g. 180004. */
  readonly serverVersion: number;
  readonly warnings: readonly DatabaseWarning[];
  /** Name of the newest core migration that has been applied. */
  readonly coreMigration: string;

  /**
   * Models as seen by one tenant, in one transaction that commits when `work` resolves. Nested calls for the same
   * tenant join the transaction; for another tenant they are refused.
   */
  inTenant<T>(tenantId: string, work: (models: CoreModels) => Promise<T>): Promise<T>;
  /** As `inTenant`, across all tenants. */
  asPlatform<T>(work: (models: CoreModels) => Promise<T>): Promise<T>;
  /** Raw SQL of the tenant role: one statement in its own transaction and one round trip. For hot look-ups. */
  queryInTenant<Row extends object = Record<string, unknown>>(
    tenantId: string,
    text: string,
    values?: readonly unknown[],
  ): Promise<SqlResult<Row>>;
  readonly platform: PlatformSql;

  /**
   * Removes from a log what is older than `before`: whole months, and what lies in no month's partition. Resolves with
   * how many partitions and rows went.
   */
  expireLog(log: 'events' | 'delivery_log' | 'audit_log', before: Date): Promise<number>;

  readonly plugins: PluginData;
  /** How many bytes of the disk the tables of a plugin take, with their indexes; 0 when it has none. */
  pluginBytes(pluginId: string): Promise<number>;
  /** For graphile-worker: owns schema `graphile_worker`. */
  readonly jobQueue: Pool;
  readonly locks: AdvisoryLocks;
  readonly bus: Bus;

  /** Resolves with the round-trip time in milliseconds; rejects when the server does not answer within 2 s. */
  ping(): Promise<number>;
  close(): Promise<void>;
}
