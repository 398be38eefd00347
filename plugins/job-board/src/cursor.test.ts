import { Problem } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { END_OF_TIME, isCount, isText, isTime, LAST_ID, readCursor, toPage, writeCursor } from './cursor.ts';

const ID = '0b54d9f0-6a0e-4a3d-9a7e-3d1f0f0a0b0c';
const start = { key: END_OF_TIME, id: LAST_ID };

describe('cursor', () => {
  it('comes back as it was written', () => {
    const place = { key: '2026-11-21T03:00:00.123Z', id: ID };
    expect(readCursor('jobs.newest', writeCursor('jobs.newest', place), start, isTime)).toEqual(place);
    const title = { key: '"Ärztin" & 看護師 %', id: ID };
    expect(readCursor('jobs.title', writeCursor('jobs.title', title), { key: '', id: ID }, isText)).toEqual(title);
  });

  it('is the start when absent', () => {
    expect(readCursor('jobs.newest', undefined, start, isTime)).toBe(start);
  });

  it.each([
    ['nonsense', 'zzz'],
    ['broken escapes', '%E0%A4%A'],
    ['another order', writeCursor('jobs.title', { key: END_OF_TIME, id: ID })],
    ['a wrong key', writeCursor('jobs.newest', { key: 'yesterday', id: ID })],
    ['an impossible moment', writeCursor('jobs.newest', { key: '2026-13-45T00:00:00.000Z', id: ID })],
    ['a wrong id', writeCursor('jobs.newest', { key: END_OF_TIME, id: "' or 1=1" })],
    ['an object', encodeURIComponent('{"0":"jobs.newest"}')],
    ['null', 'null'],
  ])('refuses %s', (_case, cursor) => {
    expect(() => readCursor('jobs.newest', cursor, start, isTime)).toThrow(Problem);
  });

  it('knows counts', () => {
    expect([0, -1, 2 ** 31 - 1].every(isCount)).toBe(true);
    expect([2 ** 31, 1.5, '1', null].some(isCount)).toBe(false);
  });
});

describe('toPage', () => {
  const rows = [1, 2, 3].map((n) => ({ id: ID, n }));

  it('cuts the extra row and says where to go on', () => {
    const page = toPage(rows, 2, 'x', ({ n }) => n);
    expect(page.items).toHaveLength(2);
    expect(readCursor('x', page.nextCursor, { key: 0, id: ID }, isCount)).toEqual({ key: 2, id: ID });
  });

  it('ends without a cursor', () => {
    expect(toPage(rows, 3, 'x', ({ n }) => n)).toEqual({ items: rows });
    expect(toPage([], 3, 'x', () => 0)).toEqual({ items: [] });
  });
});
