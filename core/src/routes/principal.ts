/** The authenticated caller in one tenant. */
export interface Principal {
  tenant: { id: string; slug: string; name: string };
  user: { id: string; name: string; email: string; isOperator: boolean };
  sessionId: string;
  /** Milliseconds since the epoch: when the person last proved who they are, at sign-in or since. */
  provenAt: number;
  /** How they proved it (RFC 8176 where it has a name): `pwd`, `otp`, `pop`, `mfa`, `sso` … */
  amr?: readonly string[];
  /** The key that speaks for the person; `sessionId` is then the key's id. Holds part of their permissions only. */
  apiKey?: { id: string; name: string };
  /** The operator who looks at the platform as this person. */
  impersonator?: { id: string; name: string };
  /** Sorted; kernel permissions as `core:<name>`, plugins' as `<plugin>:<name>`. */
  permissions: readonly string[];
}

/** What stands in for a tenant where the platform itself is concerned. */
export const PLATFORM_TENANT: Principal['tenant'] = Object.freeze({
  id: '00000000-0000-0000-0000-000000000000',
  slug: '',
  name: 'The platform',
});
