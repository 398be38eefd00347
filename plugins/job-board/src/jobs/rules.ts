import { type FieldError, Problem } from '@bazaar/sdk';
import type { JobFields } from './fields.ts';

const MIN_TITLE = 3;
/** Search engines refuse a description that says next to nothing. */
const MIN_DESCRIPTION = 40;

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

function isCountry(code: string): boolean {
  return regions.of(code) !== undefined && code !== 'ZZ';
}

type Rule = (fields: JobFields, today: string) => FieldError | null;

const error = (pointer: string, message: string): FieldError => ({ pointer, message });

/** What holds for every job, drafts included. */
const ALWAYS: readonly Rule[] = [
  ({ title }) =>
    title.length < MIN_TITLE ? error('/title', `Give it a title of at least ${MIN_TITLE} characters.`) : null,
  ({ salaryMin: min, salaryMax: max }) =>
    min !== null && max !== null && max < min
      ? error('/salaryMax', 'The upper end of the pay is below the lower end.')
      : null,
  ({ salaryMin, salaryMax, salaryUnit }) =>
    (salaryMin !== null || salaryMax !== null) && salaryUnit === null
      ? error('/salaryUnit', 'Say what the pay is for: an hour, a month, a year …')
      : null,
  ({ salaryMin, salaryMax, signOnBonus, salaryCurrency }) =>
    (salaryMin !== null || salaryMax !== null || signOnBonus !== null) && salaryCurrency === null
      ? error('/salaryCurrency', 'Say in which currency.')
      : null,
  ({ salaryCurrency: currency }) =>
    currency !== null && !currencies.has(currency) ? error('/salaryCurrency', `${currency} is not a currency.`) : null,
  ({ minYearsExperience: min, maxYearsExperience: max }) =>
    min !== null && max !== null && max < min
      ? error('/maxYearsExperience', 'The most years of experience are fewer than the least.')
      : null,
  ({ startDate, endDate }) =>
    startDate !== null && endDate !== null && endDate < startDate
      ? error('/endDate', 'The last day is before the first.')
      : null,
  ({ duration, durationUnit }) =>
    duration !== null && durationUnit === null ? error('/durationUnit', 'Say whether days, weeks or months.') : null,
  ({ shiftStart, shiftEnd }) =>
    shiftStart !== null && shiftEnd === null ? error('/shiftEnd', 'Say when the shift ends.') : null,
  ({ shiftStart, shiftEnd }) =>
    shiftStart === null && shiftEnd !== null ? error('/shiftStart', 'Say when the shift starts.') : null,
  ({ country }) =>
    country !== null && !isCountry(country) ? error('/country', `${country} is not the code of a country.`) : null,
  ({ remoteCountries }) => {
    const wrong = remoteCountries.findIndex((code) => !isCountry(code));
    return wrong < 0
      ? null
      : error(`/remoteCountries/${wrong}`, `${remoteCountries[wrong]} is not the code of a country.`);
  },
  ({ furtherLocations }) => {
    const wrong = furtherLocations.findIndex(({ country }) => country !== null && !isCountry(country));
    return wrong < 0
      ? null
      : error(
          `/furtherLocations/${wrong}/country`,
          `${furtherLocations[wrong]?.country} is not the code of a country.`,
        );
  },
];

/** What search engines ask of a job posting, besides. */
const IN_PUBLIC: readonly Rule[] = [
  ({ title }) =>
    /\p{L}/u.test(title) && !/[!*]{2}/.test(title)
      ? null
      : error('/title', 'Use words, without repeated exclamation marks or asterisks.'),
  ({ description }) =>
    description.length < MIN_DESCRIPTION
      ? error('/description', `Describe the job in at least ${MIN_DESCRIPTION} characters.`)
      : null,
  ({ title, description }) =>
    description.toLowerCase() === title.toLowerCase()
      ? error('/description', 'The description cannot be the title again.')
      : null,
  ({ workMode, city }) =>
    workMode !== 'remote' && city === null ? error('/city', 'Say in which city the work is done.') : null,
  ({ workMode, country }) =>
    workMode !== 'remote' && country === null ? error('/country', 'Say in which country the work is done.') : null,
  ({ workMode, country, remoteCountries }) =>
    workMode === 'remote' && country === null && remoteCountries.length === 0
      ? error('/remoteCountries', 'Say from which countries the work can be done.')
      : null,
  ({ furtherLocations }) => {
    const wrong = furtherLocations.findIndex((place) => place.city === null || place.country === null);
    return wrong < 0 ? null : error(`/furtherLocations/${wrong}/city`, 'Say city and country of every further place.');
  },
  ({ deadline }, today) =>
    deadline !== null && deadline < today ? error('/deadline', 'The deadline has passed: set a later one.') : null,
];

function failures(rules: readonly Rule[], fields: JobFields, today: string): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const rule of rules) {
    const failure = rule(fields, today);
    if (failure && !found.has(failure.pointer)) found.set(failure.pointer, failure);
  }
  return [...found.values()];
}

/** What is wrong with the fields of a job, at most one message a field. */
export function fieldFailures(fields: JobFields): FieldError[] {
  return failures(ALWAYS, fields, '');
}

/** What keeps a job from being published on a day (`YYYY-MM-DD`). */
export function publishFailures(fields: JobFields, today: string): FieldError[] {
  return failures([...ALWAYS, ...IN_PUBLIC], fields, today);
}

function said(errors: readonly FieldError[]): string {
  const [first] = errors;
  return errors.length === 1 && first ? first.message : `${errors.length} fields need your attention.`;
}

export function refuseWrongFields(fields: JobFields): void {
  const errors = fieldFailures(fields);
  if (errors.length > 0) throw new Problem('invalid-input', said(errors), { errors });
}

/** Pointers name fields of the job. */
export function refuseUnpublishable(fields: JobFields, today: string): void {
  const errors = publishFailures(fields, today);
  if (errors.length === 0) return;
  throw new Problem('unprocessable', said(errors), { reason: 'not-publishable', errors });
}
