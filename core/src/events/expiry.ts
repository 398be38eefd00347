import type { Database } from '../data/index.ts';

/** Deliveries removed in one statement. */
const BATCH = 5_000;

/**
 * Forgets events that are older than `before`, with what waits for a plugin that could not be used ever since, what was
 * given up, and the log of what was delivered.
 */
export async function expireEvents(db: Pick<Database, 'platform' | 'expireLog'>, before: Date): Promise<void> {
  for (let removed = BATCH; removed === BATCH; ) {
    const { rowCount } = await db.platform.query(
      `delete from core.deliveries where (tenant_id, id) in (
         select tenant_id, id from core.deliveries where state in ('held', 'dead') and event_at < $1 limit ${BATCH})`,
      [before],
    );
    removed = rowCount;
  }
  await db.expireLog('delivery_log', before);
  await db.expireLog('events', before);
}
