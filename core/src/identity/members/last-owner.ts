import type { CoreModels } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { OWNER } from './grants.ts';

/** Refuses with `conflict` to lose the last active owner of a tenant, whom the transaction has locked. */
export async function refuseLastOwner(models: CoreModels, tenantId: string, userId: string): Promise<void> {
  const owners = await models.MembershipRole.findAll({ where: { tenantId, role: OWNER }, attributes: ['userId'] });
  const others = owners.map((owner) => owner.userId).filter((id) => id !== userId);
  const active = await models.Membership.count({ where: { tenantId, userId: others, status: 'active' } });
  if (active > 0) return;
  throw new ApiError('conflict', 'A workspace needs an owner. Make somebody else one first, or delete it.', {
    reason: 'last-owner',
  });
}
