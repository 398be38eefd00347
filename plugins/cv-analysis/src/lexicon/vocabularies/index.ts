import { ARABIC } from './arabic.ts';
import { CZECH_AND_SLOVAK } from './czech.ts';
import { FINNISH } from './finnish.ts';
import { GREEK } from './greek.ts';
import { HEBREW } from './hebrew.ts';
import { HUNGARIAN } from './hungarian.ts';
import { ROMANIAN } from './romanian.ts';
import { RUSSIAN } from './russian.ts';
import { UKRAINIAN } from './ukrainian.ts';
import type { Vocabulary } from './vocabulary.ts';

export type { Vocabulary } from './vocabulary.ts';

/** To read CVs of another language, add its vocabulary here. */
export const VOCABULARIES: readonly Vocabulary[] = [
  ARABIC,
  CZECH_AND_SLOVAK,
  FINNISH,
  GREEK,
  HEBREW,
  HUNGARIAN,
  ROMANIAN,
  RUSSIAN,
  UKRAINIAN,
];

type ListOf = (vocabulary: Vocabulary) => string;

export function entriesOf(list: string): string[] {
  return list
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function longestFirst(entries: readonly string[]): string {
  return [...new Set(entries)].sort((a, b) => b.length - a.length).join('|');
}

/** Words of all vocabularies as alternatives of a pattern. */
export function anyWord(list: ListOf): string {
  return longestFirst(
    VOCABULARIES.flatMap((one) => entriesOf(list(one))).map((word) => word.replace(/[.()+]/g, '\\$&')),
  );
}

/** Stems of all vocabularies as alternatives of a pattern; endings may follow. */
export function anyStem(list: ListOf): string {
  return longestFirst(VOCABULARIES.flatMap((one) => entriesOf(list(one))));
}
