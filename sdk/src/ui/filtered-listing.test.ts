import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FilterAddress, FilteredListing } from './filtered-listing.ts';

interface Filter {
  text?: string;
  status?: string;
  sort?: string;
}

function listed(address?: FilterAddress<Filter>): FilteredListing<string, Filter> {
  const host = {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => {
      updates += 1;
    },
    updateComplete: Promise.resolve(true),
  };
  return new FilteredListing<string, Filter>(
    host,
    { sort: 'newest' },
    async (filter, { limit }) => {
      asked.push({ ...filter });
      return { items: Array.from({ length: limit }, (_, index) => `${filter.text ?? ''}${index}`) };
    },
    address,
  );
}

let asked: Filter[];
let updates: number;
let listing: FilteredListing<string, Filter>;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  updates = 0;
  listing = listed();
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

test('events that come close together are read once', async () => {
  await listing.restart();
  for (let event = 0; event < 3; event += 1) listing.refreshSoon();
  vi.runAllTimers();
  expect(asked).toHaveLength(2);
});

describe('conditions in the address', () => {
  let params: Record<string, string> | null;
  let kept: string[];
  beforeEach(() => {
    params = {};
    kept = [];
    listing = listed({
      names: ['text', 'status', 'sort'],
      params: () => params,
      // As in the shell: what is put there is what stands there.
      keep: (query) => {
        kept.push(query);
        params = Object.fromEntries(new URLSearchParams(query));
      },
    });
  });

  test('are what is listed first, and the others are as they begin', () => {
    params = { status: 'open', id: '7', text: '' };
    listing.hostConnected();
    listing.hostUpdate();
    expect(asked).toEqual([{ sort: 'newest', status: 'open' }]);
    expect([listing.query(), listing.query({ id: '7', page: undefined })]).toEqual([
      '?status=open',
      '?status=open&id=7',
    ]);
  });

  test('follow what is chosen, and what is typed once the person pauses', () => {
    listing.hostConnected();
    listing.choose('sort', 'title');
    for (const text of ['n', 'nurse & co']) listing.type('text', text);
    listing.hostUpdate();
    vi.runAllTimers();
    listing.hostUpdate();
    listing.choose('sort', 'newest');
    expect(kept).toEqual(['?sort=title', '?text=nurse+%26+co&sort=title', '?text=nurse+%26+co']);
    expect(asked.at(-1)).toEqual({ sort: 'newest', text: 'nurse & co' });
    expect(asked).toHaveLength(4);
  });

  test('an older answer of the address does not undo what is being typed', () => {
    listing.hostConnected();
    listing.type('text', 'nur');
    vi.runAllTimers();
    listing.type('text', 'nurse');
    listing.hostUpdate();
    expect(listing.filter.text).toBe('nurse');
  });

  test('an address with others, as a link has, is listed anew', () => {
    params = { status: 'open' };
    listing.hostConnected();
    params = {};
    listing.hostUpdate();
    expect(asked).toEqual([{ sort: 'newest', status: 'open' }, { sort: 'newest' }]);
    params = null;
    listing.hostUpdate();
    expect(asked).toHaveLength(2);
  });

  test('whoever types and leaves is not called back', () => {
    listing.hostConnected();
    listing.type('text', 'nurse');
    listing.hostDisconnected();
    vi.runAllTimers();
    listing.hostUpdate();
    expect([kept, asked]).toEqual([[], [{ sort: 'newest' }]]);
  });
});
