export { createIdentity, type Identity } from './create-identity.ts';
export { hashPassword } from './sign-in/passwords.ts';
export { DEFAULT_IDENTITY_CONFIG, type IdentityConfig } from './types.ts';
