import type { Output, QueryRow } from '../context.ts';
import { type Place, readPlaces } from '../jobs/location.ts';

type Enumerated = Pick<
  Output<'jobs.get'>,
  | 'status'
  | 'employmentType'
  | 'workMode'
  | 'experienceLevel'
  | 'educationLevel'
  | 'assignment'
  | 'salaryUnit'
  | 'durationUnit'
>;

/** All of a job that visitors may know. */
export type PublicJob = Omit<QueryRow<'publicJob'>, keyof Enumerated | 'furtherLocations'> &
  Enumerated & { furtherLocations: Place[] };

/** The database guarantees the enumerations. */
export function publicJob(row: QueryRow<'publicJob'>): PublicJob {
  return { ...(row as typeof row & Enumerated), furtherLocations: readPlaces(row.furtherLocations) };
}
