import { expect, it } from 'vitest';
import { pageByOffset, pageByTime, readOffset, readPlace } from './paging.ts';

const row = (n: number) => ({ createdAt: `2026-01-0${n}T00:00:00.12Z`, id: `00000000-0000-0000-0000-00000000000${n}` });

it('goes on after the last row shown', () => {
  const page = pageByTime([row(3), row(2), row(1)], 2);
  expect(page.items).toHaveLength(2);
  expect(readPlace(page.nextCursor)).toEqual(row(2));
  expect(pageByTime([row(1)], 2)).toEqual({ items: [row(1)] });
  expect(readOffset(pageByOffset([1, 2, 3], 2, 4).nextCursor)).toBe(6);
});

it.each(['', 'junk', '2026-99-01T00:00:00Z~x', '2026-01-01T00:00:00Z~1; drop', '~'])(
  'refuses the place %j',
  (cursor) => {
    expect(() => readPlace(cursor)).toThrow(/no longer known/);
  },
);

it.each(['', '-1', '1e9', '999999', 'x'])('refuses the offset %j', (cursor) => {
  expect(() => readOffset(cursor)).toThrow(/no longer known/);
});
