import { type AuditTrace, recordAudit } from '../audit/index.ts';
import type { CoreModels, Tenant, User } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { BUILT_IN_ROLES } from './built-in-roles.ts';
import type { TenantTier } from './tiers.ts';

export interface NewTenant {
  slug: string;
  name: string;
  tier?: TenantTier;
  /** In the place of the seats of its tier. */
  maxUsers?: number;
  /** Made by demo mode. */
  demo?: boolean;
}

export interface NewMember {
  email: string;
  name: string;
  /** From `identity.hashPassword`. Not used when the platform knows the person already. */
  passwordHash: string;
  roles: readonly string[];
  /** Refused outside demo mode. */
  demo?: boolean;
  /** An operator of the whole platform. */
  isOperator?: boolean;
  /** Since when the address is known to be theirs; nothing has shown it when absent. */
  emailVerifiedAt?: Date;
}

/** E-mail addresses are compared without regard to case; this is how they are stored. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/**
 * A tenant with its built-in roles and nobody in it. `models` are the platform's; afterwards announce `tenant`.
 * Refuses with `conflict` (`slug-taken`).
 */
export async function createTenant(models: CoreModels, tenant: NewTenant, trace: AuditTrace): Promise<Tenant> {
  if (await models.Tenant.findOne({ where: { slug: tenant.slug } })) {
    const message = `The short name "${tenant.slug}" is taken.`;
    throw new ApiError('conflict', message, {
      reason: 'slug-taken',
      errors: [{ pointer: '/tenantSlug', message }],
    });
  }
  const created = await models.Tenant.create(tenant);
  await models.Role.bulkCreate(BUILT_IN_ROLES.map((role) => ({ ...role, tenantId: created.id, builtIn: true })));
  await recordAudit(models, trace, {
    tenantId: created.id,
    action: 'tenant.created',
    entityId: created.id,
    detail: { slug: created.slug, name: created.name },
  });
  return created;
}

/**
 * Makes a person (known to the platform by e-mail address, or new) a member of a tenant. `models` are the platform's;
 * afterwards announce `membership`. Refuses with `conflict`: `already-member`.
 */
export async function addMember(
  models: CoreModels,
  tenantId: string,
  member: NewMember,
  trace: AuditTrace,
): Promise<User> {
  const email = normaliseEmail(member.email);
  const user =
    (await models.User.findOne({ where: { email } })) ??
    (await models.User.create({
      email,
      name: member.name,
      passwordHash: member.passwordHash,
      demo: member.demo ?? false,
      emailVerifiedAt: member.emailVerifiedAt ?? null,
      isOperator: member.isOperator ?? false,
    }));
  if (await models.Membership.findOne({ where: { tenantId, userId: user.id } })) {
    throw new ApiError('conflict', `${email} is a member already.`, { reason: 'already-member' });
  }
  await joinTenant(models, tenantId, user.id, member.roles, trace);
  return user;
}

/** Makes somebody who has an account a member. `models` are the platform's; afterwards announce `membership`. */
export async function joinTenant(
  models: CoreModels,
  tenantId: string,
  userId: string,
  roles: readonly string[],
  trace: AuditTrace,
): Promise<void> {
  await models.Membership.create({ tenantId, userId });
  await models.MembershipRole.bulkCreate(roles.map((role) => ({ tenantId, userId, role })));
  await recordAudit(models, trace, {
    tenantId,
    action: 'member.added',
    entityId: userId,
    detail: { roles: [...roles] },
  });
}
