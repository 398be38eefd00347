import { NAME_INPUT } from '../../routes/index.ts';
import type { TenantProfile } from '../../tenancy/index.ts';
import { isWebAddress, NO_WEB_ADDRESS } from '../web-address.ts';

/** What is left out stays, `null` removes a field. */
export type ProfileChange = Readonly<Record<string, string | number | null>>;

const TYPES = ['employer', 'recruitment-agency', 'staffing-agency', 'freelance-recruiter'];

const INDUSTRIES = [
  'construction',
  'education',
  'engineering',
  'finance',
  'healthcare',
  'hospitality',
  'logistics',
  'manufacturing',
  'professional-services',
  'public-sector',
  'retail',
  'staffing',
  'technology',
  'other',
];

const SIZES = ['1-10', '11-50', '51-200', '201-500', '501-1000', '1001-5000', '5001+'];

const text = (maxLength: number) => ({ type: ['string', 'null'], maxLength });

/** Which fields a profile has, and what fits into them. */
export const PROFILE_INPUT = {
  type: 'object',
  additionalProperties: false,
  properties: {
    description: text(2000),
    type: { enum: [...TYPES, null], description: 'For whom it looks for people, and how.' },
    industry: { enum: [...INDUSTRIES, null] },
    size: { enum: [...SIZES, null], description: 'How many people work there.' },
    website: { ...text(300), format: 'uri', description: 'https:// or http://' },
    headquarters: { ...NAME_INPUT, ...text(120), description: 'Where it has its seat, e.g. Berlin, Germany.' },
    foundedYear: { type: ['integer', 'null'], minimum: 1000, maximum: 9999 },
  },
};

/** The given fields over those that are known; `null` and empty texts remove one. */
export function mergeProfile(known: TenantProfile, given: ProfileChange): TenantProfile {
  const merged: Record<string, string | number> = {};
  for (const [field, value] of Object.entries({ ...known, ...given })) {
    const kept = typeof value === 'string' ? value.trim() : value;
    if (kept !== null && kept !== '') merged[field] = kept;
  }
  return merged;
}

/** The names of what is not the same before and after, sorted. */
export function changedFields(before: TenantProfile, after: TenantProfile): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}

/** What a schema cannot say: a pointer into the input, and what is wrong there; `null` when all is well. */
export function profileError(given: ProfileChange, now: Date): { pointer: string; message: string } | null {
  const { website, foundedYear } = given;
  if (typeof website === 'string' && !isWebAddress(website)) {
    return { pointer: '/profile/website', message: NO_WEB_ADDRESS };
  }
  if (typeof foundedYear === 'number' && foundedYear > now.getUTCFullYear()) {
    return { pointer: '/profile/foundedYear', message: 'Must not lie in the future.' };
  }
  return null;
}
