/** The words people read for what the API names. */

/** `processing` is no stored status: it is shown while the server reports that a waiting CV is being read. */
export const STATUSES = {
  queued: 'Waiting',
  processing: 'Reading',
  parsed: 'Read',
  failed: 'Could not be read',
} as const;

export const STAGES: Readonly<Record<string, string>> = {
  reading: 'Reading the text',
  understanding: 'Finding skills, positions and education',
  matching: 'Comparing with the job',
};

export const PARTS = {
  required: 'Required skills',
  preferred: 'Preferred skills',
  experience: 'Experience',
  education: 'Education',
} as const;

export const EDUCATION_LEVELS: Readonly<Record<string, string>> = {
  none: 'No degree',
  secondary: 'Secondary school',
  associate: 'Associate degree',
  bachelor: "Bachelor's degree",
  master: "Master's degree",
  doctorate: 'Doctorate',
};

/** Where good and partial fits begin. */
const GOOD = 70;
const PARTIAL = 45;

/** How a score reads: its words and the look of chips and gauges. */
export function fitOf(score: number): { words: string; look: 'success' | 'warning' | 'danger' } {
  if (score >= GOOD) return { words: 'Good fit', look: 'success' };
  if (score >= PARTIAL) return { words: 'Partial fit', look: 'warning' };
  return { words: 'Weak fit', look: 'danger' };
}
