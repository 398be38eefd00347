import { type CvData, EDUCATION_LEVELS, type EducationLevel } from '../extract/index.ts';
import type { Requirements } from './types.ts';

/** Years that a level stands for when the job names no number. */
const YEARS_OF_LEVEL = { entry: 0, mid: 2, senior: 5, lead: 7, executive: 10 } as const;

/** Part of the score that a degree below the demanded one still earns, by how many levels it is below. */
const BELOW = [100, 50, 25];

export interface Grade {
  score: number;
  detail: string;
}

/** Months of work: what the dated positions add up to; what the author claims only when nothing is dated. */
export function workedMonths(data: CvData): number {
  return data.experienceMonths > 0 ? data.experienceMonths : (data.statedExperienceMonths ?? 0);
}

/** The least years a job asks for, or `null` when it asks for none. The number wins over the level. */
export function demandedYears(job: Requirements): number | null {
  if (job.minYearsExperience !== null) return job.minYearsExperience;
  return job.experienceLevel === null ? null : YEARS_OF_LEVEL[job.experienceLevel];
}

export function years(months: number): string {
  const value = Math.round((months / 12) * 10) / 10;
  return `${value} ${value === 1 ? 'year' : 'years'}`;
}

/** In proportion up to what the job asks for; more earns no more. */
export function gradeExperience(data: CvData, job: Requirements): Grade | null {
  const demanded = demandedYears(job);
  if (demanded === null) return null;
  const months = workedMonths(data);
  const score = demanded <= 0 ? 100 : Math.min(100, (months / (demanded * 12)) * 100);
  return { score, detail: `${years(months)} of ${years(demanded * 12)} asked for` };
}

export function levelRank(level: EducationLevel): number {
  return EDUCATION_LEVELS.indexOf(level);
}

export function gradeEducation(data: CvData, job: Requirements): Grade | null {
  const { educationLevel: demanded } = job;
  if (demanded === null || demanded === 'none') return null;
  const reached = data.highestEducation;
  if (reached === null) return { score: 0, detail: `${demanded} asked for, none found` };
  const below = Math.max(0, levelRank(demanded) - levelRank(reached));
  const detail = reached === demanded ? `${reached}, as asked for` : `${reached}, ${demanded} asked for`;
  return { score: reached === 'none' ? 0 : (BELOW[below] ?? 0), detail };
}
