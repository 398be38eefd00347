import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { TenantProfile } from '../../tenancy/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { changedFields, mergeProfile, type ProfileChange, profileError } from './workspace-profile.ts';

/** A tenant as its own people see it. */
interface WorkspaceView {
  id: string;
  slug: string;
  name: string;
  profile: TenantProfile;
}

export interface WorkspaceInput {
  name?: string;
  profile?: ProfileChange;
}

/** What a tenant is called and says of itself, as its own people read and change it. */
export function createWorkspaces({ db, changes, now }: Pick<IdentityDependencies, 'db' | 'changes' | 'now'>) {
  return {
    async read({ tenant }: Principal): Promise<WorkspaceView> {
      const { rows } = await db.queryInTenant<WorkspaceView>(
        tenant.id,
        'select id, slug, name, profile from core.tenants where id = $1',
        [tenant.id],
      );
      const [found] = rows;
      if (!found) throw new ApiError('not-found', 'There is no such workspace.');
      return found;
    },

    /** Changes what is given. The short name stays: it stands in addresses that others have. */
    async change({ tenant }: Principal, { name, profile = {} }: WorkspaceInput, trace: AuditTrace): Promise<void> {
      const wrong = profileError(profile, now());
      if (wrong) throw new ApiError('invalid-input', wrong.message, { errors: [wrong] });
      const changed = await db.asPlatform(async (models) => {
        const stored = await models.Tenant.findOne({ where: { id: tenant.id }, lock: true });
        if (!stored) throw new ApiError('not-found', 'There is no such workspace.');
        const before = stored.profile as TenantProfile;
        const after = { name: name?.trim() ?? stored.name, profile: mergeProfile(before, profile) };
        const fields = changedFields({ ...before, name: stored.name }, { ...after.profile, name: after.name });
        if (fields.length === 0) return false;
        await stored.update(after);
        await recordAudit(models, trace, {
          tenantId: tenant.id,
          action: 'tenant.changed',
          entityId: tenant.id,
          detail: { fields },
        });
        return true;
      });
      if (!changed) return;
      // Sessions remember the name, and open shells show it; public pages find their tenant by its short name.
      await changes.announce('role', { tenantId: tenant.id });
      await changes.announce('tenant', { tenantId: tenant.id, slug: tenant.slug });
    },
  };
}

export type Workspaces = ReturnType<typeof createWorkspaces>;
