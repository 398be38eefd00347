import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Listing, type ListingPage } from './listing.ts';

interface Asked extends ListingPage {
  answer(items: string[], nextCursor?: string): Promise<void>;
  fail(error: Error): Promise<void>;
}

let asked: Asked[];
let updates: number;
let listing: Listing<string>;
beforeEach(() => {
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
  listing = new Listing(host, (page) => {
    const { promise, resolve, reject } = Promise.withResolvers<{ items: string[]; nextCursor?: string }>();
    const settled = () => new Promise<void>((done) => setTimeout(done));
    asked.push({
      ...page,
      answer: (items, nextCursor) => {
        resolve({ items, ...(nextCursor === undefined ? {} : { nextCursor }) });
        return settled();
      },
      fail: (error) => {
        reject(error);
        return settled();
      },
    });
    return promise;
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const asks = (index: number): Asked => {
  const one = asked[index];
  if (!one) throw new Error(`nothing was asked ${index + 1} times`);
  return one;
};

test('grows page by page and knows when there is more', async () => {
  void listing.restart();
  expect(listing).toMatchObject({ items: null, busy: true, hasMore: false });
  expect(asks(0)).toMatchObject({ limit: 20, cursor: undefined });
  await asks(0).answer(['a', 'b'], 'next');
  expect(listing).toMatchObject({ items: ['a', 'b'], busy: false, hasMore: true });
  void listing.more();
  void listing.more();
  expect(asked).toHaveLength(2);
  await asks(1).answer(['c']);
  expect(listing).toMatchObject({ items: ['a', 'b', 'c'], hasMore: false });
  await listing.more();
  expect(asked).toHaveLength(2);
  expect(updates).toBe(4);
});

test('an answer that was overtaken changes nothing', async () => {
  void listing.restart();
  void listing.restart();
  await asks(1).answer(['new']);
  await asks(0).answer(['old']);
  expect(listing.items).toEqual(['new']);
  void listing.restart();
  listing.clear();
  await asks(2).answer(['gone']);
  expect(listing).toMatchObject({ items: null, busy: false });
  void listing.restart();
  listing.hostDisconnected();
  await asks(3).fail(new Error('gone'));
  expect(listing.failure).toBeNull();
});

test('a failure leaves what is shown; refreshing reads as much again', async () => {
  void listing.restart();
  await asks(0).answer(Array.from({ length: 45 }, String), 'next');
  void listing.refresh();
  expect(asks(1)).toMatchObject({ limit: 45, cursor: undefined });
  const failure = new Error('no connection');
  await asks(1).fail(failure);
  expect(listing).toMatchObject({ failure, busy: false, hasMore: true });
  expect(listing.items).toHaveLength(45);
});

test('a page that failed for a passing reason is asked for again by itself, until the filter changes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const failure = new TypeError('Failed to fetch');
  void listing.restart();
  await asks(0).answer(['a'], 'next');
  void listing.more();
  await asks(1).fail(failure);
  expect(listing).toMatchObject({ items: ['a'], failure, busy: false });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asks(2)).toMatchObject({ limit: 20, cursor: 'next' });
  expect(listing.failure).toBe(failure);
  await asks(2).answer(['b']);
  expect(listing).toMatchObject({ items: ['a', 'b'], failure: null });

  void listing.restart();
  await asks(3).fail(failure);
  void listing.restart();
  await asks(4).answer(['other']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(5);
});
