import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { type SecurityNotice, sendSecurityNotice } from '../accounts/security-notice.ts';
import type { IdentityDependencies } from '../types.ts';
import type { Factors, NewTotp } from './factors.ts';
import type { GuessLimit } from './guess-limit.ts';

export function wrongCode(pointer: string): ApiError {
  const message = 'That code is not right. Codes change every 30 seconds and work once.';
  return new ApiError('invalid-input', message, { reason: 'wrong-code', errors: [{ pointer, message }] });
}

/** What signed-in people do with their own second factors. */
export function createEnrolment(
  deps: Pick<IdentityDependencies, 'db' | 'now' | 'publicOrigin' | 'mailer'>,
  { factors, guesses }: { factors: Factors; guesses: GuessLimit },
) {
  const { db, now, mailer } = deps;

  /** In the log of the tenant, and by mail to the person. */
  async function report(
    models: CoreModels,
    { tenant, user }: Principal,
    trace: AuditTrace,
    action: string,
    event: SecurityNotice['event'],
  ): Promise<void> {
    await recordAudit(models, trace, { tenantId: tenant.id, action, entityId: user.id });
    await sendSecurityNotice(deps, models, user.id, { event }, trace);
  }

  return {
    begin({ user }: Principal): Promise<NewTotp> {
      return db.asPlatform((models) => factors.beginTotp(models, { userId: user.id, email: user.email }, now()));
    },
    async confirm(principal: Principal, code: string, trace: AuditTrace): Promise<string[]> {
      const { id } = principal.user;
      const codes = await guesses.judge(id, () =>
        db.asPlatform(async (models) => {
          const issued = await factors.confirmTotp(models, id, code, now());
          if (issued !== null) {
            await report(models, principal, trace, 'second-factor.added', 'second-factor-added');
          }
          return issued;
        }),
      );
      if (codes === null) throw wrongCode('/code');
      mailer.wake();
      return codes;
    },
    async remove(principal: Principal, trace: AuditTrace): Promise<void> {
      await db.asPlatform(async (models) => {
        if (!(await factors.removeTotp(models, principal.user.id))) {
          throw new ApiError('not-found', 'There is no authenticator app to remove.');
        }
        await report(models, principal, trace, 'second-factor.removed', 'second-factor-removed');
      });
      mailer.wake();
    },
    async renewRecoveryCodes(principal: Principal, trace: AuditTrace): Promise<string[]> {
      const renewed = await db.asPlatform(async (models) => {
        const userId = principal.user.id;
        const [totp, passkey] = await Promise.all([
          models.TotpAuthenticator.findOne({ where: { userId } }),
          models.Passkey.findOne({ where: { userId }, attributes: ['id'] }),
        ]);
        if ((totp?.confirmedAt ?? null) === null && !passkey) {
          throw new ApiError('conflict', 'Recovery codes stand in for a second factor. Set one up first.', {
            reason: 'no-second-factor',
          });
        }
        const codes = await factors.issueRecoveryCodes(models, userId, now());
        await report(models, principal, trace, 'recovery-codes.renewed', 'recovery-codes-renewed');
        return codes;
      });
      mailer.wake();
      return renewed;
    },
  };
}

export type Enrolment = ReturnType<typeof createEnrolment>;
