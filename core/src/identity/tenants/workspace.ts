import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { logoPath } from '../../pictures/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { TenantProfile } from '../../tenancy/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { endVerification, identityOf, isSameIdentity } from './verification.ts';
import { changedFields, mergeProfile, type ProfileChange, profileError } from './workspace-profile.ts';

/** A tenant as its own people see it. */
interface WorkspaceView {
  id: string;
  slug: string;
  name: string;
  profile: TenantProfile;
  /** Where it is found. */
  logo: string | null;
  /** Since when the platform knows it to be who it says it is. */
  verifiedAt: string | null;
}

interface Row extends Omit<WorkspaceView, 'verifiedAt'> {
  verifiedAt: Date | null;
}

export interface WorkspaceInput {
  name?: string;
  profile?: ProfileChange;
}

/** What a tenant is called and says of itself, as its own people read and change it. */
export function createWorkspaces({
  db,
  changes,
  pictures,
  now,
}: Pick<IdentityDependencies, 'db' | 'changes' | 'pictures' | 'now'>) {
  /** Sessions remember the name, and open shells show it; public pages find their tenant by its short name. */
  async function announce({ id, slug }: Principal['tenant']): Promise<void> {
    await changes.announce('role', { tenantId: id });
    await changes.announce('tenant', { tenantId: id, slug });
  }

  return {
    async read({ tenant }: Principal): Promise<WorkspaceView> {
      const { rows } = await db.queryInTenant<Row>(
        tenant.id,
        'select id, slug, name, profile, logo, verified_at as "verifiedAt" from core.tenants where id = $1',
        [tenant.id],
      );
      const [found] = rows;
      if (!found) throw new ApiError('not-found', 'There is no such workspace.');
      const { logo, verifiedAt, ...workspace } = found;
      return { ...workspace, logo: logoPath(found.slug, logo), verifiedAt: verifiedAt?.toISOString() ?? null };
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
        const known = identityOf(stored);
        await stored.update(after);
        await recordAudit(models, trace, {
          tenantId: tenant.id,
          action: 'tenant.changed',
          entityId: tenant.id,
          detail: { fields },
        });
        if (stored.verifiedAt !== null && !isSameIdentity(known, identityOf(stored))) {
          await endVerification(models, stored, trace);
        }
        return true;
      });
      if (changed) await announce(tenant);
    },

    /** Another logo, or none; says where it is found. */
    async changeLogo({ tenant, user }: Principal, bytes: Buffer | null, trace: AuditTrace): Promise<string | null> {
      const place = { tenantId: tenant.id, userId: user.id };
      const name = await pictures.change(place, bytes, (logo) =>
        db.asPlatform(async (models) => {
          const stored = await models.Tenant.findOne({ where: { id: tenant.id }, lock: true });
          // One that was closed while the request was on its way takes nothing more.
          if (stored?.suspendedAt !== null) throw new ApiError('not-found', 'There is no such workspace.');
          const before = stored.logo;
          if (before === logo) return before;
          await stored.update({ logo });
          await recordAudit(models, trace, {
            tenantId: tenant.id,
            action: 'tenant.changed',
            entityId: tenant.id,
            detail: { fields: ['logo'] },
          });
          return before;
        }),
      );
      await announce(tenant);
      return logoPath(tenant.slug, name);
    },
  };
}

export type Workspaces = ReturnType<typeof createWorkspaces>;
