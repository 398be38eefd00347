import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, SingleSignOn, User } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { assertRoom, normaliseEmail, type TierSeats } from '../../tenancy/index.ts';
import { domainOf } from './domain.ts';
import { SignOnError, type SignOnFailure } from './failure.ts';

/** Whom the provider speaks of. */
export interface ExternalPerson {
  subject: string;
  email: string | null;
  /** The provider has checked that the address is theirs. */
  emailVerified: boolean;
  name: string | null;
  /** When they last signed in there, as far as the provider tells. */
  authenticatedAt: Date | null;
}

/** A person whom a tenant's provider has just vouched for. */
export interface Arrival {
  settings: SingleSignOn;
  person: ExternalPerson;
  tierSeats: TierSeats;
  trace: AuditTrace;
  now: Date;
}

const MAX_NAME = 120;
const OWNER = 'owner';

function refuse(failure: SignOnFailure): never {
  throw new SignOnError(failure);
}

async function isOurs(models: CoreModels, tenantId: string, email: string): Promise<boolean> {
  const domain = domainOf(email);
  if (domain === null) return false;
  const claimed = await models.ClaimedDomain.findOne({ where: { tenantId, domain } });
  return claimed !== null && claimed.verifiedAt !== null;
}

async function addMembership(models: CoreModels, user: User, { settings, tierSeats, trace, now }: Arrival) {
  const { tenantId, defaultRole, provisioning } = settings;
  if (!provisioning) refuse('not-a-member');
  await assertRoom(models, tenantId, tierSeats, now).catch((error: unknown) => {
    if (error instanceof ApiError && error.reason === 'seats-exhausted') refuse('seats-exhausted');
    throw error;
  });
  const role = await models.Role.findOne({ where: { tenantId, name: defaultRole } });
  if (!role || role.name === OWNER) refuse('role-missing');
  await models.Membership.create({ tenantId, userId: user.id });
  await models.MembershipRole.create({ tenantId, userId: user.id, role: role.name });
  await recordAudit(models, trace, {
    tenantId,
    action: 'member.added',
    entityId: user.id,
    detail: { roles: [role.name], by: 'single-sign-on' },
  });
}

/** Who has come before is known by issuer and subject alone, whatever has become of their address. */
async function knownPerson(models: CoreModels, { tenantId, issuer }: SingleSignOn, subject: string, now: Date) {
  const identity = await models.ExternalIdentity.findOne({ where: { tenantId, issuer, subject }, lock: true });
  if (!identity) return null;
  await identity.update({ lastUsedAt: now });
  return identity.userId;
}

/**
 * The account of somebody whom a tenant's provider vouches for, linked or made on the way. An address is only ever
 * believed where it is of a domain that the tenant has shown to own, and where the provider has checked it: otherwise a
 * tenant could name anybody's address and become them. Owners are never linked by their address: whoever manages the
 * provider would become one.
 *
 * With the platform's models; two who come at the same time wait for each other. Rejects with `SignOnError`.
 */
export async function linkPerson(models: CoreModels, arrival: Arrival): Promise<{ userId: string; joined: boolean }> {
  const { settings, person, trace, now } = arrival;
  const { tenantId, issuer } = settings;
  const { subject } = person;
  await models.Tenant.findOne({ where: { id: tenantId }, lock: true });
  const known = await knownPerson(models, settings, subject, now);
  if (known !== null) return { userId: known, joined: false };

  if (person.email === null) refuse('email-missing');
  if (!person.emailVerified) refuse('email-unverified');
  const email = normaliseEmail(person.email);
  if (!(await isOurs(models, tenantId, email))) refuse('domain-unverified');

  const existing = await models.User.findOne({ where: { email } });
  const user =
    existing ??
    (await models.User.create({
      email,
      name: person.name?.trim().slice(0, MAX_NAME) || email,
      emailVerifiedAt: now,
    }));
  const membership = await models.Membership.findOne({ where: { tenantId, userId: user.id } });
  if (membership) {
    const owner = await models.MembershipRole.findOne({ where: { tenantId, userId: user.id, role: OWNER } });
    if (owner) refuse('owner');
  } else {
    await addMembership(models, user, arrival);
  }
  await models.ExternalIdentity.create({
    tenantId,
    issuer,
    subject,
    userId: user.id,
    email,
    provisioned: !existing,
    createdAt: now,
    lastUsedAt: now,
  });
  await recordAudit(models, trace, {
    tenantId,
    action: 'identity.linked',
    entityId: user.id,
    detail: { issuer, provisioned: !existing },
  });
  return { userId: user.id, joined: !membership };
}
