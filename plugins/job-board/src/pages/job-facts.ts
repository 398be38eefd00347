import { html, type SafeHtml } from '@bazaar/sdk';
import { countryName } from '../jobs/location.ts';
import { formatMoney, formatPay } from '../jobs/money.ts';
import {
  ASSIGNMENTS,
  EDUCATION_LEVELS,
  EMPLOYMENT_TYPES,
  EXPERIENCE_LEVELS,
  SALARY_UNITS,
  WORK_MODES,
} from '../labels.ts';
import type { PublicJob } from './public-job.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** `2026-11-21` or a timestamp as `21 Nov 2026`, in UTC, wrapped for machines. */
export function day(iso: string): SafeHtml {
  const date = iso.slice(0, 10);
  return html`<time datetime="${date}">${DAY.format(new Date(`${date}T00:00:00Z`))}</time>`;
}

function years(job: PublicJob): string | null {
  const { minYearsExperience: min, maxYearsExperience: max } = job;
  if (min === null && max === null) return null;
  if (min !== null && max !== null) return min === max ? `${min} years` : `${min}–${max} years`;
  return min !== null ? `${min}+ years` : `up to ${max} years`;
}

function shift(job: PublicJob): string | null {
  const parts = [
    job.shift,
    job.shiftStart !== null && job.shiftEnd !== null ? `${job.shiftStart}–${job.shiftEnd}` : null,
    job.shiftsPerWeek === null ? null : `${job.shiftsPerWeek} shifts per week`,
    job.hoursPerWeek === null ? null : `${job.hoursPerWeek} hours per week`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function start(job: PublicJob): SafeHtml | string | null {
  if (job.startDate !== null)
    return job.endDate === null ? day(job.startDate) : html`${day(job.startDate)} to ${day(job.endDate)}`;
  return job.asap ? 'As soon as possible' : null;
}

function placement(job: PublicJob): string {
  const mode = WORK_MODES[job.workMode] ?? job.workMode;
  if (job.workMode !== 'remote' || job.remoteCountries.length === 0)
    return `${mode}${job.location ? ` · ${job.location}` : ''}`;
  return `${mode} from ${job.remoteCountries.map(countryName).join(', ')}`;
}

/** What is to be known at a glance; facts nobody has entered are left out. */
export function jobFacts(job: PublicJob): SafeHtml {
  const pay = [formatPay(job, SALARY_UNITS), job.salaryText].filter((part) => part !== null).join(' · ');
  const level = job.experienceLevel === null ? null : EXPERIENCE_LEVELS[job.experienceLevel];
  const facts: [string, SafeHtml | string | null | undefined][] = [
    ['Place', placement(job)],
    ['Also in', job.furtherLocations.map(({ city, region }) => [city, region].filter(Boolean).join(', ')).join(' · ')],
    ['Employment', EMPLOYMENT_TYPES[job.employmentType]],
    ['Assignment', job.assignment === null ? null : ASSIGNMENTS[job.assignment]],
    ['Pay', pay],
    [
      'Sign-on bonus',
      job.signOnBonus === null || job.salaryCurrency === null ? null : formatMoney(job.signOnBonus, job.salaryCurrency),
    ],
    ['Profession', [job.profession, job.specialty].filter((part) => part !== null).join(' · ')],
    ['Shift', shift(job)],
    ['Start', start(job)],
    [
      'Duration',
      job.duration === null || job.durationUnit === null ? null : `${job.duration} ${job.durationUnit.toLowerCase()}`,
    ],
    ['Experience', [level, years(job)].filter(Boolean).join(' · ')],
    ['Education', job.educationLevel === null ? null : EDUCATION_LEVELS[job.educationLevel]],
    ['Notice period', job.noticePeriod],
    ['Openings', job.openings > 1 ? String(job.openings) : null],
    ['Apply by', job.deadline === null ? null : day(job.deadline)],
    ['Reference', job.reference],
  ];
  return html`<dl class="facts">${facts
    .filter(([, value]) => value)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>`;
}
