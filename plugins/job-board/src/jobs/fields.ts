import type { Input, TableRow } from '../context.ts';
import { searchText } from '../search.ts';
import { formatLocation, readPlaces } from './location.ts';

type Entered = Omit<Input<'jobs.create'>, 'slug'>;

/** All that people say of a job, complete. */
export type JobFields = { [Name in keyof Entered]-?: Exclude<Entered[Name], undefined> };

/** A job of which nothing has been said. */
const BLANK: JobFields = {
  title: '',
  reference: null,
  stage: null,
  isPublic: true,
  isFeatured: false,
  isHot: false,
  summary: null,
  description: '',
  responsibilities: [],
  requirements: [],
  benefits: [],
  aboutCompany: null,
  department: null,
  industry: null,
  functionalArea: null,
  tools: [],
  employmentType: 'FULL_TIME',
  workMode: 'onsite',
  experienceLevel: null,
  educationLevel: null,
  minYearsExperience: null,
  maxYearsExperience: null,
  openings: 1,
  deadline: null,
  hiringRounds: [],
  noticePeriod: null,
  salaryMin: null,
  salaryMax: null,
  salaryCurrency: null,
  salaryUnit: null,
  salaryText: null,
  signOnBonus: null,
  street: null,
  city: null,
  region: null,
  postalCode: null,
  country: null,
  furtherLocations: [],
  remoteCountries: [],
  requiredSkills: [],
  preferredSkills: [],
  requiredLicences: [],
  requiredCertifications: [],
  onboardingCertifications: [],
  preferredCertifications: [],
  profession: null,
  specialty: null,
  assignment: null,
  shift: null,
  shiftStart: null,
  shiftEnd: null,
  shiftsPerWeek: null,
  hoursPerWeek: null,
  floatingUnits: null,
  startDate: null,
  endDate: null,
  asap: false,
  duration: null,
  durationUnit: null,
  clientId: null,
  clientName: null,
  clientWebsite: null,
  clientDivision: null,
  vmsName: null,
  salesRep: null,
  staffingSpecialist: null,
  recruiterId: null,
  metaTitle: null,
  metaDescription: null,
  keywords: [],
};

const FIELD_NAMES = Object.keys(BLANK) as readonly (keyof JobFields)[];

/** Texts that are never absent; of the others, an empty one means "not said". */
const ALWAYS_TEXT: readonly string[] = ['title', 'description'];

function unique(items: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const item of items) {
    const text = item.trim();
    if (text !== '' && !seen.has(text.toLowerCase())) seen.set(text.toLowerCase(), text);
  }
  return [...seen.values()];
}

function tidyValue(name: string, value: unknown): unknown {
  if (typeof value === 'string') {
    const text = value.trim();
    return text === '' && !ALWAYS_TEXT.includes(name) ? null : text;
  }
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return unique(value);
  return value;
}

/** What was entered, without stray blanks, empty texts and repetitions. Only fields that were given. */
export function tidy(entered: Partial<Entered>): Partial<JobFields> {
  const given = FIELD_NAMES.filter((name) => entered[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, tidyValue(name, entered[name])])) as Partial<JobFields>;
}

/** A skill cannot be both required and welcome: required wins. */
function withoutOverlap(fields: JobFields): JobFields {
  const required = new Set(fields.requiredSkills.map((skill) => skill.toLowerCase()));
  return { ...fields, preferredSkills: fields.preferredSkills.filter((skill) => !required.has(skill.toLowerCase())) };
}

/** The fields of a new job. */
export function newFields(entered: Partial<JobFields>): JobFields {
  return withoutOverlap({ ...BLANK, ...entered });
}

/** The fields of a stored job with some of them changed. The database guarantees the enumerations. */
export function changedFields(row: TableRow<'jobs'>, changes: Partial<JobFields>): JobFields {
  const stored = Object.fromEntries(FIELD_NAMES.map((name) => [name, row[name]])) as unknown as JobFields;
  return withoutOverlap({ ...stored, furtherLocations: readPlaces(row.furtherLocations), ...changes });
}

/** The columns that follow from the fields. */
export function derivedColumns(fields: JobFields): { location: string; searchText: string } {
  const location = formatLocation({
    workMode: fields.workMode,
    furtherLocations: fields.furtherLocations,
    street: fields.street,
    city: fields.city,
    region: fields.region,
    postalCode: fields.postalCode,
    country: fields.country,
  });
  const search = searchText([
    fields.title,
    fields.reference,
    location,
    fields.furtherLocations.flatMap((place) => (place.city ? [place.city] : [])),
    fields.department,
    fields.functionalArea,
    fields.industry,
    fields.profession,
    fields.specialty,
    fields.requiredSkills,
    fields.preferredSkills,
    fields.tools,
    fields.keywords,
  ]);
  return { location, searchText: search };
}
