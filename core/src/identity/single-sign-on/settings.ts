import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, SingleSignOn } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { Sealer } from '../../secrets/index.ts';
import { effectivePermissions } from '../members/permissions.ts';
import type { IdentityDependencies } from '../types.ts';
import { redirectUri } from './authorization-flow.ts';
import { type Providers, secretPlace } from './provider.ts';

/** What is saved of a provider. */
export interface SingleSignOnInput {
  issuer: string;
  clientId: string;
  /** The one that is known when absent. */
  clientSecret?: string;
  enabled: boolean;
  enforced: boolean;
  provisioning: boolean;
  defaultRole: string;
}

export interface PolicyInput {
  secondFactorRequired?: boolean;
  supportAccess?: boolean;
}

function refuse(pointer: string, message: string, reason: string): never {
  throw new ApiError('invalid-input', message, { reason, errors: [{ pointer, message }] });
}

/** How a tenant's members sign in: what its admins decide. */
export function createSignInSettings(
  deps: Pick<IdentityDependencies, 'db' | 'changes' | 'plugins' | 'publicOrigin'>,
  { providers, sealer }: { providers: Providers; sealer: Sealer },
) {
  const { db, changes, plugins } = deps;

  function shown(settings: SingleSignOn | null) {
    if (!settings) return null;
    const { issuer, clientId, enabled, enforced, provisioning, defaultRole, updatedAt } = settings;
    return { issuer, clientId, enabled, enforced, provisioning, defaultRole, updatedAt: updatedAt.toISOString() };
  }

  /** Nobody lets others have more than they hold themselves, and owners are made by owners. */
  async function checkRole(models: CoreModels, { tenant, permissions }: Principal, name: string): Promise<void> {
    const role = await models.Role.findOne({ where: { tenantId: tenant.id, name } });
    if (!role) refuse('/defaultRole', 'There is no such role.', 'role-unknown');
    const manifests = plugins.all().map((plugin) => plugin.manifest);
    const given = effectivePermissions([role], manifests);
    if (name === 'owner' || given.some((permission) => !permissions.includes(permission))) {
      refuse('/defaultRole', 'This role may do more than you may give to newcomers.', 'role-too-mighty');
    }
  }

  async function verifiedDomains(models: CoreModels, tenantId: string): Promise<number> {
    const claimed = await models.ClaimedDomain.findAll({ where: { tenantId } });
    return claimed.filter(({ verifiedAt }) => verifiedAt !== null).length;
  }

  return {
    async show({ tenant }: Principal) {
      const found = await db.asPlatform(async (models) => ({
        policy: await models.Tenant.findByPk(tenant.id),
        singleSignOn: await models.SingleSignOn.findOne({ where: { tenantId: tenant.id } }),
      }));
      return {
        secondFactorRequired: found.policy?.secondFactorRequired ?? false,
        supportAccess: found.policy?.supportAccess ?? true,
        singleSignOn: shown(found.singleSignOn),
        redirectUri: redirectUri(deps.publicOrigin(), tenant.slug),
      };
    },

    async savePolicy({ tenant, amr = [] }: Principal, input: PolicyInput, trace: AuditTrace): Promise<void> {
      if (input.secondFactorRequired === true && !amr.includes('mfa') && !amr.includes('sso')) {
        refuse(
          '/secondFactorRequired',
          'Sign in with a second factor of your own first: otherwise you would lock yourself out.',
          'second-factor-missing',
        );
      }
      await db.asPlatform(async (models) => {
        await models.Tenant.update(input, { where: { id: tenant.id } });
        await recordAudit(models, trace, {
          tenantId: tenant.id,
          action: 'sign-in-policy.changed',
          detail: { ...input },
        });
      });
      await changes.announce('role', { tenantId: tenant.id });
    },

    async saveSingleSignOn(principal: Principal, input: SingleSignOnInput, trace: AuditTrace): Promise<void> {
      const { tenant } = principal;
      const tenantId = tenant.id;
      const { clientSecret, ...values } = input;
      if (input.enforced && !input.enabled) refuse('/enforced', 'Switch single sign-on on first.', 'not-enabled');
      const known = await db.asPlatform((models) => models.SingleSignOn.findOne({ where: { tenantId } }));
      const opened = known && sealer.open(secretPlace(tenantId), known.clientSecret);
      const moved = known !== null && (known.issuer !== input.issuer || known.clientId !== input.clientId);
      // The secret of one provider is not handed to another.
      const secret = clientSecret ?? (moved ? null : opened);
      if (secret === null) refuse('/clientSecret', 'Enter the client secret.', 'secret-missing');
      if (input.enabled) {
        await providers.discover(input.issuer, input.clientId, secret).catch((error: unknown) => {
          if (!(error instanceof ApiError) || error.code === 'invalid-input') throw error;
          refuse('/issuer', 'This provider cannot be reached, or is no OpenID provider.', 'provider-unavailable');
        });
      }
      await db.asPlatform(async (models) => {
        await checkRole(models, principal, input.defaultRole);
        if (input.enforced && (await verifiedDomains(models, tenantId)) === 0) {
          refuse('/enforced', 'Verify a domain first: without one nobody could come in.', 'domain-missing');
        }
        const row = { ...values, tenantId, clientSecret: sealer.seal(secretPlace(tenantId), secret) };
        const existing = await models.SingleSignOn.findOne({ where: { tenantId }, lock: true });
        if (existing) await existing.update(row);
        else await models.SingleSignOn.create(row);
        await recordAudit(models, trace, {
          tenantId,
          action: 'single-sign-on.changed',
          detail: { ...values, secretChanged: clientSecret !== undefined },
        });
      });
      await changes.announce('role', { tenantId });
    },

    async removeSingleSignOn({ tenant }: Principal, trace: AuditTrace): Promise<void> {
      await db.asPlatform(async (models) => {
        const row = await models.SingleSignOn.findOne({ where: { tenantId: tenant.id }, lock: true });
        if (!row) throw new ApiError('not-found', 'Single sign-on is not set up.');
        await row.destroy();
        const { issuer, enabled, enforced } = row;
        const detail = { issuer, enabled, enforced };
        await recordAudit(models, trace, { tenantId: tenant.id, action: 'single-sign-on.removed', detail });
      });
      await changes.announce('role', { tenantId: tenant.id });
    },
  };
}

export type SignInSettings = ReturnType<typeof createSignInSettings>;
