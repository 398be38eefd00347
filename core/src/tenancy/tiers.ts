/** What a workspace books of the platform; another thing than the tier in which a plugin runs. */
export const TENANT_TIERS = ['free', 'basic', 'pro', 'enterprise'] as const;

export type TenantTier = (typeof TENANT_TIERS)[number];

/** How many people a workspace of each tier may have. */
export type TierSeats = Readonly<Record<TenantTier, number>>;

/** As the database has it. */
export interface TierBooking {
  tier: TenantTier;
  /** The first moment at which it is over; `null` for as long as no operator says otherwise. */
  tierUntil: Date | null;
  /** Seats that were agreed in the place of those of the tier. */
  maxUsers: number | null;
}

export interface TierStanding {
  tier: TenantTier;
  seats: number;
}

/**
 * What a booking comes to at `now`. When it is over the workspace is a free one, and what was agreed for the booking is
 * over with it; nobody is taken out, there is only no room for more.
 */
export function tierAt({ tier, tierUntil, maxUsers }: TierBooking, seats: TierSeats, now: Date): TierStanding {
  if (tierUntil !== null && now >= tierUntil) return { tier: 'free', seats: seats.free };
  return { tier, seats: maxUsers ?? seats[tier] };
}
