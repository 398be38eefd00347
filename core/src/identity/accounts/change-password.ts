import type { AuditTrace } from '../../audit/index.ts';
import type { CoreModels } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { queueMail } from '../../mail/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { SignInParts } from '../sessions/issue-tokens.ts';
import { type EndedSession, revokeSessionsOf } from '../sessions/sessions.ts';
import type { PasswordProof } from '../sign-in/password-proof.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import type { IdentityDependencies } from '../types.ts';
import { auditAccount } from './account-audit.ts';
import { checkNewPassword } from './password-rules.ts';

export interface ChangedPassword {
  userId: string;
  ended: readonly EndedSession[];
}

interface NewPassword {
  userId: string;
  passwordHash: string;
  how: 'reset' | 'changed';
  /** The session that goes on. */
  keep?: string;
}

/** Stores a new hash in the caller's transaction, ends the person's sessions, and tells them by mail. */
export async function storePassword(
  { now, publicOrigin }: Pick<IdentityDependencies, 'now' | 'publicOrigin'>,
  models: CoreModels,
  { userId, passwordHash, how, keep }: NewPassword,
  trace: AuditTrace,
): Promise<ChangedPassword> {
  const user = await models.User.findOne({ where: { id: userId }, lock: true });
  if (!user) throw new ApiError('not-found', 'There is no such account.');
  // A reset has shown that mail reaches the person.
  const verified = how === 'reset' && user.emailVerifiedAt === null ? { emailVerifiedAt: now() } : {};
  await user.update({ passwordHash, ...verified });
  const ended = await revokeSessionsOf(models, { userId, keep }, { reason: 'password-changed', trace, now: now() });
  await auditAccount(models, trace, userId, { action: 'password.changed', detail: { how } });
  await queueMail(models, {
    template: 'password-changed',
    to: { email: user.email, name: user.name },
    locale: user.locale,
    tenantId: null,
    values: { name: user.name, at: now().toISOString(), forgotten: `${publicOrigin()}/forgot-password` },
  });
  return { userId, ended };
}

/** After the commit. */
export async function announceEnded(
  { changes, mailer }: Pick<IdentityDependencies, 'changes' | 'mailer'>,
  { ended }: Pick<ChangedPassword, 'ended'>,
): Promise<void> {
  mailer.wake();
  await Promise.all(ended.map((session) => changes.announce('session', session)));
}

/**
 * A signed-in person's own new password. They prove themselves by the old one. Who has none, because they came by a
 * tenant's single sign-on, gets the first by mail: a tenant's provider must not be able to set one.
 */
export function createChangePassword(
  deps: IdentityDependencies,
  { slots, prove }: Pick<SignInParts, 'slots'> & { prove: PasswordProof },
) {
  const { db } = deps;
  return async (
    principal: Principal,
    input: { current: string; password: string },
    trace: AuditTrace,
  ): Promise<void> => {
    const { user, sessionId } = principal;
    const stored = await db.asPlatform((models) => models.User.findOne({ where: { id: user.id } }));
    if (!stored) throw new ApiError('not-found', 'There is no such account.');
    if (stored.passwordHash === null) throw withoutPassword();
    const attempt = { email: stored.email, ip: trace.actor.ip ?? '' };
    if ((await prove(attempt, input.current)) !== user.id) throw wrong('This is not your password.');
    await checkNewPassword(input.password, stored);
    const passwordHash = await slots.run(() => hashPassword(input.password));
    const changed = await db.asPlatform((models) =>
      storePassword(deps, models, { userId: user.id, passwordHash, how: 'changed', keep: sessionId }, trace),
    );
    await announceEnded(deps, changed);
  };
}

function withoutPassword(): ApiError {
  return new ApiError('conflict', 'Your account has no password yet. Let us mail you a link to choose one.', {
    reason: 'no-password',
    action: { label: 'Mail me a link', href: '/forgot-password' },
  });
}

function wrong(message: string): ApiError {
  return new ApiError('invalid-input', message, {
    reason: 'wrong-password',
    errors: [{ pointer: '/current', message }],
  });
}
