export { BUILT_IN_ROLES } from './built-in-roles.ts';
export { addMember, createTenant, joinTenant, type NewMember, normaliseEmail } from './create-tenant.ts';
export { createTenantDirectory, type TenantDirectory, type TenantFace, type TenantProfile } from './directory.ts';
export { freeSlug, takingSlug } from './free-slug.ts';
export { createTenantMembers, type TenantMembers } from './members.ts';
export { assertRoom } from './seats.ts';
export { SLUG_PATTERN, slugOf } from './slug.ts';
export { TENANT_TIERS, type TenantTier, type TierBooking, type TierSeats, tierAt } from './tiers.ts';
