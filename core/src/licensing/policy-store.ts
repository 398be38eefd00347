import type { PlatformSql } from '../data/index.ts';
import type { LicencePolicy } from './evaluate.ts';

/** Stores for how long changes are allowed after the end: the database itself checks it when plugins commit. */
export async function storePolicy(sql: PlatformSql, { graceDays }: LicencePolicy): Promise<void> {
  await sql.query(
    'update core.licence_policy set grace = make_interval(days => $1) where grace <> make_interval(days => $1)',
    [graceDays],
  );
}
