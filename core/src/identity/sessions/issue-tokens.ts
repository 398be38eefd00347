import { ApiError } from '../../errors/index.ts';
import type { SignInLimits } from '../sign-in/sign-in-limits.ts';
import type { WorkSlots } from '../sign-in/work-slots.ts';
import type { Access } from './access.ts';
import type { AccessTokens } from './access-tokens.ts';
import { type SignedIn, shownUser } from './signed-in.ts';

export interface SignInParts {
  accessTokens: AccessTokens;
  access: Access;
  limits: SignInLimits;
  slots: WorkSlots;
}

/** Issues the tokens of a session that has been committed. */
export async function answerFor(
  { access, accessTokens }: Pick<SignInParts, 'access' | 'accessTokens'>,
  session: { tenantId: string; userId: string; sessionId: string },
  refreshToken: string,
  accessTokenSeconds: number,
): Promise<SignedIn> {
  const principal = await access.principalOf(session);
  if (principal === null) {
    throw new ApiError('unauthenticated', 'This session has ended. Sign in again.', { reason: 'session-ended' });
  }
  const { token } = await accessTokens.issue(session);
  return {
    accessToken: token,
    expiresIn: accessTokenSeconds,
    refreshToken,
    tenant: principal.tenant,
    user: shownUser(principal),
  };
}
