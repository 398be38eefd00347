import { describe, expect, it } from 'vitest';
import { type Keyset, pageOf, readCursor } from './keyset.ts';
import { Problem } from './problem.ts';

const ID = '0b54d9f0-6a0e-4a3d-9a7e-3d1f0f0a0b0c';
const TIME = '2026-11-21T03:00:00.123Z';
const NEWEST: Keyset<'time'> = { name: 'jobs.newest', key: 'time', order: 'descending' };
const BY_TITLE: Keyset<'text'> = { name: 'jobs.title', key: 'text', order: 'ascending' };
const BY_COUNT: Keyset<'count'> = { name: 'jobs.applications', key: 'count', order: 'descending' };
const written = (...parts: unknown[]) => encodeURIComponent(JSON.stringify(parts));

describe('a keyset', () => {
  const rows = [3, 2, 1].map((n) => ({ id: ID, n, title: `"Ärztin" & 看護師 % ${n}` }));

  it('goes on after the last row of a page', () => {
    const page = pageOf(BY_COUNT, rows, 2, ({ n, id }) => [n, id]);
    expect(page.items).toEqual(rows.slice(0, 2));
    expect(readCursor(BY_COUNT, page.nextCursor)).toEqual({ key: 2, id: ID });
    const { nextCursor } = pageOf(BY_TITLE, rows, 1, ({ title, id }) => [title, id]);
    expect(readCursor(BY_TITLE, nextCursor)).toEqual({ key: rows[0]?.title, id: ID });
  });

  it('ends without a cursor', () => {
    expect(pageOf(BY_COUNT, rows, 3, ({ n, id }) => [n, id])).toEqual({ items: rows });
    expect(pageOf(BY_COUNT, [], 3, () => [0, ID])).toEqual({ items: [] });
  });

  it('begins before every row', () => {
    const last = { key: '9999-12-31T23:59:59.999Z', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
    expect(readCursor(NEWEST, undefined)).toEqual(last);
    expect(readCursor(BY_TITLE, undefined)).toEqual({ key: '', id: '00000000-0000-0000-0000-000000000000' });
    expect(() => readCursor({ ...BY_TITLE, order: 'descending' }, undefined)).toThrow('must be ascending');
  });
});

describe('a cursor is refused', () => {
  it.each([
    ['nonsense', 'zzz'],
    ['broken escapes', '%E0%A4%A'],
    ['an object', encodeURIComponent('{"0":"jobs.newest"}')],
    ['null', 'null'],
    ['another list', written('jobs.title', TIME, ID)],
    ['a wrong key', written('jobs.newest', 'yesterday', ID)],
    ['an impossible month', written('jobs.newest', '2026-13-01T00:00:00.000Z', ID)],
    ['a day that the month does not have', written('jobs.newest', '2026-02-30T00:00:00.000Z', ID)],
    ['the year 0', written('jobs.newest', '0000-01-01T00:00:00.000Z', ID)],
    ['a wrong id', written('jobs.newest', TIME, "' or 1=1")],
  ])('with %s', (_case, cursor) => {
    expect(() => readCursor(NEWEST, cursor)).toThrow(Problem);
  });

  it.each([['a NUL'], ['half a character']])('with text that the database cannot hold: %s', (what) => {
    const text = what === 'a NUL' ? 'a\0b' : 'a\ud800b';
    expect(() => readCursor(BY_TITLE, written('jobs.title', text, ID))).toThrow(Problem);
  });

  it.each([2 ** 31, 1.5, '1', null])('with %j for a count', (count) => {
    expect(() => readCursor(BY_COUNT, written('jobs.applications', count, ID))).toThrow(Problem);
  });
});
