import type { TenantIdentity } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import type { HttpContext } from './context.ts';

/** Names the tenant of a visitor, who has no token to say it. */
export const TENANT_HEADER = 'X-Bazaar-Tenant';

/** Finds a tenant by its slug. */
export type FindTenant = (slug: string) => Promise<TenantIdentity | null>;

/** The tenant a request is for: the signed-in person's, or the one a visitor names. */
export async function requestTenant(ctx: HttpContext, findTenant: FindTenant): Promise<TenantIdentity> {
  const { principal } = ctx.state;
  if (principal) return { ...principal.tenant };
  const slug = ctx.get(TENANT_HEADER);
  if (slug === '') {
    throw new ApiError('malformed-request', `Sign in, or name the tenant in the header ${TENANT_HEADER}.`, {
      reason: 'tenant-missing',
    });
  }
  const tenant = await findTenant(slug);
  if (!tenant) throw new ApiError('not-found', 'There is no such tenant.');
  return tenant;
}
