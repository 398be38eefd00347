import type { EducationLevel, Passage } from '../extract/index.ts';

/** What a job asks for, as the job board's `jobs.requirements` answers. */
export interface Requirements {
  title: string;
  requiredSkills: string[];
  preferredSkills: string[];
  minYearsExperience: number | null;
  maxYearsExperience: number | null;
  experienceLevel: 'entry' | 'mid' | 'senior' | 'lead' | 'executive' | null;
  educationLevel: EducationLevel | null;
  requiredLicences: string[];
  requiredCertifications: string[];
}

export interface MatchedSkill {
  /** As the job writes it. */
  skill: string;
  kind: 'required' | 'preferred';
  passages: Passage[];
}

export interface MissingSkill {
  skill: string;
  kind: 'required' | 'preferred';
}

export interface ExtraSkill {
  skill: string;
  passages: Passage[];
}

/** A licence or certificate the job demands. It is reported and does not change the score. */
export interface CredentialCheck {
  name: string;
  kind: 'licence' | 'certification';
  met: boolean;
  passage: Passage | null;
}

export type PartName = 'required' | 'preferred' | 'experience' | 'education';

/** One part of the score. `weight` is in percent after renormalising; `score` is 0–100. */
export interface ScorePart {
  part: PartName;
  weight: number;
  score: number;
  detail: string;
}

export interface Match {
  /** 0–100; `null` when the job names nothing that could be compared. */
  score: number | null;
  parts: ScorePart[];
  matched: MatchedSkill[];
  missing: MissingSkill[];
  extra: ExtraSkill[];
  credentials: CredentialCheck[];
  recommendations: string[];
  /** One sentence for lists and chips. */
  summary: string;
}
