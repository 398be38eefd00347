import { errors, jwtVerify, SignJWT } from 'jose';
import { ApiError } from '../../errors/index.ts';

/** What an access token says: a person, signed in to one tenant, by one session. */
export interface AccessClaims {
  userId: string;
  tenantId: string;
  sessionId: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface AccessTokens {
  /** `seconds`: of life, where it is not the usual. */
  issue(claims: Omit<AccessClaims, 'expiresAt'>, seconds?: number): Promise<{ token: string; expiresAt: number }>;
  /** Rejects with `unauthenticated`: reason `token-expired` or `token-invalid`. */
  verify(token: string): Promise<AccessClaims>;
}

export interface AccessTokenOptions {
  key: Uint8Array;
  lifetimeSeconds: number;
  now(): Date;
}

const ALGORITHM = 'HS256';
/** Ours have some 400 characters; longer input is not worth hashing. */
const MAX_LENGTH = 2048;

export function createAccessTokens({ key, lifetimeSeconds, now }: AccessTokenOptions): AccessTokens {
  return {
    async issue({ userId, tenantId, sessionId }, seconds = lifetimeSeconds) {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const expiresAt = issuedAt + seconds;
      const token = await new SignJWT({ tenant: tenantId, session: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt: expiresAt * 1000 };
    },
    async verify(token) {
      if (token.length > MAX_LENGTH) throw invalid();
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        currentDate: now(),
        requiredClaims: ['sub', 'tenant', 'session', 'iat', 'exp'],
      }).catch((cause: unknown) => {
        throw cause instanceof errors.JWTExpired ? expired() : invalid(cause);
      });
      const { sub, tenant, session, exp } = payload;
      if (sub === undefined || typeof tenant !== 'string' || typeof session !== 'string' || exp === undefined) {
        throw invalid();
      }
      return { userId: sub, tenantId: tenant, sessionId: session, expiresAt: exp * 1000 };
    },
  };
}

export function expired(): ApiError {
  return new ApiError('unauthenticated', 'The access token has expired.', { reason: 'token-expired' });
}

function invalid(cause?: unknown): ApiError {
  return new ApiError('unauthenticated', 'The access token is not valid.', { reason: 'token-invalid', cause });
}
