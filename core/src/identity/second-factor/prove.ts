import type { AuditTrace } from '../../audit/index.ts';
import type { Principal } from '../../routes/index.ts';
import { renewProof } from '../accounts/prove.ts';
import type { AuthenticationResponseJSON } from '../passkeys/ceremonies.ts';
import type { Passkeys } from '../passkeys/passkeys.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { wrongCode } from './enrolment.ts';
import type { Factors } from './factors.ts';
import type { GuessLimit } from './guess-limit.ts';

export interface ProveParts {
  factors: Factors;
  guesses: GuessLimit;
  passkeys: Passkeys;
}

/** Proves without the password that the person at a session is still the same. */
export function createProve(
  deps: Pick<IdentityDependencies, 'db' | 'changes' | 'now'>,
  { factors, guesses, passkeys }: ProveParts,
) {
  const use = ({ user, sessionId }: Principal) => ({ purpose: 'prove', userId: user.id, boundTo: sessionId }) as const;
  return {
    async byCode(principal: Principal, code: string, trace: AuditTrace): Promise<void> {
      const { id } = principal.user;
      const isRight = await guesses.judge(id, () =>
        deps.db.asPlatform((models) => factors.useTotp(models, id, code, deps.now())),
      );
      if (!isRight) throw wrongCode('/code');
      await renewProof(deps, principal, 'totp', trace);
    },
    passkeyOptions: (principal: Principal) => passkeys.options(use(principal)),
    async byPasskey(
      principal: Principal,
      response: AuthenticationResponseJSON,
      client: Client,
      trace: AuditTrace,
    ): Promise<void> {
      await passkeys.prove(response, use(principal), client, trace.requestId ?? '');
      await renewProof(deps, principal, 'passkey', trace);
    },
  };
}

export type Prove = ReturnType<typeof createProve>;
