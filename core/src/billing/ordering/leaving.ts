import type { BillingDependencies } from '../dependencies.ts';
import { workspaceLeaving } from './refusals.ts';

/** What is bought or renewed for a workspace that is about to be deleted would be ended at once. */
export async function refuseWhenLeaving(
  { platform }: Pick<BillingDependencies['db'], 'platform'>,
  tenantId: string,
): Promise<void> {
  const { rows } = await platform.query(
    `select from core.privacy_requests where tenant_id = $1 and kind = 'tenant-deletion'
        and state in ('scheduled', 'queued', 'running', 'waiting') limit 1`,
    [tenantId],
  );
  if (rows.length > 0) throw workspaceLeaving();
}
