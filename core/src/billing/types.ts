/** Whose objects a row mirrors: of the double (no money), of Stripe's test mode, or real ones. */
export type Provider = 'double' | 'test' | 'live';

/** What can be bought of a plugin. */
export type Plan = 'one-time' | 'monthly' | 'annual';
export type Interval = 'monthly' | 'annual';
