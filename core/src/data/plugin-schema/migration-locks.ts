import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientBase, DatabaseError, escapeIdentifier } from 'pg';
import { LOCK_MODES, type LockedRelation } from '../sql-check/index.ts';
import { PluginDataError } from './plugin-data-error.ts';

/** How often and how long we look whether all tables are free: first as it comes, then with new work held back. */
const LOOK_MS = 5;
const BRIEF_LOOK_MS = 100;
const LONG_LOOK_MS = 1_000;
/** How long new work waits for a migration at most before it meets the locks themselves. */
const HOLD_MS = 3_000;
/** PostgreSQL ends a vacuum of its own that somebody has been waiting for since a second. */
const VACUUM_MS = 1_500;
/**
 * For what the text of a migration does not tell. After a second, PostgreSQL looks for deadlocks and ends whoever finds
 * one, be it a request: until then we have given up.
 */
const UNFORESEEN_LOCK = '500ms';

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

const RESOLVE = `
  with wanted as (select * from unnest($2::text[], $3::integer[], $4::boolean[]) as w (name, rank, neighbours)),
    named as (
      select coalesce(x.indrelid, c.oid) as oid, w.rank, w.neighbours
        from wanted w join pg_catalog.pg_class c on c.relname = w.name and c.relnamespace = $1::regnamespace
          left join pg_catalog.pg_index x on x.indexrelid = c.oid
        where c.relkind in ('r', 'p', 'i', 'I')),
    affected as (
      select oid, rank from named
      union all
      select case when k.conrelid = n.oid then k.confrelid else k.conrelid end, n.rank
        from named n join pg_catalog.pg_constraint k on k.contype = 'f' and n.oid in (k.conrelid, k.confrelid)
        where n.neighbours)
  select c.relname as name, max(a.rank) as rank from affected a join pg_catalog.pg_class c on c.oid = a.oid
    group by c.relname order by c.relname`;

/** Whether nobody but PostgreSQL's own vacuum is in the way. */
const ONLY_VACUUM = `
  select count(*) > 0 and bool_and(l.mode = 'ShareUpdateExclusiveLock') as vacuum
    from pg_catalog.pg_locks l join pg_catalog.pg_class c on c.oid = l.relation
    where l.granted and l.pid <> pg_backend_pid() and c.relnamespace = $1::regnamespace and c.relname = any ($2)`;

/** New work of the plugin can be held back on all nodes; it is let go after the migration, or by itself. */
export interface Hold {
  hold(milliseconds: number): void;
}

class TableLocks {
  readonly #owner: ClientBase;
  readonly #schema: string;
  readonly #tables: readonly { name: string; rank: number }[];

  constructor(owner: ClientBase, schema: string, tables: readonly { name: string; rank: number }[]) {
    this.#owner = owner;
    this.#schema = schema;
    this.#tables = tables;
  }

  /**
   * Opens the transaction with all locks at once, or not at all: who waits for one table while holding another ends in
   * a deadlock with those who use them in another order.
   */
  async #begin(timeout: number | 'nowait'): Promise<boolean> {
    const wait = timeout === 'nowait' ? ' nowait' : '';
    const locks = this.#tables.map(
      ({ name, rank }) =>
        `lock table ${escapeIdentifier(this.#schema)}.${escapeIdentifier(name)} in ${LOCK_MODES[rank]} mode${wait}`,
    );
    const limit = timeout === 'nowait' ? UNFORESEEN_LOCK : `${timeout}ms`;
    try {
      await this.#owner.query([`begin; set local lock_timeout = '${limit}'`, ...locks].join('; '));
      await this.#owner.query(`set local lock_timeout = '${UNFORESEEN_LOCK}'`);
      return true;
    } catch (error) {
      await this.#owner.query('rollback');
      if (isBusy(error)) return false;
      throw error;
    }
  }

  async #look(milliseconds: number): Promise<boolean> {
    const deadline = performance.now() + milliseconds;
    do {
      if (await this.#begin('nowait')) return true;
      await sleep(LOOK_MS);
    } while (performance.now() < deadline);
    return false;
  }

  async acquire({ hold }: Hold): Promise<boolean> {
    if (await this.#look(this.#tables.length === 0 ? 0 : BRIEF_LOOK_MS)) return true;
    hold(LONG_LOOK_MS + VACUUM_MS);
    if (await this.#look(LONG_LOOK_MS)) return true;
    const { rows } = await this.#owner.query<{ vacuum: boolean }>(ONLY_VACUUM, [
      this.#schema,
      this.#tables.map(({ name }) => name),
    ]);
    return rows[0]?.vacuum === true && this.#begin(VACUUM_MS);
  }
}

/** The tables were in use all the time that one attempt takes. */
class TablesInUse extends Error {}

function isBusy(error: unknown): boolean {
  const cause = error instanceof PluginDataError ? error.cause : error;
  if (cause instanceof TablesInUse) return true;
  return cause instanceof DatabaseError && (cause.code === LOCK_NOT_AVAILABLE || cause.code === DEADLOCK);
}

/**
 * Opens a transaction that holds the locks of all its migrations. Those who serve never queue behind a migration that
 * waits itself: it looks again and again whether the tables are free.
 */
export async function beginWithLocks(
  owner: ClientBase,
  schema: string,
  wanted: readonly LockedRelation[],
  traffic: Hold,
): Promise<void> {
  const { rows } = await owner.query<{ name: string; rank: number }>(RESOLVE, [
    schema,
    wanted.map(({ name }) => name),
    wanted.map(({ mode }) => LOCK_MODES.indexOf(mode)),
    wanted.map(({ neighbours }) => neighbours),
  ]);
  if (!(await new TableLocks(owner, schema, rows).acquire(traffic))) throw new TablesInUse();
  // Outside the database, waiting has no statement's timeout.
  if (rows.length > 0) traffic.hold(HOLD_MS);
}

/** Who keeps tables of the schema for longest, as the server sees it. */
async function describeHolder(admin: ClientBase, schema: string, but: string): Promise<string> {
  const { rows } = await admin.query<{ role: string; seconds: number; tables: string }>(
    `select a.usename as role, extract(epoch from clock_timestamp() - a.xact_start)::integer as seconds,
        string_agg(distinct c.relname, ', ') as tables
      from pg_catalog.pg_locks l join pg_catalog.pg_class c on c.oid = l.relation
        join pg_catalog.pg_stat_activity a on a.pid = l.pid
      where l.granted and c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and a.usename <> $2
      group by a.pid, a.usename, a.xact_start order by a.xact_start limit 1`,
    [schema, but],
  );
  const [holder] = rows;
  return holder ? ` Since ${holder.seconds} s, a transaction of ${holder.role} has been using ${holder.tables}.` : '';
}

export interface Patience {
  pluginId: string;
  schema: string;
  owner: string;
  /** In all, from the first attempt. */
  milliseconds: number;
}

/** Repeats an attempt that leaves nothing behind while the tables are in use; rejects in words when the time is over. */
export async function whenTablesAreFree(
  admin: ClientBase,
  { pluginId, schema, owner, milliseconds }: Patience,
  attempt: () => Promise<void>,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  for (let pause = 250; ; pause = Math.min(2 * pause, 3_000)) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() + pause < deadline) {
        await sleep(pause * (0.5 + Math.random()));
        continue;
      }
      const holder = await describeHolder(admin, schema, owner);
      throw new PluginDataError(
        `The tables of ${pluginId} were in use for ${Math.round(milliseconds / 1000)} s, so that its migrations could not begin; nothing has changed.${holder}`,
        { cause: error },
      );
    }
  }
}
