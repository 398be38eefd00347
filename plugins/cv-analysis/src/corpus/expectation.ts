import type { ExtractedDocument } from '@bazaar/sdk';
import type { EducationLevel, SpokenLanguage } from '../extract/index.ts';

/** One CV written for the tests, with all that a careful reader finds in it. No real persons. */
export interface CorpusCv {
  id: string;
  document: ExtractedDocument;
  name: string | null;
  emails: string[];
  phones: string[];
  city: string | null;
  /** Skills that must be found. */
  skills: string[];
  /** Skills that must not be found, though their spelling or a like one occurs. */
  notSkills: string[];
  /** `title @ company` in the order of the CV; `-` where the CV names none. */
  positions: string[];
  /** Months in all, for 21 November 2026. */
  months: number;
  education: EducationLevel | null;
  institutions: string[];
  /** `English C1`; `-` without a level. */
  languages: `${string} ${Exclude<SpokenLanguage['level'], null> | '-'}`[];
  /** Part of each certificate's name. */
  certifications: string[];
  /** `type | state | number`. */
  licences: string[];
}
