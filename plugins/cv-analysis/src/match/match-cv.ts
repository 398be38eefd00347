import { isDrivingLicence } from '../extract/sensitive.ts';
import { checkCredentials } from './credentials.ts';
import { findSkill, type ReadableCv } from './find-skill.ts';
import { type Grade, gradeEducation, gradeExperience } from './grades.ts';
import { recommend } from './recommend.ts';
import type { ExtraSkill, Match, MatchedSkill, MissingSkill, PartName, Requirements, ScorePart } from './types.ts';
import { wantedSkills } from './wanted-skill.ts';

/** Features C19. A part that the job does not ask for is left out and the others are weighted up to 100 %. */
export const WEIGHTS: Readonly<Record<PartName, number>> = {
  required: 50,
  preferred: 20,
  experience: 20,
  education: 10,
};

const MOST_EXTRA = 30;

/** Sensitive attributes are never scored (features D9), also when a job lists them among its skills. */
const scorable = (skills: readonly string[]) => skills.filter((skill) => !isDrivingLicence(skill));

function gradeSkills(found: number, asked: number): Grade | null {
  return asked === 0 ? null : { score: (found / asked) * 100, detail: `${found} of ${asked} shown` };
}

function weigh(grades: Record<PartName, Grade | null>): ScorePart[] {
  const present = (Object.keys(WEIGHTS) as PartName[]).flatMap((part) => {
    const grade = grades[part];
    return grade ? [{ part, grade }] : [];
  });
  const total = present.reduce((sum, { part }) => sum + WEIGHTS[part], 0);
  return present.map(({ part, grade }) => ({
    part,
    weight: Math.round((WEIGHTS[part] / total) * 1000) / 10,
    score: Math.round(grade.score),
    detail: grade.detail,
  }));
}

function total(grades: Record<PartName, Grade | null>): number | null {
  let sum = 0;
  let weights = 0;
  for (const part of Object.keys(WEIGHTS) as PartName[]) {
    const grade = grades[part];
    if (!grade) continue;
    sum += WEIGHTS[part] * grade.score;
    weights += WEIGHTS[part];
  }
  return weights === 0 ? null : Math.round(sum / weights);
}

function summarise(score: number | null, matched: readonly MatchedSkill[], missing: readonly MissingSkill[]): string {
  if (score === null) return 'The job names no skills, experience or education to compare with.';
  const asked = [...matched, ...missing].filter(({ kind }) => kind === 'required').length;
  const shown = matched.filter(({ kind }) => kind === 'required').length;
  const skills = asked === 0 ? 'No required skills named' : `${shown} of ${asked} required skills`;
  const lacking = missing.find(({ kind }) => kind === 'required');
  return `${skills}${lacking ? `; ${lacking.skill} not shown` : ''}.`;
}

/**
 * Compares a CV with a job: required skills 50 %, preferred 20 %, experience 20 %, education 10 %. A skill that the job
 * names twice (also under two spellings, or as required and preferred) counts once, as required. Pure.
 */
export function matchCv(cv: ReadableCv, job: Requirements): Match {
  const required = wantedSkills(scorable(job.requiredSkills));
  const preferred = wantedSkills(scorable(job.preferredSkills), required);
  const wanted = [
    ...required.map((skill) => ({ skill, kind: 'required' as const })),
    ...preferred.map((skill) => ({ skill, kind: 'preferred' as const })),
  ];
  const matched: MatchedSkill[] = [];
  const missing: MissingSkill[] = [];
  for (const { skill, kind } of wanted) {
    const passages = findSkill(skill, cv);
    if (passages.length > 0) matched.push({ skill: skill.label, kind, passages });
    else missing.push({ skill: skill.label, kind });
  }
  const named = new Set(wanted.flatMap(({ skill }) => skill.alternatives.flat().map(({ name }) => name)));
  const extra: ExtraSkill[] = cv.data.skillDetails
    .filter(({ name }) => !named.has(name))
    .slice(0, MOST_EXTRA)
    .map(({ name, evidence }) => ({ skill: name, passages: evidence.slice(0, 1) }));

  const count = (list: readonly { kind: string }[], kind: string) => list.filter((one) => one.kind === kind).length;
  const grades: Record<PartName, Grade | null> = {
    required: gradeSkills(count(matched, 'required'), count(wanted, 'required')),
    preferred: gradeSkills(count(matched, 'preferred'), count(wanted, 'preferred')),
    experience: gradeExperience(cv.data, job),
    education: gradeEducation(cv.data, job),
  };
  const score = total(grades);
  const credentials = checkCredentials(cv, job);
  return {
    score,
    parts: weigh(grades),
    matched,
    missing,
    extra,
    credentials,
    recommendations: recommend(cv.data, job, { matched, missing, credentials }),
    summary: summarise(score, matched, missing),
  };
}
