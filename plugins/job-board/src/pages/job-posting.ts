import type { JsonObject } from '@bazaar/sdk';
import { countryName, type Place } from '../jobs/location.ts';
import { majorAmount } from '../jobs/money.ts';
import { descriptionHtml } from './job-description.ts';
import type { PublicJob } from './public-job.ts';

/** Who hires, as search engines are told. */
export interface Organisation {
  name: string;
  /** Absent when the organisation has named no website. */
  url: string | undefined;
}

/** Google's categories of credentials. */
const CREDENTIALS: Record<string, string> = {
  secondary: 'high school',
  associate: 'associate degree',
  bachelor: 'bachelor degree',
  master: 'postgraduate degree',
  doctorate: 'postgraduate degree',
};

/** Properties that say nothing are left out: an empty one is an error to search engines. */
function present(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined && value !== null));
}

function joined(items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : items.join(', ');
}

function postalPlace(place: Place): JsonObject {
  return {
    '@type': 'Place',
    address: present({
      '@type': 'PostalAddress',
      streetAddress: place.street,
      addressLocality: place.city,
      addressRegion: place.region,
      postalCode: place.postalCode,
      addressCountry: place.country,
    }),
  };
}

function whereabouts(job: PublicJob): JsonObject {
  if (job.workMode === 'remote') {
    const codes = job.remoteCountries.length > 0 ? job.remoteCountries : job.country === null ? [] : [job.country];
    const countries = codes.map((code) => ({ '@type': 'Country', name: countryName(code) }));
    return {
      jobLocationType: 'TELECOMMUTE',
      applicantLocationRequirements: countries.length === 1 ? countries[0] : countries,
    };
  }
  const places = [job, ...job.furtherLocations].map(postalPlace);
  return { jobLocation: places.length === 1 ? places[0] : places };
}

/** `undefined` unless the least is known: an upper end alone is no base salary. */
function baseSalary(job: PublicJob): JsonObject | undefined {
  const { salaryMin: min, salaryMax: max, salaryCurrency: currency, salaryUnit: unitText } = job;
  if (min === null || currency === null || unitText === null) return undefined;
  const range =
    max === null || max === min
      ? { value: majorAmount(min, currency) }
      : { minValue: majorAmount(min, currency), maxValue: majorAmount(max, currency) };
  return { '@type': 'MonetaryAmount', currency, value: { '@type': 'QuantitativeValue', ...range, unitText } };
}

function experience(job: PublicJob): JsonObject | string | undefined {
  if (job.minYearsExperience === null) return undefined;
  if (job.minYearsExperience === 0) return 'no requirements';
  return { '@type': 'OccupationalExperienceRequirements', monthsOfExperience: job.minYearsExperience * 12 };
}

function education(job: PublicJob): JsonObject | string | undefined {
  if (job.educationLevel === null) return undefined;
  if (job.educationLevel === 'none') return 'no requirements';
  return { '@type': 'EducationalOccupationalCredential', credentialCategory: CREDENTIALS[job.educationLevel] };
}

/** What other qualifications are asked for: licences, certifications, requirements in words. */
function qualifications(job: PublicJob): string | undefined {
  return joined([...job.requirements, ...job.requiredLicences, ...job.requiredCertifications]);
}

/** A published job as schema.org/JobPosting, the way Google documents it. */
export function jobPosting(job: PublicJob & { publishedAt: string }, organisation: Organisation): JsonObject {
  return present({
    '@context': 'https://schema.org/',
    '@type': 'JobPosting',
    title: job.title,
    description: descriptionHtml(job),
    identifier: { '@type': 'PropertyValue', name: organisation.name, value: job.reference ?? job.id },
    datePosted: job.publishedAt.slice(0, 10),
    validThrough: job.deadline === null ? undefined : `${job.deadline}T23:59:59Z`,
    employmentType: job.employmentType,
    hiringOrganization: present({ '@type': 'Organization', name: organisation.name, sameAs: organisation.url }),
    ...whereabouts(job),
    baseSalary: baseSalary(job),
    directApply: true,
    totalJobOpenings: job.openings,
    jobStartDate: job.startDate ?? undefined,
    jobImmediateStart: job.asap ? true : undefined,
    industry: job.industry,
    occupationalCategory: job.profession,
    responsibilities: joined(job.responsibilities),
    skills: joined([...job.requiredSkills, ...job.preferredSkills]),
    qualifications: qualifications(job),
    experienceRequirements: experience(job),
    educationRequirements: education(job),
    jobBenefits: joined(job.benefits),
    workHours: job.shift,
  });
}
