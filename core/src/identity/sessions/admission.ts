/** What bars somebody who is a member from a tenant, although they have proven who they are. */
export type Obstacle = 'tenant-suspended' | 'single-sign-on-required' | 'second-factor-required';

export interface Standing {
  /** How the person proved who they are. */
  amr: readonly string[];
  /** An operator acts as the person. */
  impersonated: boolean;
  isOwner: boolean;
  tenantSuspended: boolean;
  /** The tenant asks every member for a second factor. */
  secondFactorRequired: boolean;
  /** The tenant's members sign in by its provider and nowhere else. */
  singleSignOnEnforced: boolean;
  /** The person protects the account with a second factor; at the sign-in only. */
  hasSecondFactor?: boolean;
}

/**
 * The one place that knows who may be in a tenant: asked at each sign-in, and of each session whenever it is loaded, so
 * that a stricter policy ends what it no longer allows. Owners keep their own way in: a provider that is gone must not
 * lock a tenant for ever. Who comes from the provider is not asked for a second factor of ours; that is its matter.
 */
export function obstacleOf(standing: Standing): Obstacle | null {
  const { amr, impersonated, isOwner } = standing;
  if (standing.tenantSuspended) return 'tenant-suspended';
  if (impersonated || amr.includes('sso')) return null;
  if (standing.singleSignOnEnforced && !isOwner) return 'single-sign-on-required';
  const wanted = standing.secondFactorRequired || standing.hasSecondFactor === true;
  return wanted && !amr.includes('mfa') ? 'second-factor-required' : null;
}
