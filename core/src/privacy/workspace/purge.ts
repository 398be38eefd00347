import type { Database, Sql } from '../../data/index.ts';
import { addUp } from '../certificate.ts';
import { eraseAccount } from '../people/index.ts';
import type { ClaimedRequest } from '../requests/index.ts';
import type { ErasedCount, KeptCount, Workspace } from '../types.ts';

const LAW = 'Must be kept for up to ten years (tax and commercial law, Art. 17(3)(b) GDPR).';
const PROOF = 'Proves what was done and may not be altered; it names accounts by number only (Art. 17(3)(e) GDPR).';

/** Tables whose rows of a deleted tenant stay, and why. Files go by themselves, once their content is gone. */
const KEPT: Readonly<Record<string, { what: string; reason: string } | null>> = {
  invoices: { what: 'Invoices', reason: LAW },
  purchases: { what: 'Orders', reason: LAW },
  subscriptions: { what: 'Subscriptions', reason: LAW },
  billing_customers: { what: 'Billing accounts', reason: LAW },
  disputes: { what: 'Disputes', reason: LAW },
  ledger_bookings: { what: 'Bookings', reason: LAW },
  audit_log: { what: 'Entries of the audit log', reason: PROOF },
  audit_chain: null,
  audit_heads: null,
  audit_pending: null,
  privacy_requests: null,
  files: null,
};

async function tablesOfTenants(sql: Sql): Promise<{ name: string; deletable: boolean }[]> {
  const { rows } = await sql.query<{ name: string; deletable: boolean }>(
    `select c.relname as name, has_table_privilege(c.oid, 'delete') as deletable from pg_catalog.pg_class c
      where c.relnamespace = 'core'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'
          and not a.attisdropped)
      order by 1`,
  );
  return rows;
}

async function countKept(sql: Sql, tenantId: string): Promise<KeptCount[]> {
  const kept: KeptCount[] = [];
  for (const { name } of await tablesOfTenants(sql)) {
    const entry = KEPT[name];
    if (!entry) continue;
    const { rows } = await sql.query<{ count: number }>(
      `select count(*) as count from core.${name} where tenant_id = $1`,
      [tenantId],
    );
    const count = rows[0]?.count ?? 0;
    if (count > 0) kept.push({ ...entry, count });
  }
  return kept;
}

/**
 * Removes all rows of the tenant from the platform's own tables, present and future ones, except those above. In one
 * statement: how the tables refer to each other does not matter then.
 */
async function removeRows(sql: Sql, tenantId: string): Promise<ErasedCount[]> {
  const tables = (await tablesOfTenants(sql)).filter(({ name, deletable }) => deletable && !(name in KEPT));
  const removals = tables.map(
    ({ name }, index) => `r${index} as (delete from core.${name} where tenant_id = $1 returning 1)`,
  );
  const counts = tables.map(({ name }, index) => `('${name}', (select count(*) from r${index}))`);
  const { rows } = await sql.query<{ what: string; count: number }>(
    `with ${removals.join(', ')} select * from (values ${counts.join(', ')}) as removed (what, count)`,
    [tenantId],
  );
  return rows.filter(({ count }) => count > 0).map(({ what, count }) => ({ what: what.replaceAll('_', ' '), count }));
}

/** Of those who were members here and are members nowhere any more. */
async function eraseStranded(sql: Sql, userIds: readonly string[]): Promise<ErasedCount[]> {
  const { rows } = await sql.query<{ id: string; email: string }>(
    `select u.id, lower(u.email) as email from core.users u
      where u.id = any ($1) and not u.is_operator
        and not exists (select from core.memberships m where m.user_id = u.id)`,
    [userIds],
  );
  const erased: ErasedCount[] = [];
  for (const { id, email } of rows) erased.push(...(await eraseAccount(sql, { email, userId: id })).erased);
  return addUp(erased);
}

export interface PurgeTools {
  db: Pick<Database, 'platform'> & { plugins: Pick<Database['plugins'], 'removeTenant'> };
  /** Ends what the tenant pays for. Idempotent. */
  endBilling(tenantId: string): Promise<void>;
  /** Tells the nodes that nobody comes in any more. */
  closed(): Promise<void>;
  save(percent: number, stage: string): Promise<void>;
}

/** Deletes a workspace for ever: each step may run again, and is not run again once it is done. */
export async function purgeWorkspace(request: ClaimedRequest, workspace: Workspace, tools: PurgeTools): Promise<void> {
  const { progress } = request;
  const { platform } = tools.db;
  const tenantId = workspace.id;
  const step = async (name: string, percent: number, work: () => Promise<void>) => {
    if (progress.done?.includes(name)) return;
    await work();
    progress.done = [...(progress.done ?? []), name];
    await tools.save(percent, name);
  };
  const removed = (counts: readonly ErasedCount[]) => {
    progress.removed = addUp([...(progress.removed ?? []), ...counts.filter(({ count }) => count > 0)]);
  };

  // From here on nobody comes in any more, and nothing new is begun.
  await step('Sign-ins', 5, async () => {
    await platform.query(
      `update core.tenants set deleted_at = coalesce(deleted_at, now()), suspended_at = coalesce(suspended_at, now()),
         suspended_reason = coalesce(suspended_reason, 'deleted') where id = $1`,
      [tenantId],
    );
    await tools.closed();
    const ended = await platform.query(
      `update core.sessions set revoked_at = now(), revoked_reason = 'tenant-deleted'
        where tenant_id = $1 and revoked_at is null`,
      [tenantId],
    );
    removed([{ what: 'open sessions', count: ended.rowCount }]);
  });
  await step('Subscriptions', 15, () => tools.endBilling(tenantId));
  const { rows: plugins } = await platform.query<{ id: string }>('select id from core.plugins order by id');
  for (const [index, { id }] of plugins.entries()) {
    await step(`Data of ${id}`, 15 + (55 * (index + 1)) / plugins.length, async () => {
      removed([{ what: `rows of ${id}`, count: await tools.db.plugins.removeTenant(id, tenantId) }]);
    });
  }
  await step('Files', 75, async () => {
    const marked = await platform.query(
      'update core.files set deleted_at = now() where tenant_id = $1 and deleted_at is null',
      [tenantId],
    );
    removed([{ what: 'files', count: marked.rowCount }]);
  });
  if (!progress.done?.includes('Workspace')) {
    await platform.transaction(async (sql) => {
      const members = await sql.query<{ id: string }>(
        'select user_id as id from core.memberships where tenant_id = $1',
        [tenantId],
      );
      progress.kept = await countKept(sql, tenantId);
      removed(await removeRows(sql, tenantId));
      removed(
        await eraseStranded(
          sql,
          members.rows.map(({ id }) => id),
        ),
      );
      await sql.query(
        `update core.tenants set slug = 'deleted-' || left(replace(id::text, '-', ''), 16), name = 'Deleted workspace',
           profile = default, logo = null, verified_at = null, updated_at = now() where id = $1`,
        [tenantId],
      );
      progress.done = [...(progress.done ?? []), 'Workspace'];
      await sql.query('update core.privacy_requests set progress = $3 where tenant_id = $1 and id = $2', [
        request.tenantId,
        request.id,
        JSON.stringify(progress),
      ]);
    });
  }
  // What was under way while the plugins' data went may have left something; without licences nothing more can come.
  await step('Remains', 98, async () => {
    for (const { id } of plugins) await tools.db.plugins.removeTenant(id, tenantId);
  });
}
