import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, Tenant } from '../../data/index.ts';
import type { TenantProfile } from '../../tenancy/index.ts';

/** What an operator has checked of a tenant: who it says it is. */
export interface CheckedIdentity {
  name: string;
  website: string | null;
}

export function identityOf({ name, profile }: Pick<Tenant, 'name' | 'profile'>): CheckedIdentity {
  const { website } = profile as TenantProfile;
  return { name, website: website === undefined ? null : String(website) };
}

export function isSameIdentity(one: CheckedIdentity, other: CheckedIdentity): boolean {
  return one.name === other.name && one.website === other.website;
}

/** In the transaction in which a verified tenant becomes somebody else: nobody has checked whether it is that, too. */
export async function endVerification(
  models: Pick<CoreModels, 'AuditEntry'>,
  tenant: Tenant,
  trace: AuditTrace,
): Promise<void> {
  await tenant.update({ verifiedAt: null });
  await recordAudit(models, trace, {
    tenantId: tenant.id,
    action: 'tenant.verification-ended',
    entityId: tenant.id,
    detail: { reason: 'identity-changed' },
  });
}
