import { describe, expect, it } from 'vitest';
import { type Keyset, pageOf, pageOfAll, readCursor, writeCursor } from './keyset.ts';

const KEYSET: Keyset = { name: 'things', parts: ['micros', 'uuid', 'text'] };
const VALUES = [1_795_230_000_123_456, '0b4f5b9e-9b0a-4c59-9d43-5a4f2b0c1d2e', 'Zoë'];
const raw = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('keyset', () => {
  it('continues where the page ended', () => {
    expect(readCursor(KEYSET, writeCursor(KEYSET, VALUES))).toEqual(VALUES);
    expect(readCursor(KEYSET, undefined)).toEqual([null, null, null]);
  });

  it.each([
    ['', 'empty'],
    ['%%%', 'not base64'],
    [Buffer.from('{').toString('base64url'), 'not JSON'],
    [raw('things'), 'no list'],
    [raw(null), 'null'],
    [raw(['others', ...VALUES]), 'of another list'],
    [raw(['things', ...VALUES.slice(1)]), 'too short'],
    [raw(['things', ...VALUES, 1]), 'too long'],
    [raw(['things', 1.5, ...VALUES.slice(1)]), 'a broken time'],
    [raw(['things', -1, ...VALUES.slice(1)]), 'a time before time'],
    [raw(['things', 1e300, ...VALUES.slice(1)]), 'a time after time'],
    [raw(['things', '1', ...VALUES.slice(1)]), 'a time as text'],
    [raw(['things', 1, "' or 1=1", 'x']), 'no uuid'],
    [raw(['things', 1, VALUES[1], 'a\0b']), 'a null byte'],
    [raw(['things', 1, VALUES[1], {}]), 'an object for text'],
  ])('refuses the cursor %s (%s)', (cursor) => {
    expect(() => readCursor(KEYSET, cursor)).toThrow(
      expect.objectContaining({ code: 'invalid-input', errors: [expect.objectContaining({ pointer: '/cursor' })] }),
    );
  });

  it('makes pages, the last without a cursor', () => {
    const keyset: Keyset = { name: 'numbers', parts: ['micros'] };
    const page = (rows: number[]) =>
      pageOf(
        rows,
        2,
        keyset,
        (row) => [row],
        (row) => ({ row }),
      );
    expect(page([1, 2, 3])).toEqual({ items: [{ row: 1 }, { row: 2 }], nextCursor: writeCursor(keyset, [2]) });
    expect(page([1, 2])).toEqual({ items: [{ row: 1 }, { row: 2 }] });
    expect(page([])).toEqual({ items: [] });
  });

  it('pages through a list in memory without skipping or repeating', () => {
    const all = ['d', 'b', 'e', 'a', 'c'];
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = pageOfAll(all, { limit: 2, ...(cursor === undefined ? {} : { cursor }) }, 'letters', (item) => item);
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
