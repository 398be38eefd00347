import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, Invitation, Locale, User } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { VisitorLimits } from '../accounts/limits.ts';
import { mailedSecretHash } from '../accounts/mailed-secret.ts';
import { checkNewPassword } from '../accounts/password-rules.ts';
import type { BeginSession } from '../sessions/begin-session.ts';
import type { SignInParts } from '../sessions/issue-tokens.ts';
import type { SignedInWithMemberships } from '../sessions/signed-in.ts';
import { type GoOn, mayGoOn } from '../sessions/switch-tenant.ts';
import { invalidCredentials, type PasswordProof } from '../sign-in/password-proof.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import type { Client, IdentityDependencies } from '../types.ts';

export interface AcceptInput {
  token: string;
  /** For a new account. */
  name?: string;
  /** Of the account; chosen now for a new one. Not needed by who is signed in to it. */
  password?: string;
  locale?: Locale;
}

/** What an invitation says to who holds its link. */
export interface ShownInvitation {
  tenant: { slug: string; name: string };
  email: string;
  roles: string[];
  /** Whether the address has an account to come with. */
  account: 'new' | 'existing';
  /** The caller is signed in to that account. */
  signedIn: boolean;
}

interface AcceptParts extends Pick<SignInParts, 'slots'> {
  limits: VisitorLimits;
  prove: PasswordProof;
  begin: BeginSession;
  goOn: GoOn;
}

function badLink(): ApiError {
  const message = 'This invitation is not open any more. Ask for another one.';
  return new ApiError('invalid-input', message, { reason: 'link-ended', errors: [{ pointer: '/token', message }] });
}

/** The way into a tenant by a mailed link: with a new account, or with the one that the address has. */
export function createAcceptInvitation(deps: IdentityDependencies, parts: AcceptParts) {
  const { db, changes, now } = deps;

  async function open(models: CoreModels, token: string, lock: boolean): Promise<Invitation> {
    const tokenHash = mailedSecretHash(token);
    const found = await models.Invitation.findOne({ where: { tokenHash }, lock });
    if (found && found.acceptedAt === null && found.revokedAt === null && found.expiresAt > now()) return found;
    throw badLink();
  }

  async function look(principal: Principal | null, token: string, client: Client): Promise<ShownInvitation> {
    await parts.limits.link(client.ip);
    return db.asPlatform(async (models) => {
      const { tenantId, email, roles } = await open(models, token, false);
      const tenant = await models.Tenant.findOne({ where: { id: tenantId } });
      const titles = await models.Role.findAll({ where: { tenantId, name: roles }, order: [['name', 'asc']] });
      const user = await models.User.findOne({ where: { email }, attributes: ['id'] });
      return {
        tenant: { slug: tenant?.slug ?? '', name: tenant?.name ?? '' },
        email,
        roles: titles.map(({ title }) => title),
        account: user ? 'existing' : 'new',
        signedIn: user !== null && principal?.user.id === user.id && mayGoOn(principal),
      };
    });
  }

  /** What a new account starts with; `null` when the address has one and the caller has shown that it is theirs. */
  async function newAccount(email: string, existing: User | null, input: AcceptInput, client: Client) {
    if (input.password === undefined) throw missing('/password', 'Give a password.');
    if (existing) {
      const userId = await parts.prove({ email, ip: client.ip }, input.password);
      if (userId !== existing.id) throw invalidCredentials();
      return null;
    }
    const name = input.name?.trim() ?? '';
    if (name === '') throw missing('/name', 'Say who you are.');
    await checkNewPassword(input.password, { email, name });
    const { password } = input;
    return { name, passwordHash: await parts.slots.run(() => hashPassword(password)) };
  }

  return {
    look,
    async accept(
      principal: Principal | null,
      input: AcceptInput,
      client: Client,
      requestId: string,
    ): Promise<SignedInWithMemberships> {
      await parts.limits.link(client.ip);
      const { email, existing } = await db.asPlatform(async (models) => {
        const invitation = await open(models, input.token, false);
        return { email: invitation.email, existing: await models.User.findOne({ where: { email: invitation.email } }) };
      });
      const own = existing && principal?.user.id === existing.id && mayGoOn(principal) ? principal : null;
      const fresh = own ? null : await newAccount(email, existing, input, client);
      const joined = await db.asPlatform(async (models) => {
        const invitation = await open(models, input.token, true);
        const user =
          existing ??
          (fresh &&
            (await models.User.create({
              email,
              ...fresh,
              locale: input.locale ?? 'en',
              emailVerifiedAt: now(),
            })));
        if (!user) throw badLink();
        const trace: AuditTrace = { actor: { kind: 'user', userId: user.id, ...client }, requestId };
        await join(models, invitation, user, trace);
        return { userId: user.id, tenantId: invitation.tenantId };
      });
      await changes.announce('membership', joined);
      const { userId, tenantId } = joined;
      return own
        ? parts.goOn(own, tenantId, client, requestId)
        : parts.begin({ userId, tenantIds: [tenantId], amr: ['pwd'] }, client, requestId);
    },
  };

  /** The seat is the one that the invitation held. */
  async function join(models: CoreModels, invitation: Invitation, user: User, trace: AuditTrace): Promise<void> {
    const { tenantId } = invitation;
    await invitation.update({ acceptedAt: now() });
    if (user.emailVerifiedAt === null) await user.update({ emailVerifiedAt: now() });
    if (await models.Membership.findOne({ where: { tenantId, userId: user.id } })) {
      throw new ApiError('conflict', 'You are a member already.', { reason: 'already-member' });
    }
    await models.Membership.create({ tenantId, userId: user.id });
    // A role may have been deleted since.
    const roles = await models.Role.findAll({ where: { tenantId, name: invitation.roles }, order: [['name', 'asc']] });
    await models.MembershipRole.bulkCreate(roles.map(({ name }) => ({ tenantId, userId: user.id, role: name })));
    await recordAudit(models, trace, {
      tenantId,
      action: 'invitation.accepted',
      entityId: invitation.id,
      detail: { userId: user.id, roles: roles.map(({ name }) => name) },
    });
  }
}

function missing(pointer: string, message: string): ApiError {
  return new ApiError('invalid-input', message, { reason: 'required', errors: [{ pointer, message }] });
}

export type AcceptInvitation = ReturnType<typeof createAcceptInvitation>;
