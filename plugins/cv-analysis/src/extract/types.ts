/** Where something was read: `page` and `line` count from 1, `line` within its page in reading order. */
export interface Passage {
  text: string;
  page: number;
  line: number;
}

/** `2019-03`, or `2019` when the document names no month. */
export type PartialDate = string;

export interface Contact {
  name: string | null;
  emails: string[];
  phones: string[];
  address: string | null;
  city: string | null;
  country: string | null;
  links: ContactLink[];
}

export interface ContactLink {
  kind: 'linkedin' | 'github' | 'gitlab' | 'portfolio';
  url: string;
}

export interface FoundSkill {
  name: string;
  category: string;
  /** Months of the positions in whose description it was found, overlaps counted once; 0 when in none. */
  months: number;
  evidence: Passage[];
}

export interface ExperienceEntry {
  title: string | null;
  company: string | null;
  location: string | null;
  start: PartialDate | null;
  end: PartialDate | null;
  isCurrent: boolean;
  /** Length of this position alone; `null` without dates. */
  months: number | null;
  description: string[];
  skills: string[];
  passage: Passage;
}

/** Months between two positions in which the document names none. */
export interface ExperienceGap {
  from: PartialDate;
  to: PartialDate;
  months: number;
}

export const EDUCATION_LEVELS = ['none', 'secondary', 'associate', 'bachelor', 'master', 'doctorate'] as const;
export type EducationLevel = (typeof EDUCATION_LEVELS)[number];

export interface EducationEntry {
  institution: string | null;
  degree: string | null;
  level: EducationLevel | null;
  field: string | null;
  start: PartialDate | null;
  end: PartialDate | null;
  inProgress: boolean;
  grade: string | null;
  passage: Passage;
}

export interface SpokenLanguage {
  language: string;
  /** CEFR level, `native`, or `null` when the document says nothing. */
  level: 'A1' | 'A2' | 'B1' | 'B2' | 'C1' | 'C2' | 'native' | null;
  passage: Passage;
}

export interface Certification {
  name: string;
  issuer: string | null;
  date: PartialDate | null;
  expires: PartialDate | null;
  passage: Passage;
}

/** A licence to practise a profession. Driving licences are never recorded. */
export interface Licence {
  type: string;
  state: string | null;
  number: string | null;
  expires: PartialDate | null;
  passage: Passage;
}

/** Everything read from one CV. Holds no sensitive attribute (birth date, gender, marital status …). */
export interface CvData {
  contact: Contact;
  headline: string | null;
  summary: string | null;
  /** Names only, for containment queries; details stand in `skillDetails`. */
  skills: string[];
  skillDetails: FoundSkill[];
  experience: ExperienceEntry[];
  /** Months worked according to the dated positions, overlaps counted once. */
  experienceMonths: number;
  /** Months the author claims in words ("12 years of experience"), when said. */
  statedExperienceMonths: number | null;
  gaps: ExperienceGap[];
  currentRole: { title: string | null; company: string | null } | null;
  education: EducationEntry[];
  highestEducation: EducationLevel | null;
  yearOfPassing: number | null;
  languages: SpokenLanguage[];
  certifications: Certification[];
  licences: Licence[];
  projects: string | null;
  /** Text in the file that people who look at it do not see. Nothing above was read from it; absent when there is none. */
  hiddenText?: string;
}
