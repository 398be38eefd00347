import type { Database } from '../../data/index.ts';

/** How long captured e-mails and those that could not be delivered keep what they said. */
const KEPT_DAYS = 7;
/** Of captured e-mails the newest so many, over all tenants. */
const KEPT_CAPTURED = 1_000;
/** How long an e-mail stays in the log. */
const LOG_DAYS = 90;

/** Deletes e-mails that have expired. May run at any time, on any number of nodes. */
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
  // E-mails to people who are to be forgotten.
  await platform.query(
    `delete from core.mails where template = 'account-deleted' and created_at < now() - $1 * interval '1 day'`,
    [KEPT_DAYS],
  );
  await platform.query(
    `delete from core.mails where state in ('sent', 'failed') and settled_at < now() - $1 * interval '1 day'`,
    [LOG_DAYS],
  );
}
