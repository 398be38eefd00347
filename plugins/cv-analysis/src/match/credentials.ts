import type { Passage } from '../extract/index.ts';
import { spellingKey } from '../extract/skills/tokens.ts';
import { findSkill, type ReadableCv } from './find-skill.ts';
import type { CredentialCheck, Requirements } from './types.ts';
import { wantedSkill } from './wanted-skill.ts';

/** `Registered Nurse (RN), Illinois` → the name, the abbreviation and the words of both. */
function spellings(name: string): string[] {
  const abbreviation = /\(([^)]+)\)/.exec(name)?.[1];
  const bare = name.replace(/\([^)]*\)/g, '').split(',')[0] ?? name;
  return [name, bare, ...(abbreviation ? [abbreviation] : [])].map(spellingKey).filter((key) => key !== '');
}

function sameCredential(wanted: string, held: string): boolean {
  const keys = spellings(held);
  return spellings(wanted).some((key) => keys.includes(key));
}

function find(wanted: string, held: readonly { name: string; passage: Passage }[], cv: ReadableCv) {
  const known = held.find(({ name }) => sameCredential(wanted, name));
  if (known) return known.passage;
  return findSkill(wantedSkill(wanted), cv)[0] ?? null;
}

/** Which of the demanded licences and certificates the CV names. Whether they are valid only their issuer can say. */
export function checkCredentials(cv: ReadableCv, job: Requirements): CredentialCheck[] {
  const { data } = cv;
  const licences = data.licences.map(({ type, passage }) => ({ name: type, passage }));
  const certifications = data.certifications.map(({ name, passage }) => ({ name, passage }));
  const check = (kind: CredentialCheck['kind'], names: readonly string[]) =>
    names.map((name): CredentialCheck => {
      const passage = find(name, [...licences, ...certifications], cv);
      return { name, kind, met: passage !== null, passage };
    });
  return [...check('licence', job.requiredLicences), ...check('certification', job.requiredCertifications)];
}
