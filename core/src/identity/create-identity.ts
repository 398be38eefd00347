import { availableParallelism } from 'node:os';
import type { Principal, Route } from '../routes/index.ts';
import { deriveKey } from '../secrets/index.ts';
import { createApiKeyAccess } from './api-keys/access.ts';
import { createAccounts } from './create-accounts.ts';
import { createAuthentication } from './create-authentication.ts';
import { peopleRoutes } from './members/people-routes.ts';
import { createAccess } from './sessions/access.ts';
import { createAccessTokens } from './sessions/access-tokens.ts';
import { createBeginSession } from './sessions/begin-session.ts';
import { createRefresh } from './sessions/refresh.ts';
import { refreshCookie } from './sessions/refresh-cookie.ts';
import { createSessionUse } from './sessions/session-use.ts';
import { sweepSessions } from './sessions/sessions.ts';
import { createSignOut } from './sessions/sign-out.ts';
import { authRoutes } from './sign-in/auth-routes.ts';
import { createPasswordProof } from './sign-in/password-proof.ts';
import { createSetUp, isSetUpNeeded } from './sign-in/set-up.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { createSignInLimits } from './sign-in/sign-in-limits.ts';
import { createWorkSlots } from './sign-in/work-slots.ts';
import type { IdentityDependencies } from './types.ts';

/** People who may wait for their password to be checked: some ten seconds' worth on two cores. */
const WAITING_SIGN_INS = 500;

export interface Identity {
  /** Who a bearer token stands for. Rejects with `unauthenticated`; microseconds for a token seen before. */
  authenticate(accessToken: string): Promise<Principal>;
  readonly routes: Route[];
  /** Removes what can never be used again. For the leader, now and then. */
  sweep(): Promise<void>;
  /** Stops listening for changes, and waits for what no request waits for. */
  close(): Promise<void>;
}

export function createIdentity(deps: IdentityDependencies): Identity {
  const { db, now, config } = deps;
  const accessTokens = createAccessTokens({
    key: deriveKey(config.secret, 'access-token'),
    lifetimeSeconds: config.accessTokenSeconds,
    now,
  });
  const apiKeys = createApiKeyAccess(deps);
  const use = createSessionUse(db, deps.log);
  const access = createAccess(deps, accessTokens, apiKeys, use);
  const parts = {
    accessTokens,
    access,
    limits: createSignInLimits(config.signInLimits, db.platform),
    slots: createWorkSlots(Math.max(2, availableParallelism()), WAITING_SIGN_INS),
  };
  const begin = createBeginSession(deps, parts);
  const remember = refreshCookie(config.refreshTokenSeconds);
  const authentication = createAuthentication(deps, { ...parts, begin, remember });
  const prove = createPasswordProof(deps, parts);
  const accounts = createAccounts(deps, { ...parts, begin, prove, remember });
  const actions = {
    signIn: createSignIn(deps, prove, begin),
    refresh: createRefresh(deps, parts, deriveKey(config.secret, 'refresh-token')),
    signOut: createSignOut(deps),
    setUpStatus: async () => ({
      needed: await isSetUpNeeded(db, config.demo),
      demo: config.demo,
      signUp: config.signUp,
    }),
    setUp: createSetUp(deps, parts),
  };
  return {
    authenticate: access.authenticate,
    routes: [...authRoutes(actions, remember), ...authentication.routes, ...accounts.routes, ...peopleRoutes(deps)],
    sweep: () => sweepSessions(db, now()),
    async close() {
      access.close();
      apiKeys.close();
      await Promise.all([accounts.stop(), use.close()]);
    },
  };
}
