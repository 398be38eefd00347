import type { AuditTrace } from '../../audit/index.ts';
import type { CoreModels } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { createTenant, freeSlug, joinTenant, slugOf, takingSlug } from '../../tenancy/index.ts';
import { mayGoOn } from '../sessions/switch-tenant.ts';
import type { AttemptLimit } from '../sign-in/attempt-limits.ts';
import type { IdentityDependencies } from '../types.ts';

export interface NewWorkspace {
  tenantName: string;
  tenantSlug?: string;
}

/** Another tenant for somebody who has an account. They own it, and are still where they were. */
export function createFurtherWorkspaces(
  { db, changes, config }: Pick<IdentityDependencies, 'db' | 'changes' | 'config'>,
  perPerson: AttemptLimit,
) {
  return async (
    principal: Principal,
    input: NewWorkspace,
    trace: AuditTrace,
  ): Promise<{ id: string; slug: string; name: string }> => {
    const { user } = principal;
    if (!config.signUp && !user.isOperator) {
      throw new ApiError('forbidden', 'Workspaces are made by the operator of the platform here.', {
        reason: 'sign-up-closed',
      });
    }
    if (!mayGoOn(principal)) {
      throw new ApiError('forbidden', 'Sign in with your own password or passkey first: this session stays here.', {
        reason: 'session-stays',
      });
    }
    await perPerson.take(user.id);
    const make = async (models: CoreModels) => {
      const owner = await models.User.findOne({ where: { id: user.id, status: 'active' }, lock: true });
      if (!owner) throw new ApiError('not-found', 'There is no such account.');
      if (owner.emailVerifiedAt === null && !user.isOperator) throw unverified();
      const name = input.tenantName.trim();
      // A short name that was chosen is taken as it is, or refused.
      const slug = input.tenantSlug ?? (await freeSlug(models, slugOf(name)));
      const tenant = await createTenant(models, { slug, name }, trace);
      await tenant.update({ defaultLocale: owner.locale });
      await joinTenant(models, tenant.id, owner.id, ['owner'], trace);
      return { id: tenant.id, slug, name };
    };
    const made = await takingSlug(() => db.asPlatform(make), input.tenantSlug);
    await changes.announce('tenant', { tenantId: made.id, slug: made.slug });
    await changes.announce('membership', { userId: user.id, tenantId: made.id });
    return made;
  };
}

/** A link to a new password shows that mail reaches the person. */
function unverified(): ApiError {
  return new ApiError(
    'forbidden',
    'Your e-mail address has not been confirmed yet. Follow a link that we mail to it.',
    {
      reason: 'email-unverified',
      action: { label: 'Mail me a link', href: '/forgot-password' },
    },
  );
}

export type FurtherWorkspaces = ReturnType<typeof createFurtherWorkspaces>;
