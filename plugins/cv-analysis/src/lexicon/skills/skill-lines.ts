/** One skill of the lexicon. */
export interface LexiconSkill {
  /** The spelling shown to people. */
  name: string;
  category: string;
  /** Other spellings, lower case, words separated by blanks. The name itself is always one of them. */
  aliases: readonly string[];
}

/** Reads the lexicon's notation: one skill a line, `Name = alias; alias`. */
export function skillLines(category: string, text: string): LexiconSkill[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', aliases = ''] = line.split(' = ');
      return {
        name: name.trim(),
        category,
        aliases: aliases
          .split(';')
          .map((alias) => alias.trim())
          .filter((alias) => alias !== ''),
      };
    });
}
