import type { Database } from '../../data/index.ts';

/** How long captured letters and those that could not be delivered keep what they said. */
const KEPT_DAYS = 7;
/** Of captured letters the newest so many, over all tenants. */
const KEPT_CAPTURED = 1_000;
/** How long the log tells of a letter. */
const LOG_DAYS = 90;

/** Forgets letters that had their time. May run at any time, on any number of nodes. */
export async function sweepMails({ platform }: Pick<Database, 'platform'>): Promise<void> {
  await platform.query(
    `delete from core.mails where state = 'captured' and (created_at < now() - $1 * interval '1 day'
       or id in (select id from core.mails where state = 'captured' order by created_at desc, id desc offset $2))`,
    [KEPT_DAYS, KEPT_CAPTURED],
  );
  await platform.query(
    `update core.mails set letter = null
      where state = 'failed' and letter is not null and settled_at < now() - $1 * interval '1 day'`,
    [KEPT_DAYS],
  );
  // Letters to people who are to be forgotten.
  await platform.query(
    `delete from core.mails where template = 'account-deleted' and created_at < now() - $1 * interval '1 day'`,
    [KEPT_DAYS],
  );
  await platform.query(
    `delete from core.mails where state in ('sent', 'failed') and settled_at < now() - $1 * interval '1 day'`,
    [LOG_DAYS],
  );
}
