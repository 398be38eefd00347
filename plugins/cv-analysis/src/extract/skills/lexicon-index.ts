import { AMBIGUITIES, type Ambiguity, SKILLS, STOP_PHRASES } from '../../lexicon/skills/index.ts';
import { spellingKey } from './tokens.ts';

export interface LexiconEntry {
  name: string;
  category: string;
  /** Set when this spelling is a skill only in the right surroundings. */
  ambiguity: Ambiguity | null;
}

interface LexiconIndex {
  /** Spelling key → skill; `null` for a phrase that is none. */
  entries: ReadonlyMap<string, LexiconEntry | null>;
  /** Most words of any spelling. */
  longest: number;
}

const NO_NAME_VARIANTS = /^[a-z]$/;

/** "node js" is also written "nodejs", "c i/c d" never. */
function variants(key: string): string[] {
  const parts = key.split(' ');
  const compact = parts.join('');
  return parts.length === 2 && compact.length >= 6 && !parts.some((part) => NO_NAME_VARIANTS.test(part))
    ? [key, compact]
    : [key];
}

function build(): LexiconIndex {
  const ambiguities = new Map(
    Object.entries(AMBIGUITIES).map(([spelling, rule]): [string, Ambiguity] => [spellingKey(spelling), rule]),
  );
  const entries = new Map<string, LexiconEntry | null>();
  for (const skill of SKILLS) {
    for (const spelling of [skill.name, ...skill.aliases]) {
      const key = spellingKey(spelling);
      const entry: LexiconEntry = {
        name: skill.name,
        category: skill.category,
        ambiguity: ambiguities.get(key) ?? null,
      };
      for (const variant of spelling === skill.name || !ambiguities.has(key) ? variants(key) : [key]) {
        if (!entries.has(variant)) entries.set(variant, entry);
      }
    }
  }
  for (const phrase of STOP_PHRASES) entries.set(spellingKey(phrase), null);
  const longest = Math.max(...[...entries.keys()].map((key) => key.split(' ').length));
  return { entries, longest };
}

let index: LexiconIndex | undefined;

/** The lexicon, indexed once per process. */
export function lexiconIndex(): LexiconIndex {
  index ??= build();
  return index;
}

const VERSIONED = /^(\.?\p{L}[\p{L}.]{1,}|c\+\+)v?\d+(?:\.\d+)*$/u;

/** The entry of a spelling; a version stuck to it ("Python3", "C++17") is ignored. */
export function lookUp(key: string): LexiconEntry | null | undefined {
  const { entries } = lexiconIndex();
  const found = entries.get(key);
  if (found !== undefined) return found;
  const base = VERSIONED.exec(key)?.[1];
  return base === undefined ? undefined : entries.get(base);
}
