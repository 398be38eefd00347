import type { ClientBase } from 'pg';
import { tenantTables } from './all-rows.ts';

/**
 * Removes the rows of one tenant from all tables at once: in one statement the order in which they refer to each other
 * does not matter. The session is the owner's. Returns how many rows went.
 */
export async function removeTenantRows(owner: ClientBase, schema: string, tenantId: string): Promise<number> {
  const tables = await tenantTables(owner, schema);
  if (tables.length === 0) return 0;
  const removals = tables.map(
    ({ sqlName }, index) => `r${index} as (delete from ${sqlName} where tenant_id = $1 returning 1)`,
  );
  const counts = tables.map((_table, index) => `(select count(*) from r${index})`);
  const { rows } = await owner.query<{ removed: string }>(
    `with ${removals.join(', ')} select (${counts.join(' + ')})::text as removed`,
    [tenantId],
  );
  return Number(rows[0]?.removed ?? 0);
}
