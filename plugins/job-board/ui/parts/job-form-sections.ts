import type { Input } from '../../src/context.ts';
import {
  ASSIGNMENTS,
  EDUCATION_LEVELS,
  EMPLOYMENT_TYPES,
  EXPERIENCE_LEVELS,
  SALARY_UNITS,
  WORK_MODES,
} from '../../src/labels.ts';

export type JobInput = Input<'jobs.create'>;
export type FieldName = Exclude<keyof JobInput, 'furtherLocations' | 'clientId' | 'recruiterId'>;

export interface FieldSpec {
  name: FieldName;
  label: string;
  kind:
    | 'text'
    | 'area'
    | 'lines'
    | 'tags'
    | 'integer'
    | 'money'
    | 'select'
    | 'date'
    | 'country'
    | 'countries'
    | 'currency'
    | 'flag';
  help?: string;
  /** Of a `select`. */
  options?: Readonly<Record<string, string>>;
  /** A `select` that always has a value. */
  required?: boolean;
  /** Takes the whole width. */
  full?: boolean;
}

export interface SectionSpec {
  id: string;
  title: string;
  text?: string;
  fields: readonly FieldSpec[];
  /** Closed at first: most jobs need none of it. */
  collapsed?: boolean;
}

/** The form a job is written with, section by section. */
export const SECTIONS: readonly SectionSpec[] = [
  {
    id: 'basics',
    title: 'Basics',
    fields: [
      {
        name: 'title',
        label: 'Title',
        kind: 'text',
        required: true,
        full: true,
        help: 'As people would search for it: no codes, no pay, no place.',
      },
      { name: 'employmentType', label: 'Employment', kind: 'select', options: EMPLOYMENT_TYPES, required: true },
      { name: 'openings', label: 'Openings', kind: 'integer' },
      { name: 'department', label: 'Department', kind: 'text' },
      { name: 'functionalArea', label: 'Functional area', kind: 'text' },
      { name: 'industry', label: 'Industry', kind: 'text' },
      {
        name: 'deadline',
        label: 'Open until',
        kind: 'date',
        help: 'Set from the settings when you publish without one.',
      },
      { name: 'isPublic', label: 'Show on the public pages', kind: 'flag' },
      { name: 'isHot', label: 'Urgent', kind: 'flag' },
      { name: 'isFeatured', label: 'Featured', kind: 'flag' },
    ],
  },
  {
    id: 'description',
    title: 'Description',
    text: 'Plain text. A blank line starts a paragraph, a line that starts with “- ” is a bullet. In lists, one line is one entry.',
    fields: [
      {
        name: 'summary',
        label: 'Summary',
        kind: 'area',
        full: true,
        help: 'One or two sentences for lists and search engines.',
      },
      { name: 'description', label: 'About the job', kind: 'area', full: true },
      { name: 'responsibilities', label: 'Responsibilities', kind: 'lines', full: true },
      { name: 'requirements', label: 'Requirements in words', kind: 'lines', full: true },
      { name: 'benefits', label: 'Benefits', kind: 'lines', full: true },
      { name: 'aboutCompany', label: 'About the employer', kind: 'area', full: true },
      { name: 'hiringRounds', label: 'Steps of the hiring process', kind: 'lines', full: true },
    ],
  },
  {
    id: 'place',
    title: 'Place',
    fields: [
      { name: 'workMode', label: 'Workplace', kind: 'select', options: WORK_MODES, required: true },
      { name: 'street', label: 'Street', kind: 'text' },
      { name: 'city', label: 'City', kind: 'text' },
      { name: 'region', label: 'State or region', kind: 'text' },
      { name: 'postalCode', label: 'Postal code', kind: 'text' },
      { name: 'country', label: 'Country', kind: 'country' },
      {
        name: 'remoteCountries',
        label: 'Remote work from',
        kind: 'countries',
        full: true,
        help: 'Only for remote jobs.',
      },
    ],
  },
  {
    id: 'pay',
    title: 'Pay',
    fields: [
      { name: 'salaryMin', label: 'From', kind: 'money' },
      { name: 'salaryMax', label: 'To', kind: 'money' },
      { name: 'salaryCurrency', label: 'Currency', kind: 'currency' },
      { name: 'salaryUnit', label: 'For', kind: 'select', options: SALARY_UNITS },
      { name: 'signOnBonus', label: 'Sign-on bonus', kind: 'money' },
      { name: 'salaryText', label: 'What else is to be said', kind: 'text' },
    ],
  },
  {
    id: 'asks',
    title: 'What the job asks for',
    text: 'Applications are scored against these. Type a skill and press Enter.',
    fields: [
      { name: 'requiredSkills', label: 'Required skills', kind: 'tags', full: true },
      { name: 'preferredSkills', label: 'Preferred skills', kind: 'tags', full: true },
      { name: 'experienceLevel', label: 'Experience', kind: 'select', options: EXPERIENCE_LEVELS },
      { name: 'educationLevel', label: 'Education', kind: 'select', options: EDUCATION_LEVELS },
      { name: 'minYearsExperience', label: 'Years of experience, at least', kind: 'integer' },
      { name: 'maxYearsExperience', label: 'Years of experience, at most', kind: 'integer' },
      { name: 'requiredLicences', label: 'Licences required', kind: 'tags', full: true },
      { name: 'requiredCertifications', label: 'Certifications required', kind: 'tags', full: true },
      { name: 'onboardingCertifications', label: 'Certifications before the first day', kind: 'tags', full: true },
      { name: 'preferredCertifications', label: 'Certifications welcome', kind: 'tags', full: true },
      { name: 'tools', label: 'Tools', kind: 'tags', full: true },
      { name: 'noticePeriod', label: 'Notice period accepted', kind: 'text' },
    ],
  },
  {
    id: 'assignment',
    title: 'Assignment and shifts',
    collapsed: true,
    fields: [
      { name: 'profession', label: 'Profession', kind: 'text' },
      { name: 'specialty', label: 'Specialty', kind: 'text' },
      { name: 'assignment', label: 'Assignment', kind: 'select', options: ASSIGNMENTS },
      { name: 'shift', label: 'Shift in words', kind: 'text' },
      { name: 'shiftStart', label: 'Shift starts', kind: 'text', help: 'HH:MM, 24 hours.' },
      { name: 'shiftEnd', label: 'Shift ends', kind: 'text', help: 'HH:MM, 24 hours.' },
      { name: 'shiftsPerWeek', label: 'Shifts per week', kind: 'integer' },
      { name: 'hoursPerWeek', label: 'Hours per week', kind: 'integer' },
      { name: 'startDate', label: 'First day', kind: 'date' },
      { name: 'endDate', label: 'Last day', kind: 'date' },
      { name: 'duration', label: 'Duration', kind: 'integer' },
      {
        name: 'durationUnit',
        label: 'Unit of duration',
        kind: 'select',
        options: { DAYS: 'Days', WEEKS: 'Weeks', MONTHS: 'Months' },
      },
      { name: 'floatingUnits', label: 'Floating units', kind: 'text' },
      { name: 'asap', label: 'Starts as soon as possible', kind: 'flag' },
    ],
  },
  {
    id: 'internal',
    title: 'Internal',
    text: 'Never shown to the public.',
    collapsed: true,
    fields: [
      {
        name: 'reference',
        label: 'Reference',
        kind: 'text',
        help: 'Your own number for the job. The public sees this one.',
      },
      { name: 'stage', label: 'Stage of the search', kind: 'text' },
      { name: 'clientName', label: 'Client', kind: 'text' },
      { name: 'clientDivision', label: 'Division', kind: 'text' },
      { name: 'clientWebsite', label: 'Website of the client', kind: 'text' },
      { name: 'vmsName', label: 'Vendor management system', kind: 'text' },
      { name: 'salesRep', label: 'Sales representative', kind: 'text' },
      { name: 'staffingSpecialist', label: 'Staffing specialist', kind: 'text' },
    ],
  },
  {
    id: 'search-engines',
    title: 'Search engines',
    collapsed: true,
    fields: [
      {
        name: 'slug',
        label: 'Address',
        kind: 'text',
        help: 'Last part of the public address; made from the title when empty.',
      },
      { name: 'metaTitle', label: 'Title', kind: 'text' },
      { name: 'metaDescription', label: 'Description', kind: 'area', full: true },
      { name: 'keywords', label: 'Keywords', kind: 'tags', full: true },
    ],
  },
];

/** What a new job starts with. */
export const NEW_JOB: Partial<JobInput> = {
  employmentType: 'FULL_TIME',
  workMode: 'onsite',
  openings: 1,
  isPublic: true,
};
