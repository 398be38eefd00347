import { ApiError } from '../../errors/index.ts';
import { PLATFORM_TENANT, type RouteContext, signedIn } from '../../routes/index.ts';
import { SYSTEM_USER } from '../operator-audit.ts';
import type { Operator } from '../types.ts';

/** Finds a tenant by its slug. */
export type FindTenant = (slug: string) => Promise<{ id: string; slug: string } | null>;

/** Who asks for an operation. */
export function operatorOf(context: RouteContext): Operator {
  const { user, tenant } = signedIn(context);
  const { ip, userAgent, requestId } = context;
  const isPlatform = tenant.id === PLATFORM_TENANT.id;
  return {
    userId: isPlatform ? SYSTEM_USER : user.id,
    tenantId: tenant.id,
    ip,
    userAgent,
    requestId,
    ...(isPlatform ? { commandLine: user.name } : {}),
  };
}

/** Refuses a slug that no tenant has, naming the field it stood in. */
export async function tenantAt(
  findTenant: FindTenant,
  slug: string,
  pointer: string,
): Promise<{ id: string; slug: string }> {
  const tenant = await findTenant(slug);
  if (tenant) return tenant;
  const message = `There is no tenant "${slug}".`;
  throw new ApiError('invalid-input', message, { reason: 'unknown-tenant', errors: [{ pointer, message }] });
}
