import type { CvData, FoundSkill, Passage } from '../extract/index.ts';
import { lookUp } from '../extract/skills/lexicon-index.ts';
import { spellingKey, tokensOf } from '../extract/skills/tokens.ts';

const MOST_PASSAGES = 3;

/** A line of the CV as it was read, for skills that the lexicon does not know. */
export type CvLine = Passage;

/** The lexicon's name of a skill that a job names in its own words, or `null`. */
export function canonicalName(skill: string): string | null {
  return lookUp(spellingKey(skill))?.name ?? null;
}

function literally(skill: string, lines: readonly CvLine[]): Passage[] {
  const wanted = tokensOf(skill).map((token) => token.key);
  if (wanted.length === 0) return [];
  const found = lines.filter((line) => {
    const keys = tokensOf(line.text).map((token) => token.key);
    return keys.some((_, start) => wanted.every((key, offset) => keys[start + offset] === key));
  });
  return found.slice(0, MOST_PASSAGES).map(({ text, page, line }) => ({ text, page, line }));
}

/**
 * Where a CV shows a skill; empty when it does not. A skill of the lexicon counts under every spelling and only where
 * it is meant; any other is looked for word by word.
 */
export function findSkill(skill: string, cv: { data: CvData; lines: readonly CvLine[] }): Passage[] {
  const name = canonicalName(skill);
  if (name === null) return literally(skill, cv.lines);
  const known: FoundSkill | undefined = cv.data.skillDetails.find((detail) => detail.name === name);
  return known ? known.evidence.slice(0, MOST_PASSAGES) : [];
}
