/** Who a session belongs to, and where. */
export interface Identity {
  user: { id: string; name: string; email: string };
  tenant: { id: string; slug: string; name: string };
}

/** The answer to a sign-in, a refresh and the set-up. */
export interface Tokens extends Identity {
  accessToken: string;
}

/** A sign-in that has not begun here yet: the session adopts it, or it is declined and ends on the server. */
export interface Offer extends Tokens {
  refreshToken: string;
  /** All the tenants the person may sign in to; the one of this offer first. */
  memberships: { tenant: Identity['tenant'] }[];
}

/** The answer to a second factor: recovery codes when one was set up on the way. */
export type SecondFactorOffer = Offer & { recoveryCodes?: string[] };

/** An operator of the platform who acts as a member of a tenant. */
export interface Impersonation {
  impersonator: { id: string; name: string };
  /** ISO 8601. */
  endsAt: string;
}
