import type { Route } from '../routes/index.ts';
import { createSealer, deriveKey } from '../secrets/index.ts';
import { createImpersonation } from './impersonation/impersonation.ts';
import { createCeremonies } from './passkeys/ceremonies.ts';
import { createPasskeySignIn } from './passkeys/passkey-sign-in.ts';
import { createPasskeys } from './passkeys/passkeys.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { createAnswerChallenge } from './second-factor/answer-challenge.ts';
import { createEnrolment } from './second-factor/enrolment.ts';
import { createFactors } from './second-factor/factors.ts';
import { createGuessLimit } from './second-factor/guess-limit.ts';
import { createProve } from './second-factor/prove.ts';
import { proveRoutes } from './second-factor/prove-routes.ts';
import { secondFactorRoutes } from './second-factor/routes.ts';
import type { Access } from './sessions/access.ts';
import type { AccessTokens } from './sessions/access-tokens.ts';
import type { BeginSession } from './sessions/begin-session.ts';
import type { RememberRefreshToken } from './sessions/refresh-cookie.ts';
import { createAuthorizationFlow } from './single-sign-on/authorization-flow.ts';
import { createDomains } from './single-sign-on/domains.ts';
import { createOwnSignOn } from './single-sign-on/own-sign-on.ts';
import { createProviders } from './single-sign-on/provider.ts';
import { createSignInSettings } from './single-sign-on/settings.ts';
import { signInSettingsRoutes } from './single-sign-on/settings-routes.ts';
import { createSignOn } from './single-sign-on/sign-on.ts';
import { signOnRoutes } from './single-sign-on/sign-on-routes.ts';
import { createTenantChanges } from './tenants/change-tenant.ts';
import { tenantRoutes } from './tenants/routes.ts';
import type { IdentityDependencies } from './types.ts';

export interface AuthenticationParts {
  access: Access;
  accessTokens: AccessTokens;
  begin: BeginSession;
  remember: RememberRefreshToken;
}

/** The ways to prove who one is beyond the password; and operators, who act as somebody else. */
export function createAuthentication(deps: IdentityDependencies, parts: AuthenticationParts) {
  const { begin, remember } = parts;
  const { secret } = deps.config;
  const factors = createFactors({
    sealer: createSealer(deriveKey(secret, 'second-factor')),
    recoveryKey: deriveKey(secret, 'recovery-code'),
  });
  const guesses = createGuessLimit(deps.db.platform);
  const passkeys = createPasskeys(deps, { ceremonies: createCeremonies(deps), factors });
  const routes: Route[] = [
    ...secondFactorRoutes({
      ...deps,
      enrolment: createEnrolment(deps, { factors, guesses }),
      challenges: createAnswerChallenge(deps, { factors, guesses, passkeys, begin }),
      remember,
    }),
    ...proveRoutes(createProve(deps, { factors, guesses, passkeys })),
    ...passkeyRoutes({ passkeys, entrance: createPasskeySignIn(deps, { passkeys, begin }), remember }),
  ];
  const operators = tenantRoutes(deps, {
    changes: createTenantChanges(deps),
    impersonation: createImpersonation(deps, parts),
  });
  return { routes: [...routes, ...singleSignOnRoutes(deps, parts), ...operators] };
}

function singleSignOnRoutes(
  deps: IdentityDependencies,
  { begin, remember }: Pick<AuthenticationParts, 'begin' | 'remember'>,
): Route[] {
  const sealer = createSealer(deriveKey(deps.config.secret, 'single-sign-on'));
  const providers = createProviders(deps.providers, sealer, deps.log);
  const authorization = createAuthorizationFlow(deps, { providers, sealer });
  const own = createOwnSignOn(deps, authorization);
  return [
    ...signOnRoutes({ signOn: createSignOn(deps, { authorization, own, begin }), own, remember }),
    ...signInSettingsRoutes(
      createSignInSettings(deps, { providers, sealer }),
      createDomains(deps, (name) => deps.resolveTxt(name)),
    ),
  ];
}
