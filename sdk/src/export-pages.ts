import type { PersonExport } from './privacy.ts';
import type { Page } from './query-language.ts';

/** Reads from the beginning, or from where the page before ended. */
export type ReadPage<Row> = (cursor: string | undefined) => Promise<Page<Row>>;

interface Place {
  index: number;
  inner: string | undefined;
}

const FIRST: Place = { index: 0, inner: undefined };

function placeOf(cursor: string | undefined): Place {
  if (cursor === undefined) return FIRST;
  const [index, inner] = JSON.parse(cursor) as [number, string | null];
  return { index, inner: inner ?? undefined };
}

const cursorOf = (index: number, inner: string | undefined) => JSON.stringify([index, inner ?? null]);

/**
 * What `exportPerson` returns where there may be more than fits into one answer: the lists one after another, page by
 * page. Of lists that turn out to be empty nothing is said.
 */
export async function exportInTurn(
  cursor: string | undefined,
  lists: readonly ((cursor: string | undefined) => Promise<PersonExport>)[],
): Promise<PersonExport> {
  let { index, inner } = placeOf(cursor);
  for (;;) {
    const list = lists[index];
    if (!list) return { collections: [] };
    const { nextCursor, files = [], ...answer } = await list(inner);
    const collections = answer.collections.filter(({ records }) => records.length > 0);
    if (nextCursor === undefined) index += 1;
    inner = nextCursor;
    const isLast = index === lists.length;
    if (!isLast && files.length === 0 && collections.length === 0) continue;
    return { collections, files, ...(isLast ? {} : { nextCursor: cursorOf(index, inner) }) };
  }
}

/** Pages of what belongs to the rows of other pages, e.g. of the history of a person's applications. */
export async function pageWithin<Outer, Inner>(
  cursor: string | undefined,
  outer: ReadPage<Outer>,
  inner: (rows: readonly Outer[], cursor: string | undefined) => Promise<Page<Inner>>,
): Promise<Page<Inner>> {
  let [before, within] = cursor === undefined ? [] : (JSON.parse(cursor) as [string | null, string | null]);
  for (;;) {
    const around = await outer(before ?? undefined);
    const { items, nextCursor } =
      around.items.length === 0 ? { items: [] } : await inner(around.items, within ?? undefined);
    if (nextCursor !== undefined) return { items, nextCursor: JSON.stringify([before ?? null, nextCursor]) };
    if (around.nextCursor === undefined) return { items };
    if (items.length > 0) return { items, nextCursor: JSON.stringify([around.nextCursor, null]) };
    [before, within] = [around.nextCursor, null];
  }
}
