import type { CvData, Passage } from '../extract/index.ts';
import { tokensOf } from '../extract/skills/tokens.ts';
import type { Term, WantedSkill } from './wanted-skill.ts';

const MOST_PASSAGES = 3;

/** A line of the CV as it was read, for skills that the lexicon does not know. */
export type CvLine = Passage;

export interface ReadableCv {
  data: CvData;
  lines: readonly CvLine[];
}

function literally(words: string, lines: readonly CvLine[]): Passage[] {
  const wanted = tokensOf(words).map((token) => token.key);
  if (wanted.length === 0) return [];
  return lines.filter((line) => {
    const keys = tokensOf(line.text).map((token) => token.key);
    return keys.some((_, start) => wanted.every((key, offset) => keys[start + offset] === key));
  });
}

/** A skill of the lexicon counts under every spelling and only where it is meant; any other is looked for by its words. */
function findTerm({ name, known, everyday }: Term, { data, lines }: ReadableCv): Passage[] {
  const evidence = known ? (data.skillDetails.find((detail) => detail.name === name)?.evidence ?? []) : [];
  return evidence.length > 0 || (known && !everyday) ? evidence : literally(name, lines);
}

/** Where a CV shows what a job asks for; empty when it shows none of the alternatives completely. */
export function findSkill(wanted: WantedSkill, cv: ReadableCv): Passage[] {
  for (const terms of wanted.alternatives) {
    const found = terms.map((term) => findTerm(term, cv));
    if (found.every((passages) => passages.length > 0)) {
      return found
        .flat()
        .slice(0, MOST_PASSAGES)
        .map(({ text, page, line }) => ({ text, page, line }));
    }
  }
  return [];
}
