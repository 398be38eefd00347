const MARKS = /\p{M}+/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
const MAX_WORDS = 10;

/** Lower case without accents: what is stored to be searched and what is searched for are written alike. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase();
}

/** The text of a row's `search_text`: all words of the given parts. */
export function searchText(parts: readonly (string | null | undefined | readonly string[])[]): string {
  const text = parts
    .flat()
    .filter((part) => part !== null && part !== undefined)
    .join(' ');
  return [...new Set(fold(text).match(WORDS) ?? [])].join(' ');
}

/**
 * A `to_tsquery` expression that finds rows with every word of what was typed, each as the beginning of a word.
 * `null` when there is nothing to look for. Contains no operator of the person's own.
 */
export function searchWords(typed: string | undefined): string | null {
  const words = fold(typed ?? '')
    .match(WORDS)
    ?.slice(0, MAX_WORDS);
  return words ? words.map((word) => `${word}:*`).join(' & ') : null;
}

/** An `ilike` pattern for "contains", which takes what was typed literally. `null` when nothing was typed. */
export function containsPattern(typed: string | undefined): string | null {
  const text = typed?.trim() ?? '';
  return text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
