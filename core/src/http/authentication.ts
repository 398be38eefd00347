import { ApiError } from '../errors/index.ts';
import type { Access, Principal } from '../routes/index.ts';
import type { HttpContext, HttpMiddleware } from './context.ts';

/** How long a proof of identity is recent. */
const PROOF_MS = 15 * 60_000;

/** Resolves an access token; rejects with `unauthenticated`. */
export type Authenticate = (token: string) => Promise<Principal>;

/**
 * Recognises operators by tokens other than those of a sign-in. They may use operator routes, and nothing of any
 * tenant.
 */
export interface OperatorTokens {
  recognises(token: string): boolean;
  authenticate: Authenticate;
}

/**
 * Finds out who is calling. An invalid token is no reason to refuse yet: the route may be public, or not exist. Where a
 * principal is needed, `requirePrincipal` throws the reason.
 */
export function authentication(authenticate: Authenticate, operators?: OperatorTokens): HttpMiddleware {
  return async (ctx, next) => {
    const header = ctx.req.headers.authorization;
    if (header !== undefined) {
      try {
        if (!/^bearer /i.test(header)) {
          throw new ApiError('unauthenticated', 'The Authorization header must be "Bearer <access token>".');
        }
        const token = header.slice(7).trim();
        if (operators?.recognises(token)) {
          ctx.state.operator = await operators.authenticate(token);
          throw new ApiError('forbidden', 'This token is for what operators of the platform may do, and nothing else.');
        }
        ctx.state.principal = await authenticate(token);
      } catch (error) {
        if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 403)) throw error;
        ctx.state.refusal = error;
      }
    }
    return next();
  };
}

export function requirePrincipal(ctx: HttpContext): Principal {
  const { principal, refusal } = ctx.state;
  if (principal) return principal;
  throw refusal ?? new ApiError('unauthenticated', 'Sign in to use this.');
}

/** Refuses callers whom a route's access rule does not admit. */
export function checkAccess(ctx: HttpContext, access: Access): void {
  if (access === 'public') return;
  if (access === 'operator' && ctx.state.operator) {
    ctx.state.principal = ctx.state.operator;
    return;
  }
  const principal = requirePrincipal(ctx);
  if (access === 'signed-in') return;
  if (access === 'person') {
    refuseKeys(principal);
    refuseImpersonators(principal);
    return;
  }
  if (access === 'operator') {
    if (!principal.user.isOperator) throw new ApiError('forbidden', 'Only operators of the platform may do this.');
    return;
  }
  if (!principal.permissions.includes(access.permission)) {
    throw new ApiError('forbidden', `You need the permission ${access.permission} for this.`, {
      reason: 'permission-missing',
    });
  }
}

/** Refuses callers of a `sudo` route without a recent proof of identity. */
export function checkProof({ state: { principal } }: HttpContext, now: number): void {
  if (principal === null) throw new Error('a sudo route without a principal');
  refuseKeys(principal);
  refuseImpersonators(principal);
  if (now - principal.provenAt > PROOF_MS) {
    throw new ApiError('sudo-required', 'Confirm that it is you to go on.', { reason: 'proof-too-old' });
  }
}

function refuseImpersonators({ impersonator }: Principal): void {
  if (!impersonator) return;
  throw new ApiError('forbidden', 'This cannot be done on behalf of somebody else.', { reason: 'impersonated' });
}

function refuseKeys({ apiKey }: Principal): void {
  if (!apiKey) return;
  throw new ApiError('forbidden', 'An API key cannot do this: it takes somebody who is signed in.', {
    reason: 'person-required',
  });
}
