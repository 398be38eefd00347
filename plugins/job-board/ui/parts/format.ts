import { counted } from '@bazaar/sdk/ui';

/** `7 years`, `5 months`; an empty string when unknown. */
export function formatExperience(months: number | null): string {
  if (months === null) return '';
  if (months < 12) return counted(months, 'month');
  return counted(Math.floor(months / 12), 'year');
}
