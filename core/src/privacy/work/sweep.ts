import type { Database } from '../../data/index.ts';
import { ARCHIVE_OWNER } from './run-export.ts';

/** How long a request is remembered after its end; certificates stay for ever. */
const REMEMBERED = '1 year';

/** Removes archives whose time is over, and those that no request knows of. May run at any time, on any node. */
export async function sweepPrivacy({ platform }: Pick<Database, 'platform'>): Promise<void> {
  await platform.query(
    `update core.privacy_requests set state = 'expired', file_id = null, link_hash = null, subject = null
      where kind = 'export' and state = 'done' and expires_at <= now()`,
  );
  await platform.query(
    `update core.files f set deleted_at = now()
      where f.plugin_id = $1 and f.deleted_at is null and f.created_at < now() - interval '1 hour'
        and not exists (select from core.privacy_requests r where r.tenant_id = f.tenant_id and r.file_id = f.id)`,
    [ARCHIVE_OWNER],
  );
  await platform.query(
    `delete from core.privacy_requests where certificate is null and state in ('expired', 'cancelled', 'failed')
       and coalesce(finished_at, created_at) < now() - interval '${REMEMBERED}'`,
  );
}
