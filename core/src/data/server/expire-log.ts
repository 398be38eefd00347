import type { Pool } from 'pg';

/** Rows removed in one statement. */
const MOST_ROWS = 10_000;

/** See `Database.expireLog`. */
export async function expireLog(admin: Pool, log: string, before: Date): Promise<number> {
  const call = log === 'audit_log' ? 'core.expire_audit($1, $2)' : 'core.expire_log($3, $4, $1, $2)';
  const names = log === 'audit_log' ? [] : [log, log === 'events' ? 'occurred_at' : 'at'];
  let removed = 0;
  for (let some = MOST_ROWS; some >= MOST_ROWS; removed += some) {
    const { rows } = await admin.query<{ count: string }>(`select ${call} as count`, [before, MOST_ROWS, ...names]);
    some = Number(rows[0]?.count ?? 0);
  }
  return removed;
}
