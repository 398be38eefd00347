import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, Membership } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { assertRoom } from '../../tenancy/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { checkGrant, grantorOf, OWNER, rolesNamed } from './grants.ts';
import { refuseLastOwner } from './last-owner.ts';

interface Found {
  membership: Membership;
  roles: string[];
}

/** What administrators do with the people of their tenant. Owners are changed by owners only, and one always stays. */
export function createMembers({ db, changes, plugins, now, config }: IdentityDependencies) {
  const manifests = () => plugins.all().map(({ manifest }) => manifest);

  /** Locks the tenant first, so that of two owners who leave at the same time the second sees the first gone. */
  async function find(models: CoreModels, tenantId: string, userId: string): Promise<Found> {
    await models.Tenant.findOne({ where: { id: tenantId }, attributes: ['id'], lock: true });
    const membership = await models.Membership.findOne({ where: { tenantId, userId }, lock: true });
    if (!membership) throw new ApiError('not-found', 'There is no such person here.');
    const held = await models.MembershipRole.findAll({ where: { tenantId, userId }, order: [['role', 'asc']] });
    return { membership, roles: held.map(({ role }) => role) };
  }

  /** In one transaction; afterwards every node and open browser knows. */
  async function change(
    principal: Principal,
    userId: string,
    trace: AuditTrace,
    work: (models: CoreModels, found: Found) => Promise<{ action: string; detail?: Record<string, string[]> } | null>,
  ): Promise<void> {
    const tenantId = principal.tenant.id;
    await db.asPlatform(async (models) => {
      const found = await find(models, tenantId, userId);
      const held = await rolesNamed(models, tenantId, found.roles);
      checkGrant(await grantorOf(models, principal), held, manifests());
      const done = await work(models, found);
      if (done) await recordAudit(models, trace, { ...done, tenantId, entityId: userId });
    });
    await changes.announce('membership', { userId, tenantId });
  }

  return {
    async setRoles(
      principal: Principal,
      userId: string,
      names: readonly string[],
      trace: AuditTrace,
    ): Promise<string[]> {
      const tenantId = principal.tenant.id;
      let given: string[] = [];
      await change(principal, userId, trace, async (models, { roles: before }) => {
        const roles = await rolesNamed(models, tenantId, names);
        const added = roles.filter(({ name }) => !before.includes(name));
        checkGrant(await grantorOf(models, principal), added, manifests());
        given = roles.map(({ name }) => name);
        if (before.includes(OWNER) && !given.includes(OWNER)) await refuseLastOwner(models, tenantId, userId);
        await models.MembershipRole.destroy({ where: { tenantId, userId } });
        await models.MembershipRole.bulkCreate(given.map((role) => ({ tenantId, userId, role })));
        return { action: 'member.roles-changed', detail: { before, roles: given } };
      });
      return given;
    },

    async suspend(principal: Principal, userId: string, trace: AuditTrace): Promise<void> {
      refuseSelf(principal, userId);
      await change(principal, userId, trace, async (models, { membership, roles }) => {
        if (membership.status === 'suspended') return null;
        if (roles.includes(OWNER)) await refuseLastOwner(models, principal.tenant.id, userId);
        await membership.update({ status: 'suspended' });
        return { action: 'member.suspended' };
      });
    },

    async reactivate(principal: Principal, userId: string, trace: AuditTrace): Promise<void> {
      await change(principal, userId, trace, async (models, { membership }) => {
        if (membership.status === 'active') return null;
        await assertRoom(models, principal.tenant.id, config.tierSeats, now());
        await membership.update({ status: 'active' });
        return { action: 'member.reactivated' };
      });
    },

    /** Their sessions and API keys go with the membership; the account stays. */
    async remove(principal: Principal, userId: string, trace: AuditTrace): Promise<void> {
      await change(principal, userId, trace, async (models, { membership, roles }) => {
        if (roles.includes(OWNER)) await refuseLastOwner(models, principal.tenant.id, userId);
        await membership.destroy();
        return { action: 'member.removed', detail: { roles } };
      });
    },
  };
}

function refuseSelf({ user }: Principal, userId: string): void {
  if (user.id !== userId) return;
  throw new ApiError('conflict', 'You cannot suspend yourself.', { reason: 'yourself' });
}

export type Members = ReturnType<typeof createMembers>;
