import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, Invitation, Locale } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { queueMail } from '../../mail/index.ts';
import type { Principal } from '../../routes/index.ts';
import { assertRoom } from '../../tenancy/index.ts';
import { mailAddress } from '../accounts/address-input.ts';
import { mailedLink, newMailedSecret } from '../accounts/mailed-secret.ts';
import type { AttemptLimit } from '../sign-in/attempt-limits.ts';
import type { IdentityDependencies } from '../types.ts';
import { checkGrant, grantorOf, rolesNamed } from './grants.ts';

export const INVITATION_DAYS = 7;

export interface InvitationInput {
  email: string;
  roles: readonly string[];
  /** Of the mail; the tenant's when absent. */
  locale?: Locale;
}

/** Invites people into a tenant, each holding a seat until they come, the time is over, or it is taken back. */
export function createInvitations(deps: IdentityDependencies, perTenant: AttemptLimit) {
  const { db, plugins, now, publicOrigin, mailer, config } = deps;

  const expiry = () => new Date(now().getTime() + INVITATION_DAYS * 86_400_000);

  async function mail(
    models: CoreModels,
    principal: Principal,
    { email, roles, secret, locale }: { email: string; roles: readonly string[]; secret: string; locale?: Locale },
  ): Promise<void> {
    const tenantId = principal.tenant.id;
    const tenant = await models.Tenant.findOne({ where: { id: tenantId } });
    const known = await models.User.findOne({ where: { email }, attributes: ['locale'] });
    const titles = (await rolesNamed(models, tenantId, roles)).map(({ title }) => title);
    await queueMail(models, {
      template: 'invitation',
      to: { email },
      locale: locale ?? known?.locale ?? tenant?.defaultLocale ?? 'en',
      tenantId,
      values: {
        workspace: principal.tenant.name,
        invitedBy: principal.user.name,
        roles: titles.join(', '),
        link: mailedLink(publicOrigin(), '/invitation', secret),
        days: INVITATION_DAYS,
      },
    });
  }

  async function invite(principal: Principal, input: InvitationInput, trace: AuditTrace): Promise<Invitation> {
    const tenantId = principal.tenant.id;
    const email = mailAddress(input.email);
    await perTenant.take(tenantId);
    const { secret, hash } = newMailedSecret();
    const made = await db.asPlatform(async (models) => {
      const roles = await rolesNamed(models, tenantId, input.roles);
      checkGrant(
        await grantorOf(models, principal),
        roles,
        plugins.all().map(({ manifest }) => manifest),
      );
      // Before anything is looked at: of two at the same time the second sees what the first has done.
      await assertRoom(models, tenantId, config.tierSeats, now());
      await refuseMember(models, tenantId, email);
      await replaceExpired(models, tenantId, email);
      const invitation = await models.Invitation.create({
        tenantId,
        email,
        roles: roles.map(({ name }) => name),
        tokenHash: hash,
        invitedBy: principal.user.id,
        sentAt: now(),
        expiresAt: expiry(),
      });
      const { locale } = input;
      await mail(models, principal, { email, roles: invitation.roles, secret, ...(locale ? { locale } : {}) });
      await recordAudit(models, trace, {
        tenantId,
        action: 'invitation.sent',
        entityId: invitation.id,
        // Not the address: nothing is ever taken out of the log, and the person may want to be forgotten.
        detail: { roles: invitation.roles },
      });
      return invitation;
    });
    mailer.wake();
    return made;
  }

  async function refuseMember(models: CoreModels, tenantId: string, email: string): Promise<void> {
    const user = await models.User.findOne({ where: { email }, attributes: ['id'] });
    if (!user || !(await models.Membership.findOne({ where: { tenantId, userId: user.id } }))) return;
    const message = `${email} is a member already.`;
    throw new ApiError('conflict', message, { reason: 'already-member', errors: [{ pointer: '/email', message }] });
  }

  /** At most one invitation of an address is open; one whose time is over makes room for the next. */
  async function replaceExpired(models: CoreModels, tenantId: string, email: string): Promise<void> {
    const open = await models.Invitation.findOne({ where: { tenantId, email, acceptedAt: null, revokedAt: null } });
    if (!open) return;
    if (open.expiresAt > now()) {
      const message = `${email} has been invited already. Send the invitation again instead.`;
      throw new ApiError('conflict', message, { reason: 'already-invited', errors: [{ pointer: '/email', message }] });
    }
    await open.update({ revokedAt: now() });
  }

  async function openOne(models: CoreModels, tenantId: string, id: string): Promise<Invitation> {
    const found = await models.Invitation.findOne({
      where: { tenantId, id, acceptedAt: null, revokedAt: null },
      lock: true,
    });
    if (found) return found;
    throw new ApiError('not-found', 'There is no such open invitation.');
  }

  /** Mails it again with another link; the one before works no longer. */
  async function resend(principal: Principal, id: string, trace: AuditTrace): Promise<Invitation> {
    const tenantId = principal.tenant.id;
    await perTenant.take(tenantId);
    const { secret, hash } = newMailedSecret();
    const sent = await db.asPlatform(async (models) => {
      const expired = (await openOne(models, tenantId, id)).expiresAt <= now();
      // One whose time was over has given its seat back.
      if (expired) await assertRoom(models, tenantId, config.tierSeats, now());
      const invitation = await openOne(models, tenantId, id);
      const roles = await rolesNamed(models, tenantId, invitation.roles);
      checkGrant(
        await grantorOf(models, principal),
        roles,
        plugins.all().map(({ manifest }) => manifest),
      );
      await invitation.update({ tokenHash: hash, sentAt: now(), expiresAt: expiry() });
      await mail(models, principal, { email: invitation.email, roles: invitation.roles, secret });
      await recordAudit(models, trace, { tenantId, action: 'invitation.sent-again', entityId: id });
      return invitation;
    });
    mailer.wake();
    return sent;
  }

  async function revoke({ tenant }: Principal, id: string, trace: AuditTrace): Promise<void> {
    await db.asPlatform(async (models) => {
      const invitation = await openOne(models, tenant.id, id);
      await invitation.update({ revokedAt: now() });
      await recordAudit(models, trace, { tenantId: tenant.id, action: 'invitation.revoked', entityId: id });
    });
  }

  return { invite, resend, revoke };
}

export type Invitations = ReturnType<typeof createInvitations>;
