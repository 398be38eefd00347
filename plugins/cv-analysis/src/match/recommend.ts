import type { CvData } from '../extract/index.ts';
import { SKILL_FAMILIES } from '../lexicon/skills/index.ts';
import { demandedYears, levelRank, workedMonths, years } from './grades.ts';
import type { CredentialCheck, MatchedSkill, MissingSkill, Requirements } from './types.ts';
import { wantedSkill } from './wanted-skill.ts';

const MOST_NAMED = 4;

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Skills of the CV from which the way to a missing one is short. */
function neighbours(missing: string, data: CvData): string[] {
  const names = wantedSkill(missing)
    .alternatives.flat()
    .map(({ name }) => name);
  const near = new Set(SKILL_FAMILIES.filter((family) => names.some((name) => family.includes(name))).flat());
  return data.skills.filter((skill) => near.has(skill));
}

function aboutSkills(data: CvData, missing: readonly MissingSkill[], matched: readonly MatchedSkill[]): string[] {
  const required = missing.filter(({ kind }) => kind === 'required').map(({ skill }) => skill);
  const preferred = missing.filter(({ kind }) => kind === 'preferred').map(({ skill }) => skill);
  const said: string[] = [];
  if (required.length > 0)
    said.push(`The CV does not show ${list(required)}, which the job requires. Ask for it before you decide.`);
  for (const skill of required.slice(0, 2)) {
    const near = neighbours(skill, data);
    if (near.length > 0)
      said.push(`Close to ${skill}, the CV names ${list(near)}: ask how far that experience carries over.`);
  }
  if (required.length === 0 && matched.some(({ kind }) => kind === 'required')) {
    said.push('Every required skill is shown in the CV. Use the interview to find out how deep they go.');
  }
  if (preferred.length > 0) said.push(`Not shown, but only preferred: ${list(preferred)}.`);
  return said;
}

function aboutExperience(data: CvData, job: Requirements): string[] {
  const demanded = demandedYears(job);
  const months = workedMonths(data);
  const said: string[] = [];
  if (demanded !== null && months < demanded * 12) {
    const short = years(demanded * 12 - months);
    said.push(
      months === 0
        ? `No dated positions were found; the job asks for ${years(demanded * 12)}. Ask for the history of employment.`
        : `${years(months)} of experience is ${short} short of what the job asks for.`,
    );
  }
  if (job.maxYearsExperience !== null && months > job.maxYearsExperience * 12) {
    said.push(
      `${years(months)} of experience is more than the job foresees (${years(job.maxYearsExperience * 12)}): talk about expectations and pay.`,
    );
  }
  const gap = data.gaps.reduce((longest, one) => (one.months > longest.months ? one : longest), {
    from: '',
    to: '',
    months: 0,
  });
  if (gap.months >= 12)
    said.push(`Between ${gap.from} and ${gap.to} the CV names no position; a friendly question may explain it.`);
  return said;
}

/** What to do with the result, in words for the recruiter; never about a person's sensitive attributes. */
export function recommend(
  data: CvData,
  job: Requirements,
  result: {
    matched: readonly MatchedSkill[];
    missing: readonly MissingSkill[];
    credentials: readonly CredentialCheck[];
  },
): string[] {
  const said = [...aboutSkills(data, result.missing, result.matched), ...aboutExperience(data, job)];
  const { educationLevel: demanded } = job;
  if (demanded !== null && demanded !== 'none') {
    if (data.highestEducation === null)
      said.push(`No degree or school certificate was found; the job asks for ${demanded} level.`);
    else if (levelRank(data.highestEducation) < levelRank(demanded)) {
      said.push(
        `The highest degree found is ${data.highestEducation} level, the job asks for ${demanded}. Check whether experience makes up for it.`,
      );
    }
  }
  const absent = result.credentials.filter(({ met }) => !met).map(({ name }) => name);
  if (absent.length > 0) said.push(`Ask for proof of ${list(absent)}: the job demands it and the CV does not name it.`);
  const held = result.credentials.filter(({ met }) => met).map(({ name }) => name);
  if (held.length > 0) said.push(`Verify ${list(held)} with the issuer; the CV only claims it.`);
  return said;
}
