export type { Principal } from '../routes/index.ts';
export { createIdentity, type Identity } from './create-identity.ts';
export { hashPassword } from './passwords.ts';
export { effectivePermissions, type HeldRole, KERNEL_PERMISSIONS } from './permissions.ts';
export {
  DEFAULT_IDENTITY_CONFIG,
  type IdentityConfig,
  type IdentityDependencies,
  type SignInLimitConfig,
} from './types.ts';
