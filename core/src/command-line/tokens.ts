import { errors, jwtVerify, SignJWT } from 'jose';
import { ApiError } from '../errors/index.ts';
import { PLATFORM_TENANT, type Principal } from '../routes/index.ts';
import { deriveKey } from '../secrets/index.ts';

/** No token lives longer: each request of the command line carries one of its own. */
const LIFETIME_SECONDS = 60;
const ALGORITHM = 'HS256';
const TYPE = 'bazaar-command-line';
/** Tells these from access tokens without looking into them. */
const PREFIX = 'cli.';
const MAX_LENGTH = 1024;
const NOBODY = '00000000-0000-0000-0000-000000000000';

const keyOf = (secret: string) => deriveKey(secret, 'command-line');

/**
 * A token for one request to the kernel that runs as `instance`. Whoever can make one holds the platform's secret and
 * could read what the kernel wrote down at its start: the user whom the kernel runs as, or root.
 */
export async function issueToken(options: {
  secret: string;
  instance: string;
  /** Of the operating system; named in the audit log. */
  user: string;
  now: Date;
}): Promise<string> {
  const issuedAt = Math.floor(options.now.getTime() / 1000);
  const token = await new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setSubject(options.user.slice(0, 100))
    .setAudience(options.instance)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(keyOf(options.secret));
  return `${PREFIX}${token}`;
}

export interface CommandLineTokens {
  recognises(token: string): boolean;
  /** Who it stands for. Rejects with `unauthenticated`. */
  authenticate(token: string): Promise<Principal>;
}

/** Checks the tokens that the command line makes for this process. */
export function createCommandLineTokens(options: { secret: string; instance: string; now(): Date }): CommandLineTokens {
  const { instance, now } = options;
  const key = keyOf(options.secret);
  return {
    recognises: (token) => token.startsWith(PREFIX),
    async authenticate(token) {
      if (token.length > MAX_LENGTH) throw invalid();
      const { payload } = await jwtVerify(token.slice(PREFIX.length), key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        audience: instance,
        // Also against a token that claims a longer life than any is given.
        maxTokenAge: LIFETIME_SECONDS,
        currentDate: now(),
        requiredClaims: ['sub', 'aud', 'iat', 'exp'],
      }).catch((cause: unknown) => {
        throw cause instanceof errors.JWTExpired ? expired() : invalid(cause);
      });
      return operatorAtTheConsole(payload.sub ?? '', now().getTime());
    },
  };
}

function operatorAtTheConsole(name: string, provenAt: number): Principal {
  return Object.freeze({
    tenant: PLATFORM_TENANT,
    user: Object.freeze({ id: NOBODY, name, email: '', isOperator: true }),
    sessionId: '',
    provenAt,
    permissions: Object.freeze([]),
  });
}

function expired(): ApiError {
  return new ApiError('unauthenticated', 'The token of the command line has expired.', { reason: 'token-expired' });
}

function invalid(cause?: unknown): ApiError {
  return new ApiError('unauthenticated', 'The token of the command line is not valid.', {
    reason: 'token-invalid',
    cause,
  });
}
