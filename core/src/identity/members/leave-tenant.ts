import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { mayGoOn } from '../sessions/switch-tenant.ts';
import type { IdentityDependencies } from '../types.ts';
import { OWNER } from './grants.ts';
import { refuseLastOwner } from './last-owner.ts';

/**
 * A person's own way out of a tenant: sessions and API keys there go with the membership, the account stays. Whoever is
 * suspended stays so: by leaving they could come back as somebody new.
 */
export function createLeaveTenant({ db, changes }: Pick<IdentityDependencies, 'db' | 'changes'>) {
  return async (principal: Principal, slug: string, trace: AuditTrace): Promise<void> => {
    const userId = principal.user.id;
    if (slug !== principal.tenant.slug && !mayGoOn(principal)) {
      throw new ApiError('forbidden', 'Sign in to that workspace itself: this session has no say there.', {
        reason: 'session-stays',
      });
    }
    const tenantId = await db.asPlatform(async (models) => {
      // Locked, so that of two owners who leave at the same time the second sees the first gone.
      const tenant = await models.Tenant.findOne({ where: { slug }, attributes: ['id'], lock: true });
      const membership =
        tenant &&
        (await models.Membership.findOne({ where: { tenantId: tenant.id, userId, status: 'active' }, lock: true }));
      if (!membership) throw new ApiError('not-found', 'You do not belong to such a workspace.');
      const where = { tenantId: tenant.id, userId };
      const held = await models.MembershipRole.findAll({ where, order: [['role', 'asc']] });
      const roles = held.map(({ role }) => role);
      if (roles.includes(OWNER)) await refuseLastOwner(models, tenant.id, userId);
      await membership.destroy();
      await recordAudit(models, trace, {
        tenantId: tenant.id,
        action: 'member.left',
        entityId: userId,
        detail: { roles },
      });
      return tenant.id;
    });
    await changes.announce('membership', { userId, tenantId });
  };
}
