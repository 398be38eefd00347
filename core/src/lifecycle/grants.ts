import type { Manifest } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';

/**
 * The capabilities a version gets: what it requests of those granted before and now. Refuses with the reasons of what
 * is missing: the operator must have read them.
 */
export function decideGrants(
  { name, capabilities = [] }: Pick<Manifest, 'name' | 'capabilities'>,
  grant: 'all' | readonly string[],
  before: readonly string[],
): string[] {
  const requested = capabilities.map(({ capability }) => capability);
  if (grant === 'all') return requested;
  const unknown = grant.filter((capability) => !requested.includes(capability));
  if (unknown.length > 0) {
    throw new ApiError('invalid-input', `${name} does not request: ${unknown.join(', ')}.`, {
      errors: [{ pointer: '/grant', message: `Is not requested by the package: ${unknown.join(', ')}.` }],
    });
  }
  const granted = new Set([...grant, ...before]);
  const missing = capabilities.filter(({ capability }) => !granted.has(capability));
  if (missing.length > 0) {
    throw new ApiError('conflict', `${name} asks for capabilities that have not been granted.`, {
      reason: 'consent-needed',
      errors: missing.map(({ capability, reason }) => ({ pointer: '/grant', message: `${capability}: ${reason}` })),
    });
  }
  return requested;
}
