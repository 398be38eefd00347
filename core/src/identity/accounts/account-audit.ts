import type { JsonObject } from '@bazaar/sdk';
import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels } from '../../data/index.ts';
import { PLATFORM_TENANT } from '../../routes/index.ts';

/**
 * Writes what was changed of a person's account into the log of each tenant they belong to, for it concerns all of
 * them; into the platform's when they belong to none. With the platform's models.
 */
export async function auditAccount(
  models: Pick<CoreModels, 'AuditEntry' | 'Membership'>,
  trace: AuditTrace,
  userId: string,
  change: { action: string; detail?: JsonObject },
): Promise<void> {
  const memberships = await models.Membership.findAll({ where: { userId }, attributes: ['tenantId'] });
  const tenants = memberships.map(({ tenantId }) => tenantId);
  for (const tenantId of tenants.length === 0 ? [PLATFORM_TENANT.id] : tenants) {
    await recordAudit(models, trace, { ...change, tenantId, entityId: userId });
  }
}
