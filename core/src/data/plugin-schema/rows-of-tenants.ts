import { type ClientBase, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import type { RowsPart } from '../sql-check/index.ts';
import { PluginDataError } from './plugin-data-error.ts';
import type { VerificationScope } from './verify.ts';

/** Tenants of one message to the database. */
const BATCH = 100;

interface Reached {
  name: string;
  kind: 'r' | 'p' | 'v' | 'S';
  /** By row security. */
  protected: boolean;
  /** Whether it has a tenant_id. */
  owned: boolean;
  /** A view that reads with the rights of whoever asks. */
  invoker: boolean;
}

/** What is named, what views among it read, and partitions, whose own row security does not hold through their parent. */
const REACHED = `
  with recursive reached (oid) as (
    select c.oid from pg_catalog.pg_class c where c.relnamespace = $1::regnamespace and c.relname = any ($2)
    union
    select next.oid from reached r, lateral (
      select d.refobjid from pg_catalog.pg_rewrite w join pg_catalog.pg_depend d
          on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = w.oid
            and d.refclassid = 'pg_catalog.pg_class'::regclass
        where w.ev_class = r.oid
      union all
      select i.inhrelid from pg_catalog.pg_inherits i where i.inhparent = r.oid) as next (oid))
  select c.relname as name, c.relkind as kind, c.relrowsecurity as protected,
      exists (select from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as owned,
      coalesce(c.reloptions && '{security_invoker=true,security_invoker=on}', false) as invoker
    from reached join pg_catalog.pg_class c using (oid)
    where c.relkind in ('r', 'p', 'v')
    order by c.relname`;

function refuseUnlessSafe(reached: readonly Reached[], targets: readonly string[]): void {
  for (const { name, kind, ...table } of reached) {
    if (kind === 'v') {
      if (table.invoker) continue;
      throw new PluginDataError(`view "${name}" reads with its owner's rights: create it "with (security_invoker)"`);
    }
    if (table.protected && !table.owned) {
      throw new PluginDataError(`"${name}" has lost its tenant_id, and nobody knows whose rows these are`);
    }
    if (table.owned && !table.protected) {
      throw new PluginDataError(
        `rows of "${name}" are read or written before it is protected: put "select bazaar.protect('${name}');" before this`,
      );
    }
  }
  const [owned] = reached.filter((table) => table.protected);
  const shared = owned && reached.find((table) => targets.includes(table.name) && !table.protected);
  if (shared) {
    throw new PluginDataError(
      `writes to "${shared.name}", which is the same for every tenant, what may come from rows of tenants in "${owned.name}"`,
    );
  }
}

/**
 * Whose rows a statement reads or writes; `undefined` when it reaches no table of tenants. Rejects with PluginDataError
 * when rows of one tenant could get to another by it.
 */
export async function tenantsConcerned(
  owner: ClientBase,
  { schema }: VerificationScope,
  { relations, targets }: RowsPart,
  always: readonly string[],
): Promise<string[] | undefined> {
  const { rows: reached } = await owner.query<Reached>(REACHED, [schema, relations]);
  refuseUnlessSafe(reached, targets);
  const tables = reached.filter((table) => table.protected);
  if (tables.length === 0) return undefined;
  const reads = tables.map(({ name }) => `select tenant_id from ${escapeIdentifier(schema)}.${escapeIdentifier(name)}`);
  const { rows } = await owner.query<{ tenant: string }>(
    `select distinct tenant_id as tenant from (${reads.join(' union all ')} union all select unnest($1::uuid[])) as every
      order by tenant`,
    [always],
  );
  return rows.map(({ tenant }) => tenant);
}

/**
 * Runs a statement of a migration for one tenant after the other, as queries of the plugin run: with the rights of its
 * runtime role, by which row security holds. The transaction is the owner's, and his again afterwards.
 */
export async function forEachTenant(
  owner: ClientBase,
  { runtime }: VerificationScope,
  tenants: readonly string[],
  statement: string,
): Promise<void> {
  await owner.query(`set local role ${escapeIdentifier(runtime)}`);
  for (let first = 0; first < tenants.length; first += BATCH) {
    const prefixes = tenants
      .slice(first, first + BATCH)
      .map((tenant) => `set local app.tenant_id = ${escapeLiteral(tenant)};`);
    try {
      await owner.query(prefixes.map((prefix) => `${prefix}${statement}\n;`).join(''));
    } catch (error) {
      throw error instanceof DatabaseError ? within(error, statement, prefixes[0] ?? '') : error;
    }
  }
  await owner.query(`set local role none; set local app.tenant_id = ''`);
}

/** The error with its position in the statement and not in all that was sent. */
function within(error: DatabaseError, statement: string, prefix: string): DatabaseError {
  const unit = prefix.length + statement.length + '\n;'.length;
  if (error.position) error.position = String(((Number(error.position) - 1) % unit) - prefix.length + 1);
  return error;
}
