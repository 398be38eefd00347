import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FilteredListing } from './filtered-listing.ts';

interface Filter {
  text?: string;
  status?: string;
  sort?: string;
}

let asked: Filter[];
let updates: number;
let listing: FilteredListing<string, Filter>;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  updates = 0;
  const host = {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => {
      updates += 1;
    },
    updateComplete: Promise.resolve(true),
  };
  listing = new FilteredListing<string, Filter>(host, { sort: 'newest' }, async (filter, { limit }) => {
    asked.push({ ...filter });
    return { items: Array.from({ length: limit }, (_, index) => `${filter.text ?? ''}${index}`) };
  });
});
afterEach(() => vi.useRealTimers());

test('what is chosen is listed at once; an empty value takes the condition away', () => {
  listing.choose('status', 'open');
  listing.choose('sort', 'title');
  listing.choose('status', '');
  expect(asked).toEqual([{ sort: 'newest', status: 'open' }, { sort: 'title', status: 'open' }, { sort: 'title' }]);
  expect('status' in listing.filter).toBe(false);
});

test('what is typed is listed when the person pauses', () => {
  for (const text of ['n', 'nu', 'nurse']) listing.type('text', text);
  expect(listing.filter).toEqual({ sort: 'newest', text: 'nurse' });
  expect([asked, updates]).toEqual([[], 3]);
  vi.runAllTimers();
  expect(asked).toEqual([{ sort: 'newest', text: 'nurse' }]);
});

test('a value that is there already asks nothing', () => {
  listing.choose('sort', 'newest');
  listing.type('text', '');
  vi.runAllTimers();
  expect([asked, updates]).toEqual([[], 0]);
});

test('news that come close together are read once', async () => {
  await listing.restart();
  for (let news = 0; news < 3; news += 1) listing.refreshSoon();
  vi.runAllTimers();
  expect(asked).toHaveLength(2);
});
