import { describe, expect, it } from 'vitest';
import { exportInTurn, pageWithin, type ReadPage } from './export-pages.ts';
import type { PersonExport } from './privacy.ts';

/** Pages of so many of the rows. */
const pagesOf =
  <Row>(rows: readonly Row[], limit: number): ReadPage<Row> =>
  async (cursor = '0') => {
    const next = Number(cursor) + limit;
    const items = rows.slice(Number(cursor), next);
    return { items, ...(next < rows.length ? { nextCursor: String(next) } : {}) };
  };

/** One that names what it has, `limit` at a time. */
const list = (name: string, count: number, limit: number, files: string[] = []) => {
  const pages = pagesOf(
    Array.from({ length: count }, (_, n) => ({ n })),
    limit,
  );
  return async (cursor: string | undefined): Promise<PersonExport> => {
    const { items: records, ...rest } = await pages(cursor);
    return { collections: [{ name, title: name, records }], files, ...rest };
  };
};

async function answersOf(ask: (cursor: string | undefined) => Promise<PersonExport>): Promise<string[]> {
  const answers: string[] = [];
  let cursor: string | undefined;
  do {
    const { collections, files = [], nextCursor } = await ask(cursor);
    answers.push([...collections.map(({ name, records }) => `${name} ${records.length}`), ...files].join());
    cursor = nextCursor;
  } while (cursor !== undefined);
  return answers;
}

async function allOf<Row>(read: ReadPage<Row>): Promise<Row[][]> {
  const pages: Row[][] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    pages.push(page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

describe('an export in turn', () => {
  it.each([
    ['nothing', [], ['']],
    ['one list', [list('a', 2, 5)], ['a 2']],
    ['several pages of several lists', [list('a', 3, 2), list('b', 4, 2)], ['a 2', 'a 1', 'b 2', 'b 2']],
    ['empty lists between', [list('a', 0, 2), list('b', 1, 2), list('c', 0, 2), list('d', 1, 2)], ['b 1', 'd 1']],
    ['empty lists only', [list('a', 0, 2), list('b', 0, 2)], ['']],
    ['files without records', [list('a', 0, 2, ['f']), list('b', 1, 2)], ['f', 'b 1']],
  ])('of %s', async (_what, lists, answers) => {
    expect(await answersOf((cursor) => exportInTurn(cursor, lists))).toEqual(answers);
  });
});

describe('pages within pages', () => {
  const children = (counts: Record<string, number>, limit: number) => (rows: readonly string[], cursor?: string) =>
    pagesOf(
      rows.flatMap((row) => Array.from({ length: counts[row] ?? 0 }, (_, n) => `${row}${n}`)),
      limit,
    )(cursor);

  it.each([
    [{ a: 1, b: 1, c: 1 }, [['a0', 'b0'], ['c0']]],
    [{ a: 3, b: 0, c: 0 }, [['a0', 'a1'], ['a2'], []]],
    [{ a: 0, b: 0, c: 3 }, [['c0', 'c1'], ['c2']]],
    [{ a: 2, b: 2, c: 0 }, [['a0', 'a1'], ['b0', 'b1'], []]],
    [{}, [[]]],
  ])('of %j', async (counts, pages) => {
    const outer = pagesOf(['a', 'b', 'c'], 2);
    expect(await allOf((cursor) => pageWithin(cursor, outer, children(counts, 2)))).toEqual(pages);
  });
});
