import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, SignInChallenge } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { sendSecurityNotice } from '../accounts/security-notice.ts';
import type { AuthenticationResponseJSON } from '../passkeys/ceremonies.ts';
import type { Passkeys } from '../passkeys/passkeys.ts';
import type { BeginSession } from '../sessions/begin-session.ts';
import type { SignedInWithMemberships } from '../sessions/signed-in.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { wrongCode } from './enrolment.ts';
import type { Factors, NewTotp } from './factors.ts';
import type { GuessLimit } from './guess-limit.ts';
import { challengeEnded, findSignInChallenge } from './sign-in-challenge.ts';

/** The challenge, and one of these as the answer. */
export interface SecondFactorAnswer {
  challenge: string;
  /** Of the authenticator app. */
  code?: string;
  recoveryCode?: string;
  passkey?: AuthenticationResponseJSON;
}

export interface SecondFactorSignedIn extends SignedInWithMemberships {
  /** Of the factor that was set up on the way; shown this once. */
  recoveryCodes?: string[];
}

export interface AnswerParts {
  factors: Factors;
  guesses: GuessLimit;
  passkeys: Passkeys;
  begin: BeginSession;
}

/** How the answer proves who it is, and what its person is told of; `null` when it is wrong. */
type Verdict = {
  amr: string;
  recoveryCodes?: string[];
  notice?: { audit: string; event: 'second-factor-added' | 'recovery-code-used' };
} | null;

const ADDED = { audit: 'second-factor.added', event: 'second-factor-added' } as const;
const USED = { audit: 'recovery-code.used', event: 'recovery-code-used' } as const;

/** The second half of a sign-in, and the set-up of a factor where the tenant asks for one and there is none. */
export function createAnswerChallenge(
  deps: Pick<IdentityDependencies, 'db' | 'now' | 'log' | 'publicOrigin' | 'mailer'>,
  { factors, guesses, passkeys, begin }: AnswerParts,
) {
  const { db, now, log, mailer } = deps;
  const find = (token: string) => db.asPlatform((models) => findSignInChallenge(models, token, now()));
  const passkeyUse = (userId: string, token: string) => ({ purpose: 'second-factor', userId, boundTo: token }) as const;

  async function judge(
    models: CoreModels,
    { userId, enrolment }: SignInChallenge,
    { code, recoveryCode }: SecondFactorAnswer,
    passkeyProven: boolean,
  ): Promise<Verdict> {
    const at = now();
    if (enrolment) {
      const recoveryCodes = code === undefined ? null : await factors.confirmTotp(models, userId, code, at);
      return recoveryCodes && { amr: 'otp', recoveryCodes, notice: ADDED };
    }
    if (passkeyProven) return { amr: 'pop' };
    if (code !== undefined) return (await factors.useTotp(models, userId, code, at)) ? { amr: 'otp' } : null;
    const used = recoveryCode !== undefined && (await factors.useRecoveryCode(models, userId, recoveryCode, at));
    return used ? { amr: 'recovery', notice: USED } : null;
  }

  /** In one transaction: a challenge is answered once, and each wrong answer counts. */
  async function settle(
    models: CoreModels,
    answer: SecondFactorAnswer,
    passkeyProven: boolean,
    trace: AuditTrace,
  ): Promise<Verdict> {
    const challenge = await findSignInChallenge(models, answer.challenge, now());
    const verdict = await judge(models, challenge, answer, passkeyProven);
    if (verdict === null) {
      await challenge.update({ attempts: challenge.attempts + 1 });
      return null;
    }
    await challenge.destroy();
    const { tenantId, userId } = challenge;
    if (verdict.notice !== undefined) {
      const { audit, event } = verdict.notice;
      await recordAudit(models, trace, { tenantId, action: audit, entityId: userId });
      const left = await models.RecoveryCode.count({ where: { userId, usedAt: null } });
      const about = event === 'recovery-code-used' ? String(left) : '';
      await sendSecurityNotice(deps, models, userId, { event, about }, trace);
    }
    return verdict;
  }

  /** `null` when the answer is no passkey of this person. Its own challenge is used up in any case. */
  async function provePasskey(answer: SecondFactorAnswer, userId: string, client: Client, requestId: string) {
    if (answer.passkey === undefined) return { proven: false, refusal: null };
    try {
      await passkeys.prove(answer.passkey, passkeyUse(userId, answer.challenge), client, requestId);
      return { proven: true, refusal: null };
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 400) throw error;
      return { proven: false, refusal: error };
    }
  }

  return {
    /** For a challenge that asks for the set-up of a factor. */
    enrol(token: string): Promise<NewTotp> {
      return db.asPlatform(async (models) => {
        const challenge = await findSignInChallenge(models, token, now());
        if (!challenge.enrolment) {
          throw new ApiError('conflict', 'There is a second factor already: answer with it.', {
            reason: 'totp-enrolled',
          });
        }
        const { userId } = challenge;
        const user = await models.User.findByPk(userId);
        if (!user) throw challengeEnded();
        return factors.beginTotp(models, { userId, email: user.email }, now());
      });
    },
    /** What a browser needs to answer by a passkey. */
    async passkeyOptions(token: string) {
      const { userId } = await find(token);
      return passkeys.options(passkeyUse(userId, token));
    },
    async answer(answer: SecondFactorAnswer, client: Client, requestId: string): Promise<SecondFactorSignedIn> {
      const { userId, tenantId, amr } = await find(answer.challenge);
      const trace: AuditTrace = { actor: { kind: 'user', userId, ...client }, requestId };
      let refused = null as ApiError | null;
      const verdict = await guesses.judge(userId, async () => {
        const { proven, refusal } = await provePasskey(answer, userId, client, requestId);
        refused = refusal;
        return db.asPlatform((models) => settle(models, answer, proven, trace));
      });
      if (verdict?.notice !== undefined) mailer.wake();
      if (verdict === null) {
        log.warn({ requestId, userId, ip: client.ip }, 'second factor refused');
        throw refused ?? wrongCode(answer.recoveryCode === undefined ? '/code' : '/recoveryCode');
      }
      const person = { userId, tenantIds: [tenantId], amr: [...amr, verdict.amr, 'mfa'] };
      const signedIn = await begin(person, client, requestId);
      return verdict.recoveryCodes === undefined ? signedIn : { ...signedIn, recoveryCodes: verdict.recoveryCodes };
    },
  };
}

export type AnswerChallenge = ReturnType<typeof createAnswerChallenge>;
