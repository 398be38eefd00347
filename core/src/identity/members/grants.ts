import type { Manifest } from '@bazaar/sdk';
import type { CoreModels } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { effectivePermissions, type HeldRole } from './permissions.ts';

export const OWNER = 'owner';

type Manifests = readonly Pick<Manifest, 'id' | 'permissions' | 'roles'>[];

/** Who hands out roles: what they may do themselves, and whether they own the tenant. */
export interface Grantor {
  permissions: readonly string[];
  isOwner: boolean;
}

/**
 * Why somebody may not hand out, or take away, these roles; `null` when they may. Nobody gives more than they hold;
 * owners are made and unmade by owners only.
 */
export function grantFault(grantor: Grantor, roles: readonly HeldRole[], manifests: Manifests): string | null {
  if (grantor.isOwner) return null;
  for (const role of roles) {
    if (role.builtIn && role.name === OWNER) return 'Only an owner may do this to owners.';
    const more = effectivePermissions([role], manifests).find(
      (permission) => !grantor.permissions.includes(permission),
    );
    if (more !== undefined) return `The role ${role.name} may do more than you: ${more}.`;
  }
  return null;
}

/** Rejects with `forbidden` what `grantFault` finds. */
export function checkGrant(grantor: Grantor, roles: readonly HeldRole[], manifests: Manifests): void {
  const fault = grantFault(grantor, roles, manifests);
  if (fault !== null) throw new ApiError('forbidden', fault, { reason: 'more-than-yours' });
}

type RoleModels = Pick<CoreModels, 'Role' | 'MembershipRole'>;

export async function grantorOf(
  models: Pick<RoleModels, 'MembershipRole'>,
  { tenant, user, permissions }: Principal,
): Promise<Grantor> {
  const owns = await models.MembershipRole.count({ where: { tenantId: tenant.id, userId: user.id, role: OWNER } });
  return { permissions, isOwner: owns > 0 };
}

/** The tenant's roles of these names, each once; rejects with `invalid-input` one that does not exist. */
export async function rolesNamed(
  models: Pick<RoleModels, 'Role'>,
  tenantId: string,
  names: readonly string[],
): Promise<(HeldRole & { title: string })[]> {
  const wanted = [...new Set(names)].sort();
  const found = await models.Role.findAll({ where: { tenantId, name: wanted }, order: [['name', 'asc']] });
  const missing = wanted.find((name) => !found.some((role) => role.name === name));
  if (missing === undefined) {
    return found.map(({ name, title, builtIn, permissions }) => ({ name, title, builtIn, permissions }));
  }
  const index = names.indexOf(missing);
  const message = `There is no role "${missing}".`;
  throw new ApiError('invalid-input', message, {
    reason: 'role-unknown',
    errors: [{ pointer: `/roles/${index}`, message }],
  });
}
