import { describe, expect, it } from 'vitest';
import { formatLocation, formatPlace, readPlaces } from './location.ts';

const place = { street: null, city: 'Springfield', region: 'IL', postalCode: null, country: 'US' };
const nowhere = { street: null, city: null, region: null, postalCode: null, country: null };

describe('formatLocation', () => {
  it.each([
    [{ ...place, workMode: 'onsite', furtherLocations: [] }, 'Springfield, IL, United States'],
    [{ ...place, workMode: 'hybrid', furtherLocations: [1, 2] }, 'Springfield, IL, United States and 2 more'],
    [{ ...place, workMode: 'remote', furtherLocations: [] }, 'Remote (Springfield, IL, United States)'],
    [{ ...nowhere, workMode: 'remote', furtherLocations: [] }, 'Remote'],
    [{ ...nowhere, workMode: 'onsite', furtherLocations: [1] }, ''],
  ])('%j → %s', (job, text) => {
    expect(formatLocation(job)).toBe(text);
  });
});

describe('formatPlace', () => {
  it('leaves out what is unknown', () => {
    expect(formatPlace({ city: null, region: '', country: 'DE' })).toBe('Germany');
  });
});

describe('readPlaces', () => {
  it('keeps places and drops the rest', () => {
    expect(readPlaces([{ city: 'Köln', country: 'DE', extra: 1 }, null, 'x', [1], {}])).toEqual([
      { ...nowhere, city: 'Köln', country: 'DE' },
      nowhere,
    ]);
    expect(readPlaces('nonsense')).toEqual([]);
    expect(readPlaces(null)).toEqual([]);
  });
});
