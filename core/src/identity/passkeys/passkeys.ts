import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, Passkey } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { sendSecurityNotice } from '../accounts/security-notice.ts';
import type { Factors } from '../second-factor/factors.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import type { AuthenticationResponseJSON, Ceremonies, RegistrationResponseJSON } from './ceremonies.ts';
import type { ChallengeUse } from './challenges.ts';
import { isRegression } from './sign-count.ts';

/** More than anybody has devices. */
const MOST = 20;

/** A passkey that has been shown to be there. */
export interface ProvenPasskey {
  userId: string;
  passkeyId: string;
}

/** The passkeys of people: making, using and removing them. */
export function createPasskeys(
  deps: Pick<IdentityDependencies, 'db' | 'now' | 'log' | 'publicOrigin' | 'mailer'>,
  { ceremonies, factors }: { ceremonies: Ceremonies; factors: Factors },
) {
  const { db, now, log, mailer } = deps;
  const ofUser = (userId: string) => db.asPlatform((models) => models.Passkey.findAll({ where: { userId } }));

  /** Two authenticators with one passkey: it is refused, and the person's tenants can see why. */
  async function reportCopy({ id, userId }: Passkey, client: Client, requestId: string): Promise<void> {
    log.warn({ requestId, userId, ip: client.ip }, 'the counter of a passkey went backwards');
    await db.asPlatform(async (models) => {
      const trace: AuditTrace = { actor: { kind: 'system', userId: null, ...client }, requestId };
      for (const { tenantId } of await models.Membership.findAll({ where: { userId } })) {
        await recordAudit(models, trace, {
          tenantId,
          action: 'passkey.copied',
          entityId: id,
          detail: { userId },
        });
      }
    });
  }

  return {
    async registrationOptions({ user, sessionId }: Principal) {
      return ceremonies.registrationOptions(user, await ofUser(user.id), sessionId);
    },
    /** Recovery codes come with the first second factor. */
    async register(
      { user, tenant, sessionId }: Principal,
      input: { name: string; response: RegistrationResponseJSON },
      trace: AuditTrace,
    ): Promise<{ id: string; recoveryCodes?: string[] }> {
      const made = await ceremonies.verifyRegistration(input.response, user.id, sessionId);
      const added = await db.asPlatform(async (models) => {
        await models.User.findByPk(user.id, { lock: true });
        const known = await models.Passkey.findAll({ where: { userId: user.id } });
        if (known.length >= MOST) {
          throw new ApiError('conflict', `There can be ${MOST} passkeys at most. Remove one first.`, {
            reason: 'too-many-passkeys',
          });
        }
        if (await models.Passkey.findOne({ where: { credentialId: made.credentialId } })) {
          throw new ApiError('conflict', 'This passkey is known already.', { reason: 'passkey-known' });
        }
        const passkey = await models.Passkey.create({
          ...made,
          userId: user.id,
          name: input.name.trim(),
          signCount: String(made.signCount),
          createdAt: now(),
        });
        await recordAudit(models, trace, { tenantId: tenant.id, action: 'passkey.added', entityId: passkey.id });
        const { name: about } = passkey;
        await sendSecurityNotice(deps, models, user.id, { event: 'passkey-added', about }, trace);
        const hasCodes = (await models.RecoveryCode.count({ where: { userId: user.id } })) > 0;
        if (hasCodes) return { id: passkey.id };
        return { id: passkey.id, recoveryCodes: await factors.issueRecoveryCodes(models, user.id, now()) };
      });
      mailer.wake();
      return added;
    },
    async rename({ user, tenant }: Principal, id: string, name: string, trace: AuditTrace): Promise<void> {
      await db.asPlatform(async (models) => {
        const passkey = await ownPasskey(models, user.id, id);
        await passkey.update({ name: name.trim() });
        await recordAudit(models, trace, { tenantId: tenant.id, action: 'passkey.renamed', entityId: id });
      });
    },
    async remove({ user, tenant }: Principal, id: string, trace: AuditTrace): Promise<void> {
      await db.asPlatform(async (models) => {
        const passkey = await ownPasskey(models, user.id, id);
        await passkey.destroy();
        await factors.tidy(models, user.id);
        await recordAudit(models, trace, { tenantId: tenant.id, action: 'passkey.removed', entityId: id });
        const { name: about } = passkey;
        await sendSecurityNotice(deps, models, user.id, { event: 'passkey-removed', about }, trace);
      });
      mailer.wake();
    },
    /** What a browser needs to ask for a passkey; of one person's when it is known whose. */
    async options(use: ChallengeUse) {
      return ceremonies.authenticationOptions(use, use.userId === null ? [] : await ofUser(use.userId));
    },
    /** Rejects with `invalid-input` when it is no passkey of ours, of this person, or for this challenge. */
    async prove(
      response: AuthenticationResponseJSON,
      use: ChallengeUse,
      client: Client,
      requestId: string,
    ): Promise<ProvenPasskey> {
      const { passkey, signCount, backedUp } = await ceremonies.verifyAuthentication(response, use, (credentialId) =>
        db.asPlatform((models) =>
          models.Passkey.findOne({
            where: { credentialId, ...(use.userId === null ? {} : { userId: use.userId }) },
          }),
        ),
      );
      const accepted = await db.asPlatform(async (models) => {
        const stored = await models.Passkey.findByPk(passkey.id, { lock: true });
        if (!stored || isRegression(Number(stored.signCount), signCount)) return false;
        await stored.update({ signCount: String(signCount), backedUp, lastUsedAt: now() });
        return true;
      });
      if (accepted) return { userId: passkey.userId, passkeyId: passkey.id };
      await reportCopy(passkey, client, requestId);
      throw new ApiError('invalid-input', 'This passkey seems to have been copied, and is not accepted. Remove it.', {
        reason: 'passkey-copied',
      });
    },
  };
}

export type Passkeys = ReturnType<typeof createPasskeys>;

async function ownPasskey(models: CoreModels, userId: string, id: string): Promise<Passkey> {
  const found = await models.Passkey.findOne({ where: { id, userId }, lock: true });
  if (!found) throw new ApiError('not-found', 'There is no such passkey.');
  return found;
}
