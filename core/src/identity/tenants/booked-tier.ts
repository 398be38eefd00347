import { ApiError } from '../../errors/index.ts';
import { TENANT_TIERS, type TenantTier, type TierBooking } from '../../tenancy/index.ts';

/** What a tenant has booked of the platform, as operators say it and owners read it. */
export interface BookedTier {
  tier: TenantTier;
  /** When it becomes a free one; `null` for as long as no operator says otherwise. */
  until: string | null;
  /** Agreed in the place of those of the tier, for as long as it lasts. */
  seats: number | null;
}

const TIER = { type: 'string', enum: [...TENANT_TIERS] };

export const TIER_NOW = { ...TIER, description: 'At this moment: `free` once what was booked is over.' };

export const TIER_INPUT = {
  tier: TIER,
  until: {
    type: ['string', 'null'],
    format: 'date-time',
    default: null,
    description: 'When it becomes a free one; null for as long as nobody says otherwise.',
  },
  seats: {
    type: ['integer', 'null'],
    minimum: 1,
    maximum: 1_000_000,
    default: null,
    description: 'In the place of the seats of the tier, for as long as it lasts.',
  },
};

export const BOOKED_TIER = { type: 'object', required: ['tier', 'until', 'seats'], properties: TIER_INPUT };

export function shownBooking({ tier, tierUntil, maxUsers }: TierBooking): BookedTier {
  return { tier, until: tierUntil?.toISOString() ?? null, seats: maxUsers };
}

function refuse(message: string): never {
  throw new ApiError('invalid-input', message, { errors: [{ pointer: '/until', message }] });
}

/** As the database has it; `invalid-input` when it would be over before it begins, or is to end what never does. */
export function bookingOf({ tier, until, seats }: BookedTier, now: Date): TierBooking {
  if (until === null) return { tier, tierUntil: null, maxUsers: seats };
  const tierUntil = new Date(until);
  // The schema's format allows leap seconds, which JavaScript's dates do not know.
  if (Number.isNaN(tierUntil.getTime())) refuse('There is no such moment.');
  if (tierUntil <= now) refuse('This moment is over.');
  if (tier === 'free') refuse('The free tier does not end.');
  return { tier, tierUntil, maxUsers: seats };
}
