/**
 * Spellings that are skills only in the right surroundings. Keys are spellings as in the lexicon (lower case).
 *
 * - `cased`: only as spelled here; at the start of a sentence only next to another skill of a like kind.
 * - `context`: as spelled here, and either an item of a list of skills, or joined to a like skill by a cue word,
 *   or followed by a word that only a technology has ("Go services").
 * - `listed`: a common word that counts only as a whole item of a list of skills, in any case.
 */
export type Ambiguity =
  | { kind: 'cased'; spellings: readonly string[]; notAfter?: RegExp; notBefore?: RegExp }
  | {
      kind: 'context';
      spellings: readonly string[];
      kin: Kin;
      notAfter?: RegExp;
      notBefore?: RegExp;
      /** So unlike other words that a like skill in the same paragraph is enough beside a cue word. */
      wide?: boolean;
    }
  | { kind: 'listed' };

/** Which other skills make an ambiguous one credible. */
export type Kin = 'technology' | 'office' | 'design' | 'finance' | 'health' | 'logistics' | 'engineering';

/** Spellings are separated by blanks; `notAfter` and `notBefore` look at the neighbouring word, in lower case. */
export function context(
  kin: Kin,
  spellings: string,
  rules: { notAfter?: RegExp; notBefore?: RegExp; wide?: boolean } = {},
): Ambiguity {
  return { kind: 'context', kin, spellings: spellings.split(' '), ...rules };
}

export function cased(spellings: string, rules: { notAfter?: RegExp; notBefore?: RegExp } = {}): Ambiguity {
  return { kind: 'cased', spellings: spellings.split(' '), ...rules };
}
