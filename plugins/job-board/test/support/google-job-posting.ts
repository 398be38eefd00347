import type { JsonObject, JsonValue } from '@bazaar/sdk';

/**
 * Google's documented rules for JobPosting structured data, as a list of complaints. Stricter than the Rich Results
 * Test: what Google merely recommends against is a complaint too, and so is every property it does not know.
 */
export function complaintsAbout(posting: JsonObject): string[] {
  const complaints: string[] = [];
  const complain = (path: string, what: string) => complaints.push(`${path}: ${what}`);

  if (!/^https?:\/\/schema\.org\/?$/.test(String(posting['@context']))) complain('@context', 'must be schema.org');
  if (posting['@type'] !== 'JobPosting') complain('@type', 'must be JobPosting');
  for (const name of Object.keys(posting)) if (!KNOWN.has(name)) complain(name, 'is not a property of JobPosting');
  for (const [name, value] of Object.entries(posting)) {
    if (value === null || value === undefined || value === '') complain(name, 'is empty');
    if (Array.isArray(value) && value.length === 0) complain(name, 'is an empty list');
  }

  checkTitle(posting.title, complain);
  checkDescription(posting, complain);
  checkDates(posting, complain);
  checkOrganisation(posting.hiringOrganization, complain);
  checkPlaces(posting, complain);
  checkSalary(posting.baseSalary, complain);
  checkEmployment(posting.employmentType, complain);
  checkIdentifier(posting.identifier, complain);
  checkRequirements(posting, complain);
  if (posting.directApply !== undefined && typeof posting.directApply !== 'boolean') {
    complain('directApply', 'must be true or false');
  }
  return complaints;
}

type Complain = (path: string, what: string) => void;

const KNOWN = new Set([
  '@context',
  '@type',
  'title',
  'description',
  'identifier',
  'datePosted',
  'validThrough',
  'employmentType',
  'hiringOrganization',
  'jobLocation',
  'jobLocationType',
  'applicantLocationRequirements',
  'baseSalary',
  'directApply',
  'totalJobOpenings',
  'jobStartDate',
  'jobImmediateStart',
  'industry',
  'occupationalCategory',
  'responsibilities',
  'skills',
  'qualifications',
  'experienceRequirements',
  'educationRequirements',
  'experienceInPlaceOfEducation',
  'jobBenefits',
  'workHours',
]);
const EMPLOYMENT = ['FULL_TIME', 'PART_TIME', 'CONTRACTOR', 'TEMPORARY', 'INTERN', 'VOLUNTEER', 'PER_DIEM', 'OTHER'];
const CREDENTIALS = [
  'high school',
  'associate degree',
  'bachelor degree',
  'professional certificate',
  'postgraduate degree',
];
const ISO_DATE = /^\d{4}-\d\d-\d\d$/;
const ISO_MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function object(value: JsonValue | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function asList(value: JsonValue | undefined): JsonValue[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function checkTitle(title: JsonValue | undefined, complain: Complain): void {
  if (!isText(title)) {
    complain('title', 'is required');
    return;
  }
  if (/[<>]/.test(title)) complain('title', 'must not hold markup');
  if (/[!*]{2}/.test(title)) complain('title', 'must not shout');
}

function checkDescription({ title, description }: JsonObject, complain: Complain): void {
  if (!isText(description)) {
    complain('description', 'is required');
    return;
  }
  if (description === title) complain('description', 'must not be the title');
  const tags = [...description.matchAll(/<\/?([a-z0-9]+)[^>]*>/gi)].map(([, name]) => name?.toLowerCase());
  if (tags.length === 0) complain('description', 'must be HTML with paragraphs');
  for (const tag of tags) {
    if (!['p', 'ul', 'li', 'br'].includes(tag ?? '')) complain('description', `<${tag}> is not understood`);
  }
  if (/<(p|ul|li)>\s*<\/\1>/.test(description)) complain('description', 'holds an empty element');
  if (/<[a-z]+ [^>]*>/i.test(description)) complain('description', 'holds attributes');
}

function checkDates({ datePosted, validThrough, jobStartDate }: JsonObject, complain: Complain): void {
  if (!isText(datePosted)) complain('datePosted', 'is required');
  else if (!ISO_DATE.test(datePosted) && !ISO_MOMENT.test(datePosted)) complain('datePosted', 'must be ISO 8601');
  if (validThrough !== undefined) {
    if (!isText(validThrough) || !ISO_MOMENT.test(validThrough)) complain('validThrough', 'must be an ISO 8601 moment');
    else if (Date.parse(validThrough) < Date.now()) complain('validThrough', 'has passed: no expired jobs');
    else if (isText(datePosted) && Date.parse(validThrough) < Date.parse(datePosted)) {
      complain('validThrough', 'is before datePosted');
    }
  }
  if (jobStartDate !== undefined && !(isText(jobStartDate) && ISO_DATE.test(jobStartDate))) {
    complain('jobStartDate', 'must be an ISO 8601 day');
  }
}

function checkOrganisation(value: JsonValue | undefined, complain: Complain): void {
  const organisation = object(value);
  if (!organisation) {
    complain('hiringOrganization', 'is required');
    return;
  }
  if (organisation['@type'] !== 'Organization') complain('hiringOrganization.@type', 'must be Organization');
  if (!isText(organisation.name)) complain('hiringOrganization.name', 'is required');
  for (const name of ['sameAs', 'logo']) {
    const url = organisation[name];
    if (url !== undefined && !/^https?:\/\/\S+$/.test(String(url)))
      complain(`hiringOrganization.${name}`, 'must be a URL');
  }
}

function checkAddress(value: JsonValue | undefined, path: string, complain: Complain): void {
  const address = object(value);
  if (address?.['@type'] !== 'PostalAddress') {
    complain(path, 'must be a PostalAddress');
    return;
  }
  if (!isText(address.addressCountry) || !/^[A-Z]{2}$/.test(address.addressCountry)) {
    complain(`${path}.addressCountry`, 'is required, as a code of two letters');
  }
  if (!isText(address.addressLocality) && !isText(address.addressRegion) && !isText(address.postalCode)) {
    complain(path, 'must say more than the country');
  }
  for (const [name, part] of Object.entries(address)) if (!isText(part)) complain(`${path}.${name}`, 'is empty');
}

function checkPlaces(posting: JsonObject, complain: Complain): void {
  const { jobLocation, jobLocationType, applicantLocationRequirements: requirements } = posting;
  for (const [index, place] of asList(jobLocation).entries()) {
    if (object(place)?.['@type'] !== 'Place') complain(`jobLocation[${index}]`, 'must be a Place');
    else checkAddress(object(place)?.address, `jobLocation[${index}].address`, complain);
  }
  for (const [index, area] of asList(requirements).entries()) {
    const { '@type': type, name } = object(area) ?? {};
    if (!['Country', 'State', 'City', 'AdministrativeArea'].includes(String(type)) || !isText(name)) {
      complain(`applicantLocationRequirements[${index}]`, 'must be a named administrative area');
    }
  }
  if (jobLocationType === undefined) {
    if (jobLocation === undefined) complain('jobLocation', 'is required');
    if (requirements !== undefined) complain('applicantLocationRequirements', 'is only for jobs done from home');
    return;
  }
  if (jobLocationType !== 'TELECOMMUTE') complain('jobLocationType', 'can only be TELECOMMUTE');
  if (jobLocation === undefined && requirements === undefined) {
    complain('applicantLocationRequirements', 'a remote job must name at least one country');
  }
}

function checkSalary(value: JsonValue | undefined, complain: Complain): void {
  if (value === undefined) return;
  const salary = object(value);
  const amount = object(salary?.value);
  if (salary?.['@type'] !== 'MonetaryAmount') complain('baseSalary', 'must be a MonetaryAmount');
  if (!/^[A-Z]{3}$/.test(String(salary?.currency))) complain('baseSalary.currency', 'must be an ISO 4217 code');
  if (amount?.['@type'] !== 'QuantitativeValue') {
    complain('baseSalary.value', 'must be a QuantitativeValue');
    return;
  }
  if (!['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'].includes(String(amount.unitText))) {
    complain('baseSalary.value.unitText', 'must be HOUR, DAY, WEEK, MONTH or YEAR');
  }
  const { value: exact, minValue: min, maxValue: max } = amount;
  if (exact !== undefined) {
    if (typeof exact !== 'number' || exact < 0) complain('baseSalary.value.value', 'must be a number');
    if (min !== undefined || max !== undefined) complain('baseSalary.value', 'is a value or a range, not both');
  } else if (typeof min !== 'number' || typeof max !== 'number' || max < min) {
    complain('baseSalary.value', 'needs a value, or minValue and maxValue');
  }
}

function checkEmployment(value: JsonValue | undefined, complain: Complain): void {
  for (const type of asList(value)) {
    if (!EMPLOYMENT.includes(String(type))) complain('employmentType', `${String(type)} is not known`);
  }
}

function checkIdentifier(value: JsonValue | undefined, complain: Complain): void {
  if (value === undefined) return;
  const identifier = object(value);
  if (identifier?.['@type'] !== 'PropertyValue') complain('identifier', 'must be a PropertyValue');
  if (!isText(identifier?.name)) complain('identifier.name', 'is required');
  if (!isText(identifier?.value)) complain('identifier.value', 'is required');
}

function checkRequirements(posting: JsonObject, complain: Complain): void {
  for (const education of asList(posting.educationRequirements)) {
    if (education === 'no requirements') continue;
    const { '@type': type, credentialCategory } = object(education) ?? {};
    if (type !== 'EducationalOccupationalCredential') complain('educationRequirements', 'is of the wrong type');
    if (!CREDENTIALS.includes(String(credentialCategory))) {
      complain('educationRequirements.credentialCategory', `${String(credentialCategory)} is not known`);
    }
  }
  const experience = posting.experienceRequirements;
  if (experience === undefined || experience === 'no requirements') return;
  const { '@type': type, monthsOfExperience } = object(experience) ?? {};
  if (type !== 'OccupationalExperienceRequirements') complain('experienceRequirements', 'is of the wrong type');
  if (typeof monthsOfExperience !== 'number' || monthsOfExperience <= 0) {
    complain('experienceRequirements.monthsOfExperience', 'must be a positive number');
  }
}
