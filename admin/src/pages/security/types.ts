export interface Security {
  hasPassword: boolean;
  totp: { since: string } | null;
  /** Left. */
  recoveryCodes: number;
  passkeys: PasskeyView[];
  /** Where passkeys can be used; `null` where the platform's address allows none. */
  passkeyOrigin: string | null;
  /** This workspace asks its members for a second factor. */
  secondFactorRequired: boolean;
  /** Of this workspace; `null` while it has none. `since`: the person's account is connected to it. */
  singleSignOn: { since: string | null } | null;
}

export interface PasskeyView {
  id: string;
  name: string;
  backedUp: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface SessionView {
  id: string;
  current: boolean;
  createdAt: string;
  lastUsedAt: string;
  ip: string | null;
  userAgent: string | null;
}
