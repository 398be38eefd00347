/** The words for the values of the enumerations, as people read them. */
export const EMPLOYMENT_TYPES: Record<string, string> = {
  FULL_TIME: 'Full-time',
  PART_TIME: 'Part-time',
  CONTRACTOR: 'Contract',
  TEMPORARY: 'Temporary',
  INTERN: 'Internship',
  VOLUNTEER: 'Volunteer',
  PER_DIEM: 'Per diem',
  OTHER: 'Other',
};

export const WORK_MODES: Record<string, string> = { onsite: 'On site', hybrid: 'Hybrid', remote: 'Remote' };

export const EXPERIENCE_LEVELS: Record<string, string> = {
  entry: 'Entry level',
  mid: 'Mid level',
  senior: 'Senior',
  lead: 'Lead',
  executive: 'Executive',
};

export const EDUCATION_LEVELS: Record<string, string> = {
  none: 'No formal education required',
  secondary: 'Secondary school',
  associate: 'Associate degree',
  bachelor: "Bachelor's degree",
  master: "Master's degree",
  doctorate: 'Doctorate',
};

export const ASSIGNMENTS: Record<string, string> = {
  travel: 'Travel assignment',
  perm: 'Permanent',
  per_diem: 'Per diem',
  local: 'Local assignment',
};

export const SALARY_UNITS: Record<string, string> = {
  HOUR: 'per hour',
  DAY: 'per day',
  WEEK: 'per week',
  MONTH: 'per month',
  YEAR: 'per year',
};

export const JOB_STATUSES: Record<string, string> = {
  draft: 'Draft',
  open: 'Open',
  paused: 'Paused',
  filled: 'Filled',
  closed: 'Closed',
  archived: 'Archived',
};

export const APPLICATION_STATUSES: Record<string, string> = {
  applied: 'Applied',
  screening: 'Screening',
  interviewing: 'Interviewing',
  offer: 'Offer',
  hired: 'Hired',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
};

export const REJECTION_REASONS: Record<string, string> = {
  'missing-skills': 'Missing skills',
  'not-enough-experience': 'Not enough experience',
  'missing-licence': 'Missing licence or certification',
  'salary-expectation': 'Salary expectation',
  location: 'Location',
  'position-filled': 'Position filled',
  'no-response': 'No response',
  other: 'Other reason',
};

export const SOURCES: Record<string, string> = {
  website: 'Public job page',
  recruiter: 'Entered by a recruiter',
  referral: 'Referral',
  import: 'Import',
};

export const AVAILABILITIES: Record<string, string> = {
  immediately: 'Immediately',
  within_2_weeks: 'Within two weeks',
  within_month: 'Within a month',
  not_looking: 'Not looking',
};
