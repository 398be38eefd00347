import { formatDay } from '@bazaar/sdk/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Output } from '../../src/context.ts';
import { formatMoney, formatPay } from '../../src/jobs/money.ts';
import {
  ASSIGNMENTS,
  EDUCATION_LEVELS,
  EMPLOYMENT_TYPES,
  EXPERIENCE_LEVELS,
  SALARY_UNITS,
  WORK_MODES,
} from '../../src/labels.ts';
import { skillChips } from './chips.ts';

type Job = Output<'jobs.get'>;

function years({ minYearsExperience: min, maxYearsExperience: max }: Job): string {
  if (min === null && max === null) return '';
  if (min !== null && max !== null) return `${min}–${max} years`;
  return min !== null ? `${min}+ years` : `up to ${max} years`;
}

const joined = (parts: readonly (string | null | undefined)[], by = ' · '): string => parts.filter(Boolean).join(by);

function facts(entries: readonly [string, string | null | undefined][]): TemplateResult {
  return html`<dl class="facts">
    ${entries.filter(([, value]) => value).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
  </dl>`;
}

/** What the job is, as the public sees it. */
export function jobFacts(job: Job): TemplateResult {
  return facts([
    ['Place', joined([WORK_MODES[job.workMode], job.location])],
    ['Employment', EMPLOYMENT_TYPES[job.employmentType]],
    ['Assignment', job.assignment === null ? null : ASSIGNMENTS[job.assignment]],
    ['Pay', joined([formatPay(job, SALARY_UNITS), job.salaryText])],
    [
      'Sign-on bonus',
      job.signOnBonus === null || job.salaryCurrency === null ? null : formatMoney(job.signOnBonus, job.salaryCurrency),
    ],
    ['Profession', joined([job.profession, job.specialty])],
    ['Shift', joined([job.shift, job.shiftStart === null ? null : `${job.shiftStart}–${job.shiftEnd}`])],
    ['Experience', joined([job.experienceLevel === null ? null : EXPERIENCE_LEVELS[job.experienceLevel], years(job)])],
    ['Education', job.educationLevel === null ? null : EDUCATION_LEVELS[job.educationLevel]],
    ['Openings', String(job.openings)],
    ['Open until', job.deadline === null ? null : formatDay(job.deadline)],
    ['Published', job.publishedAt === null ? null : formatDay(job.publishedAt)],
  ]);
}

/** What only the agency sees. */
export function internalFacts(job: Job): TemplateResult {
  return facts([
    ['Reference', job.reference],
    ['Client', joined([job.clientName, job.clientDivision])],
    ['Website', job.clientWebsite],
    ['VMS', job.vmsName],
    ['Sales', job.salesRep],
    ['Specialist', job.staffingSpecialist],
    ['Stage', job.stage],
  ]);
}

export function jobRequirements(job: Job): TemplateResult {
  const credentials = [...job.requiredLicences, ...job.requiredCertifications];
  return html`
    <div class="stack tight"><h3>Required skills</h3>${skillChips(job.requiredSkills, 'info', 'None named.')}</div>
    <div class="stack tight"><h3>Preferred skills</h3>${skillChips(job.preferredSkills, '', 'None named.')}</div>
    ${
      credentials.length === 0
        ? nothing
        : html`<div class="stack tight"><h3>Licences and certifications</h3>${skillChips(credentials, 'warning', '')}</div>`
    }
  `;
}
