/** A word of a text with its place. Letters, digits and the signs that belong to names of technologies. */
export interface Token {
  /** Lower case, without accents. */
  key: string;
  /** As written. */
  text: string;
  index: number;
  end: number;
}

const TOKEN = /(?:(?<![\p{L}\p{N}])\.(?=\p{L}))?[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[.&'][\p{L}\p{N}]+)*(?:\+\+|#|\+)?/gu;

export function foldWord(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').toLowerCase();
}

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => ({
    key: foldWord(match[0]).replace(/'s$/, ''),
    text: match[0],
    index: match.index,
    end: match.index + match[0].length,
  }));
}

/** Words of a lexicon spelling, in the form in which texts are looked up. */
export function spellingKey(spelling: string): string {
  return tokensOf(spelling)
    .map((token) => token.key)
    .join(' ');
}

const GLUE = /^(?:[^\S\t]*[-–/_]?[^\S\t]*|·|[^\S\t]*&[^\S\t]*)$/u;

/**
 * Whether two neighbouring words can belong to one name: nothing but blanks, a hyphen, slash or ampersand between. Tabs
 * part the cells of a table, dots between blanks the items of a list.
 */
export function isGlue(between: string): boolean {
  return between.length <= 4 && GLUE.test(between);
}
