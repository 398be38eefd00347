import { formatDay } from '@bazaar/sdk/ui';

export const TIERS = ['free', 'basic', 'pro', 'enterprise'] as const;

export type Tier = (typeof TIERS)[number];

/** What a workspace has booked of the platform. */
export interface BookedTier {
  tier: Tier;
  until: string | null;
  /** Agreed in the place of those of the tier. */
  seats: number | null;
}

export function tierTitle(tier: Tier): string {
  return tier.charAt(0).toUpperCase() + tier.slice(1);
}

/** Which tier a workspace has now, until when, and what became of what it had booked. */
export function tierText({ tier, booked }: { tier: Tier; booked: BookedTier }): string {
  const now = `${tierTitle(tier)} tier`;
  if (booked.until === null) return now;
  const end = formatDay(booked.until);
  return tier === booked.tier ? `${now} until ${end}` : `${now}, since ${tierTitle(booked.tier)} ended on ${end}`;
}

const two = (part: number): string => String(part).padStart(2, '0');

/** The day of a moment here, as a date field has it. */
export function dayOf(iso: string): string {
  const moment = new Date(iso);
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The last second of a day here. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}
