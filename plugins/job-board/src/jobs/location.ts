import type { JsonValue } from '@bazaar/sdk';

export interface Place {
  street: string | null;
  city: string | null;
  region: string | null;
  postalCode: string | null;
  country: string | null;
}

let regions: Intl.DisplayNames | undefined;

/** A country's English name; the code itself when there is none. */
export function countryName(code: string): string {
  try {
    // Making one takes longer than all else a list of jobs needs.
    regions ??= new Intl.DisplayNames('en', { type: 'region' });
    return regions.of(code) ?? code;
  } catch {
    // Not every runtime carries the names.
    return code;
  }
}

/** `Springfield, IL, United States`; an empty string for a place of which nothing is known. */
export function formatPlace(place: Pick<Place, 'city' | 'region' | 'country'>): string {
  const parts = [place.city, place.region, place.country === null ? null : countryName(place.country)];
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

/** The one line of a job's list entry: `Remote`, `Springfield, IL, United States`, `… and 2 more`. */
export function formatLocation(job: Place & { workMode: string; furtherLocations: readonly unknown[] }): string {
  const place = formatPlace(job);
  if (job.workMode === 'remote') return place === '' ? 'Remote' : `Remote (${place})`;
  const more = job.furtherLocations.length;
  return more === 0 || place === '' ? place : `${place} and ${more} more`;
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Reads the stored list of further places; what is not one is left out. */
export function readPlaces(value: JsonValue): Place[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
    return [
      {
        street: text(item.street),
        city: text(item.city),
        region: text(item.region),
        postalCode: text(item.postalCode),
        country: text(item.country),
      },
    ];
  });
}
