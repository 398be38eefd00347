export { BUILT_IN_ROLES, type BuiltInRole } from './built-in-roles.ts';
export { addMember, createTenant, type NewMember, type NewTenant, normaliseEmail } from './create-tenant.ts';
export { createTenantDirectory, type TenantDirectory } from './directory.ts';
export { SLUG_PATTERN, slugOf } from './slug.ts';
