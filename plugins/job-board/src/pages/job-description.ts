import { html, type SafeHtml } from '@bazaar/sdk';
import { formatList, formatText } from './plain-text.ts';
import type { PublicJob } from './public-job.ts';

interface Section {
  title: string;
  body: SafeHtml;
}

/** The texts of a job in reading order; only those that say something. */
export function descriptionSections(job: PublicJob): Section[] {
  const lists: [string, readonly string[]][] = [
    ['Responsibilities', job.responsibilities],
    ['Requirements', job.requirements],
    ['Required skills', job.requiredSkills],
    ['Nice to have', job.preferredSkills],
    ['Tools', job.tools],
    ['Licences required', job.requiredLicences],
    ['Certifications required', job.requiredCertifications],
    ['Certifications required before the first day', job.onboardingCertifications],
    ['Certifications that are welcome', job.preferredCertifications],
    ['Benefits', job.benefits],
    ['How we hire', job.hiringRounds],
  ];
  return [
    { title: 'About the job', body: formatText(job.description) },
    ...lists.filter(([, items]) => items.length > 0).map(([title, items]) => ({ title, body: formatList(items) })),
    ...(job.aboutCompany === null ? [] : [{ title: 'About the employer', body: formatText(job.aboutCompany) }]),
  ];
}

/** The whole description in the few elements that search engines read: paragraphs and lists. */
export function descriptionHtml(job: PublicJob): string {
  const [about, ...rest] = descriptionSections(job);
  return html`${about?.body}${rest.map(({ title, body }) => html`<p>${title}</p>${body}`)}`.html;
}
