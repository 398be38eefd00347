import type { AuditTrace } from '../../audit/index.ts';
import type { CoreModels, Locale, SignUp } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { queueMail } from '../../mail/index.ts';
import { addMember, createTenant, freeSlug, slugOf, takingSlug } from '../../tenancy/index.ts';
import type { BeginSession } from '../sessions/begin-session.ts';
import type { SignInParts } from '../sessions/issue-tokens.ts';
import type { SignedInWithMemberships } from '../sessions/signed-in.ts';
import { hashPassword, verifyPassword } from '../sign-in/passwords.ts';
import { isSetUpNeeded } from '../sign-in/set-up.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { mailAddress } from './address-input.ts';
import type { VisitorLimits } from './limits.ts';
import { mailedLink, mailedSecretHash, newMailedSecret } from './mailed-secret.ts';
import { checkNewPassword } from './password-rules.ts';

export interface SignUpInput {
  tenantName: string;
  tenantSlug?: string;
  name: string;
  email: string;
  password: string;
  locale?: Locale;
}

/** How long a sign-up waits for its address to be confirmed. */
const HOURS = 48;

/** A confirmed link or a wrong password: whoever guesses learns nothing. */
function badLink(): ApiError {
  return new ApiError('invalid-input', 'This link does not work any more. Sign up again to get another one.', {
    reason: 'link-ended',
    errors: [{ pointer: '/token', message: 'This link does not work any more.' }],
  });
}

/**
 * Sign-up with a new tenant. Until its address is confirmed there is no account and no tenant, only what the person
 * said; confirming takes the link and the password, so that nobody's address can be put to an account whose password
 * somebody else chose. The answer and the work are the same whether the address has an account or not.
 */
export function createSignUp(
  deps: IdentityDependencies,
  { slots, limits, begin }: Pick<SignInParts, 'slots'> & { limits: VisitorLimits; begin: BeginSession },
) {
  const { db, changes, now, publicOrigin, mailer, config } = deps;

  async function mail(models: CoreModels, signUp: SignUp, secret: string): Promise<void> {
    const { email, name, locale, tenantName } = signUp;
    const to = { email, name };
    const origin = publicOrigin();
    if (signUp.tokenHash === null) {
      const values = { signIn: `${origin}/sign-in`, forgotten: `${origin}/forgot-password` };
      await queueMail(models, { template: 'account-exists', to: { email }, locale, tenantId: null, values });
      return;
    }
    const link = mailedLink(origin, '/verify-email', secret);
    const values = { name, workspace: tenantName, link, hours: HOURS };
    await queueMail(models, { template: 'verify-email', to, locale, tenantId: null, values });
  }

  async function ask(input: SignUpInput, client: Client): Promise<void> {
    if (!config.signUp) {
      throw new ApiError('forbidden', 'Nobody can sign up here. Ask for an invitation.', { reason: 'sign-up-closed' });
    }
    if (await isSetUpNeeded(db, config.demo)) {
      throw new ApiError('conflict', 'This installation has to be set up first.', { reason: 'set-up-first' });
    }
    const email = mailAddress(input.email);
    const owner = { email, name: input.name };
    await checkNewPassword(input.password, owner);
    await limits.mailTo(email, client.ip);
    const passwordHash = await slots.run(() => hashPassword(input.password));
    const { secret, hash } = newMailedSecret();
    await db.asPlatform(async (models) => {
      if (input.tenantSlug !== undefined && (await models.Tenant.findOne({ where: { slug: input.tenantSlug } }))) {
        const message = `The short name "${input.tenantSlug}" is taken.`;
        throw new ApiError('conflict', message, {
          reason: 'slug-taken',
          errors: [{ pointer: '/tenantSlug', message }],
        });
      }
      const known = await models.User.findOne({ where: { email }, attributes: ['id'] });
      const signUp = await models.SignUp.create({
        email,
        name: input.name.trim(),
        tenantName: input.tenantName.trim(),
        tenantSlug: input.tenantSlug ?? null,
        passwordHash,
        locale: input.locale ?? 'en',
        tokenHash: known === null ? hash : null,
        expiresAt: new Date(now().getTime() + HOURS * 3_600_000),
      });
      await mail(models, signUp, secret);
    });
    mailer.wake();
  }

  /** Sends the newest sign-up of an address another link. Does nothing, and does not tell, when there is none. */
  async function askAgain(given: string, client: Client): Promise<void> {
    const email = mailAddress(given);
    await limits.mailTo(email, client.ip);
    const { secret, hash } = newMailedSecret();
    await db.asPlatform(async (models) => {
      const found = await models.SignUp.findOne({ where: { email }, order: [['createdAt', 'desc']], lock: true });
      if (found === null || found.tokenHash === null || found.expiresAt <= now()) return;
      await found.update({ tokenHash: hash, expiresAt: new Date(now().getTime() + HOURS * 3_600_000) });
      await mail(models, found, secret);
    });
    mailer.wake();
  }

  /** Makes the account and its tenant, of the sign-up that the transaction has locked. */
  async function make(models: CoreModels, signUp: SignUp, trace: AuditTrace) {
    const { email, name, tenantName, locale, passwordHash } = signUp;
    const slug = await freeSlug(models, signUp.tenantSlug ?? slugOf(tenantName));
    const tenant = await createTenant(models, { slug, name: tenantName }, trace);
    await tenant.update({ defaultLocale: locale });
    const user = await addMember(models, tenant.id, { email, name, passwordHash, roles: ['owner'] }, trace);
    await user.update({ emailVerifiedAt: now(), locale });
    await models.SignUp.destroy({ where: { email } });
    return { tenantId: tenant.id, userId: user.id, slug };
  }

  async function confirm(
    { token, password }: { token: string; password: string },
    client: Client,
    requestId: string,
  ): Promise<SignedInWithMemberships> {
    await limits.link(client.ip);
    const tokenHash = mailedSecretHash(token);
    const waiting = await db.asPlatform((models) => models.SignUp.findOne({ where: { tokenHash } }));
    if (waiting === null || waiting.expiresAt <= now()) throw badLink();
    if (!(await slots.run(() => verifyPassword(password, waiting.passwordHash)))) {
      const message = 'This is not the password you signed up with.';
      throw new ApiError('invalid-input', message, {
        reason: 'wrong-password',
        errors: [{ pointer: '/password', message }],
      });
    }
    const trace: AuditTrace = { actor: { kind: 'visitor', userId: null, ...client }, requestId };
    const confirmed = async (models: CoreModels) => {
      // All of the address, in one order: they go together.
      const { email } = waiting;
      const all = await models.SignUp.findAll({ where: { email }, order: [['id', 'asc']], lock: true });
      const signUp = all.find((one) => one.tokenHash?.equals(tokenHash));
      // Meanwhile it was confirmed in another tab, or the address got an account by an invitation.
      if (!signUp || (await models.User.findOne({ where: { email } }))) throw badLink();
      return make(models, signUp, trace);
    };
    const made = await takingSlug(() => db.asPlatform(confirmed));
    await changes.announce('tenant', { tenantId: made.tenantId, slug: made.slug });
    return begin({ userId: made.userId, tenantIds: [made.tenantId], amr: ['pwd'] }, client, requestId);
  }

  return { ask, askAgain, confirm };
}

export type SignUps = ReturnType<typeof createSignUp>;
