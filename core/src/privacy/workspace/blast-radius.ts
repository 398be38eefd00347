import type { Database } from '../../data/index.ts';

/** What goes with a workspace. */
export interface WorkspaceImpact {
  members: number;
  files: number;
  /** Bytes. */
  fileSize: number;
  licences: number;
  subscriptions: number;
  /** Plugins that keep data, with how many rows. */
  plugins: { id: string; rows: number }[];
}

export async function blastRadius(
  db: Pick<Database, 'platform'> & { plugins: Pick<Database['plugins'], 'rows'> },
  tenantId: string,
): Promise<WorkspaceImpact> {
  const { rows } = await db.platform.query<Omit<WorkspaceImpact, 'plugins'>>(
    `select (select count(*) from core.memberships where tenant_id = $1) as members,
       (select count(*) from core.files where tenant_id = $1 and deleted_at is null) as files,
       (select coalesce(sum(size), 0)::bigint from core.files where tenant_id = $1 and deleted_at is null) as "fileSize",
       (select count(*) from core.licences where tenant_id = $1 and revoked_at is null) as licences,
       (select count(*) from core.subscriptions where tenant_id = $1 and ended_at is null) as subscriptions`,
    [tenantId],
  );
  const known = await db.platform.query<{ id: string }>('select id from core.plugins order by id');
  const plugins = [];
  for (const { id } of known.rows) {
    const tables = await db.plugins.rows(id, tenantId);
    const count = tables.reduce((sum, table) => sum + table.rows, 0);
    if (count > 0) plugins.push({ id, rows: count });
  }
  const [counts] = rows;
  if (!counts) throw new Error('a query of counts has no row');
  return { ...counts, plugins };
}
