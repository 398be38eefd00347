import { findDates, type WrittenDate } from '../dates/find-dates.ts';
import type { PlacedLine } from '../sections/split-sections.ts';
import type { EducationLevel } from '../types.ts';

/** A degree, and the text that names it from `index` on. */
export interface NamedDegree {
  name: string;
  text: string;
  level: EducationLevel | null;
  index: number;
}

/** The lines of one course of study and what was found in them. */
export interface Draft {
  lines: PlacedLine[];
  degree: NamedDegree | null;
  /** What the name of the school says of the level, where nothing else does: "IHK Oldenburg", "Lycée Laënnec". */
  ofSchool: NamedDegree | null;
  institution: string | null;
  dates: { start: WrittenDate | null; end: WrittenDate | null; open: boolean } | null;
}

/** The text with a tab for each of its dates. */
export function withoutDates(text: string, today: number): string {
  return findDates(text, today).reduceRight(
    (left, found) => `${left.slice(0, found.index)}\t${left.slice(found.end)}`,
    text,
  );
}
