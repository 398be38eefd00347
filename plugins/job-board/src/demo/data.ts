import type { ApplicationStatus } from '../applications/pipeline.ts';
import type { Input } from '../context.ts';

/** The contents of demo/<tenant>.json. Dates are told in days, so that a demo never looks old. */
export interface DemoData {
  jobs: DemoJob[];
  candidates: DemoCandidate[];
}

export type DemoJob = Input<'jobs.create'> & {
  /** Names the job within the file. */
  key: string;
  status: 'draft' | 'open' | 'paused' | 'filled';
  publishedDaysAgo?: number;
  closedDaysAgo?: number;
  startDateInDays?: number;
  rates?: Input<'jobs.set-rates'>['items'];
};

export interface DemoCandidate {
  fullName: string;
  email: string;
  phone: string;
  headline: string;
  summary: string;
  currentTitle: string;
  currentCompany: string;
  profession?: string;
  specialty?: string;
  experienceMonths: number;
  educationLevel: string;
  skills: string[];
  languages: string[];
  certifications: string[];
  licences: string[];
  city: string;
  region: string;
  country: string;
  availability: string;
  noticePeriodDays: number;
  relocate: string;
  source: 'website' | 'referral';
  /** File of the package. */
  cv: string;
  applications: DemoApplication[];
}

export interface DemoApplication {
  /** Key of the job. */
  job: string;
  status: ApplicationStatus;
  daysAgo: number;
  coverLetter?: string;
  rejectionReason?: string;
  rejectionFeedback?: string;
  /** A recruiter's note. */
  note?: string;
}
