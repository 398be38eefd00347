import type { Route } from '../routes/index.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { createChangePassword } from './accounts/change-password.ts';
import { createEmailChange } from './accounts/email-change.ts';
import { entranceRoutes } from './accounts/entrance-routes.ts';
import { createForgottenPasswords } from './accounts/forgotten-passwords.ts';
import { createVisitorLimits } from './accounts/limits.ts';
import { accountOperatorRoutes } from './accounts/operator-routes.ts';
import { createOperators } from './accounts/operators.ts';
import { createPasswordReset } from './accounts/password-reset.ts';
import { createProfiles } from './accounts/profile.ts';
import { createProveByPassword } from './accounts/prove.ts';
import { createSignUp } from './accounts/sign-up.ts';
import { createApiKeys } from './api-keys/manage.ts';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { createAcceptInvitation } from './members/accept-invitation.ts';
import { createInvitations } from './members/invitations.ts';
import { createLeaveTenant } from './members/leave-tenant.ts';
import { memberRoutes } from './members/member-routes.ts';
import { createMembers } from './members/members.ts';
import { ownMembershipRoutes } from './members/own-routes.ts';
import { roleRoutes } from './members/role-routes.ts';
import { createRoles } from './members/roles.ts';
import { createGuessLimit } from './second-factor/guess-limit.ts';
import { createResetFactors } from './second-factor/reset-factors.ts';
import type { BeginSession } from './sessions/begin-session.ts';
import type { SignInParts } from './sessions/issue-tokens.ts';
import type { RememberRefreshToken } from './sessions/refresh-cookie.ts';
import { createGoOn, createSwitchTenant } from './sessions/switch-tenant.ts';
import { createAttemptLimit } from './sign-in/attempt-limits.ts';
import type { PasswordProof } from './sign-in/password-proof.ts';
import { createFurtherWorkspaces } from './tenants/further-workspaces.ts';
import { createWorkspaces } from './tenants/workspace.ts';
import { workspaceRoutes } from './tenants/workspace-routes.ts';
import type { IdentityDependencies } from './types.ts';

/** E-mails of one tenant to people who did not ask for them. */
const INVITATIONS_A_DAY = 500;
/** That one person makes. */
const WORKSPACES_A_DAY = 5;

interface AccountsParts extends Pick<SignInParts, 'limits' | 'slots'> {
  begin: BeginSession;
  prove: PasswordProof;
  remember: RememberRefreshToken;
}

/** Accounts, members, roles and API keys: how people come to the platform and what they may do there. */
export function createAccounts(deps: IdentityDependencies, parts: AccountsParts) {
  const { db } = deps;
  const { slots, begin, prove, remember } = parts;
  const limits = createVisitorLimits(db.platform);
  const invited = createAttemptLimit(db.platform, { name: 'invited', windowSeconds: 86_400, most: INVITATIONS_A_DAY });
  const made = createAttemptLimit(db.platform, { name: 'workspaces', windowSeconds: 86_400, most: WORKSPACES_A_DAY });
  const forgotten = createForgottenPasswords(deps);
  const goOn = createGoOn(deps, begin);
  const emailChanges = createEmailChange(deps, limits);

  const routes: Route[] = [
    ...entranceRoutes({
      signUps: createSignUp(deps, { slots, limits, begin }),
      resets: createPasswordReset(deps, { slots, limits, signInLimits: parts.limits, forgotten }),
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
    ...ownMembershipRoutes({
      furtherWorkspace: createFurtherWorkspaces(deps, made),
      leaveTenant: createLeaveTenant(deps),
    }),
    ...workspaceRoutes(createWorkspaces(deps)),
    ...roleRoutes(deps, createRoles(deps)),
    ...apiKeyRoutes(createApiKeys(deps)),
    ...accountOperatorRoutes({
      db,
      limits: parts.limits,
      resetFactors: createResetFactors(deps, createGuessLimit(db.platform)),
      operators: createOperators(deps),
    }),
  ];
  return { routes, stop: forgotten.stop };
}
