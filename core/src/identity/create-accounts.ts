import type { Route } from '../routes/index.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { createChangePassword } from './accounts/change-password.ts';
import { createEmailChange } from './accounts/email-change.ts';
import { entranceRoutes } from './accounts/entrance-routes.ts';
import { createVisitorLimits } from './accounts/limits.ts';
import { accountOperatorRoutes } from './accounts/operator-routes.ts';
import { createPasswordReset } from './accounts/password-reset.ts';
import { createProfiles } from './accounts/profile.ts';
import { createProveByPassword } from './accounts/prove.ts';
import { createSignUp } from './accounts/sign-up.ts';
import { createApiKeys } from './api-keys/manage.ts';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { createAttemptLimit } from './attempt-limits.ts';
import { createBackground } from './background.ts';
import type { BeginSession } from './begin-session.ts';
import type { SignInParts } from './issue-tokens.ts';
import { createAcceptInvitation } from './members/accept-invitation.ts';
import { createInvitations } from './members/invitations.ts';
import { memberRoutes } from './members/member-routes.ts';
import { createMembers } from './members/members.ts';
import { roleRoutes } from './members/role-routes.ts';
import { createRoles } from './members/roles.ts';
import type { PasswordProof } from './password-proof.ts';
import type { RememberRefreshToken } from './refresh-cookie.ts';
import { createGoOn, createSwitchTenant } from './switch-tenant.ts';
import type { IdentityDependencies } from './types.ts';

/** Letters of one tenant to people who did not ask for them. */
const INVITATIONS_A_DAY = 500;

interface AccountsParts extends Pick<SignInParts, 'limits' | 'slots'> {
  begin: BeginSession;
  prove: PasswordProof;
  remember: RememberRefreshToken;
}

/** Accounts, members, roles and API keys: how people come to the platform and what they may do there. */
export function createAccounts(deps: IdentityDependencies, parts: AccountsParts) {
  const { db, log } = deps;
  const { slots, begin, prove, remember } = parts;
  const limits = createVisitorLimits(db.platform);
  const invited = createAttemptLimit(db.platform, { name: 'invited', windowSeconds: 86_400, most: INVITATIONS_A_DAY });
  const background = createBackground((error) => log.warn({ err: error }, 'a password reset could not be mailed'));
  const goOn = createGoOn(deps, begin);
  const emailChanges = createEmailChange(deps, limits);

  const routes: Route[] = [
    ...entranceRoutes({
      signUps: createSignUp(deps, { slots, limits, begin }),
      resets: createPasswordReset(deps, { slots, limits, signInLimits: parts.limits, later: background.run }),
      emailChanges,
      invitations: createAcceptInvitation(deps, { slots, limits, prove, begin, goOn }),
      switchTenant: createSwitchTenant(deps, goOn),
      remember(context, answer) {
        remember(context, answer.refreshToken);
        return answer;
      },
    }),
    ...accountRoutes({
      profiles: createProfiles(deps),
      emailChanges,
      changePassword: createChangePassword(deps, { slots, prove }),
      proveByPassword: createProveByPassword(deps, prove),
    }),
    ...memberRoutes({ deps, invitations: createInvitations(deps, invited), members: createMembers(deps) }),
    ...roleRoutes(deps, createRoles(deps)),
    ...apiKeyRoutes(createApiKeys(deps)),
    ...accountOperatorRoutes({ db, limits: parts.limits }),
  ];
  return { routes, settled: background.settled };
}
