import { describe, expect, it } from 'vitest';
import type { CvData, EducationLevel } from '../extract/index.ts';
import { matchCv } from './match-cv.ts';
import type { Requirements } from './types.ts';

const passage = (text: string) => ({ text, page: 1, line: 1 });

function cv(skills: string[], months = 0, highestEducation: EducationLevel | null = null, lines: string[] = []) {
  const data: CvData = {
    contact: { name: null, emails: [], phones: [], address: null, city: null, country: null, links: [] },
    headline: null,
    summary: null,
    skills,
    skillDetails: skills.map((name) => ({ name, category: 'x', months: 0, evidence: [passage(`Used ${name}`)] })),
    experience: [],
    experienceMonths: months,
    statedExperienceMonths: null,
    gaps: [],
    currentRole: null,
    education: [],
    highestEducation,
    yearOfPassing: null,
    languages: [],
    certifications: [],
    licences: [],
    projects: null,
  };
  return { data, lines: lines.map((text, index) => ({ text, page: 1, line: index + 1 })) };
}

const job = (over: Partial<Requirements> = {}): Requirements => ({
  title: 'Job',
  requiredSkills: [],
  preferredSkills: [],
  minYearsExperience: null,
  maxYearsExperience: null,
  experienceLevel: null,
  educationLevel: null,
  requiredLicences: [],
  requiredCertifications: [],
  ...over,
});

const FULL = job({
  requiredSkills: ['Python', 'PostgreSQL'],
  preferredSkills: ['Docker', 'Kubernetes'],
  minYearsExperience: 5,
  educationLevel: 'bachelor',
});

it.each<[EducationLevel | null, string]>([
  ['bachelor', 'bachelor, as asked for'],
  ['master', 'master, bachelor asked for'],
  ['associate', 'associate, bachelor asked for'],
  [null, 'bachelor asked for, none found'],
])('a CV with %s is told: %s', (reached, words) => {
  const { parts } = matchCv(cv([], 0, reached), job({ educationLevel: 'bachelor' }));
  expect(parts.find(({ part }) => part === 'education')?.detail).toBe(words);
});

describe('score', () => {
  it.each<[string, ReturnType<typeof cv>, Requirements, number | null]>([
    ['all met', cv(['Python', 'PostgreSQL', 'Docker', 'Kubernetes'], 60, 'bachelor'), FULL, 100],
    ['nothing met', cv([]), FULL, 0],
    ['half of each', cv(['Python', 'Docker'], 30, 'associate'), FULL, 50],
    ['required only', cv(['Python', 'PostgreSQL']), FULL, 50],
    ['preferred only', cv(['Docker', 'Kubernetes']), FULL, 20],
    ['experience only', cv([], 60), FULL, 20],
    ['education only', cv([], 0, 'doctorate'), FULL, 10],
    ['more experience earns no more', cv([], 600), FULL, 20],
    ['59 of 60 months', cv([], 59), FULL, 20],
    ['54 of 60 months', cv([], 54), FULL, 18],
    // Without preferred skills the rest is weighted 50 : 20 : 10 of 80.
    ['no preferred skills, required met', cv(['Python', 'PostgreSQL']), { ...FULL, preferredSkills: [] }, 63],
    ['no preferred skills, all met', cv(['Python', 'PostgreSQL'], 60, 'master'), { ...FULL, preferredSkills: [] }, 100],
    ['only required named', cv(['Python']), job({ requiredSkills: ['Python', 'Rust', 'Go'] }), 33],
    ['only experience named', cv([], 18), job({ minYearsExperience: 3 }), 50],
    ['level stands for years', cv([], 30), job({ experienceLevel: 'senior' }), 50],
    ['entry level asks for nothing', cv([]), job({ experienceLevel: 'entry' }), 100],
    ['number wins over level', cv([], 12), job({ minYearsExperience: 1, experienceLevel: 'lead' }), 100],
    ['two levels below', cv([], 0, 'associate'), job({ educationLevel: 'master' }), 25],
    ['education "none" is no demand', cv([]), job({ educationLevel: 'none' }), null],
    ['nothing named', cv(['Python'], 60, 'master'), job(), null],
  ])('%s', (_name, candidate, requirements, score) => {
    expect(matchCv(candidate, requirements).score).toBe(score);
  });

  it('shows parts whose weights add up to 100', () => {
    for (const requirements of [FULL, { ...FULL, preferredSkills: [] }, job({ requiredSkills: ['Go'] })]) {
      const sum = matchCv(cv([]), requirements).parts.reduce((total, part) => total + part.weight, 0);
      expect(sum).toBeCloseTo(100, 0);
    }
  });
});

describe('skills', () => {
  it('knows aliases and counts a skill once', () => {
    const result = matchCv(
      cv(['PostgreSQL', 'JavaScript', 'Kubernetes']),
      job({ requiredSkills: ['Postgres', 'JS', 'postgresql'], preferredSkills: ['k8s', 'JavaScript'] }),
    );
    expect(result.matched.map(({ skill, kind }) => [skill, kind])).toEqual([
      ['Postgres', 'required'],
      ['JS', 'required'],
      ['k8s', 'preferred'],
    ]);
    expect(result.missing).toEqual([]);
    expect(result.extra).toEqual([]);
    expect(result.score).toBe(100);
  });

  it('keeps names apart that contain each other', () => {
    const result = matchCv(cv(['JavaScript', 'C++']), job({ requiredSkills: ['Java', 'C', 'C++'] }));
    expect(result.missing.map(({ skill }) => skill)).toEqual(['Java', 'C']);
    expect(result.extra.map(({ skill }) => skill)).toEqual(['JavaScript']);
  });

  it('looks for unknown skills word by word, with the passage', () => {
    const candidate = cv([], 0, null, ['Ran the Zorblatt Frobnicator line', 'Zorblattian studies']);
    const result = matchCv(candidate, job({ requiredSkills: ['zorblatt frobnicator', 'Frobni', 'Zorblatt studies'] }));
    expect(result.matched).toEqual([
      {
        skill: 'zorblatt frobnicator',
        kind: 'required',
        passages: [{ text: 'Ran the Zorblatt Frobnicator line', page: 1, line: 1 }],
      },
    ]);
    expect(result.missing.map(({ skill }) => skill)).toEqual(['Frobni', 'Zorblatt studies']);
  });

  it('gives each matched and extra skill its passage', () => {
    const result = matchCv(cv(['Python', 'Docker']), job({ requiredSkills: ['Python'] }));
    expect(result.matched[0]?.passages).toEqual([passage('Used Python')]);
    expect(result.extra).toEqual([{ skill: 'Docker', passages: [passage('Used Docker')] }]);
  });
});

describe('wording of jobs', () => {
  it.each([
    ['Python or R', ['R'], true],
    ['React / Vue.js', ['Vue.js'], true],
    ['Strong knowledge of Java', ['Java'], true],
    ['Strong knowledge of Java', ['JavaScript'], false],
    ['5+ years of experience with PostgreSQL', ['PostgreSQL'], true],
    ['Docker and Kubernetes', ['Docker'], false],
  ])('“%s” with %j: %s', (skill, has, shown) => {
    expect(matchCv(cv(has), job({ requiredSkills: [skill] })).matched).toHaveLength(shown ? 1 : 0);
  });

  it('never scores a driving licence', () => {
    const result = matchCv(
      cv(['Python'], 0, null, ["Driver's license class B"]),
      job({ requiredSkills: ['Driving licence', 'Python'] }),
    );
    expect(result.score).toBe(100);
    expect(result.missing).toEqual([]);
  });
});

describe('credentials', () => {
  const nurse = cv([]);
  nurse.data.licences = [
    { type: 'Registered Nurse (RN)', state: 'IL', number: null, expires: null, passage: passage('RN, Illinois') },
  ];
  nurse.data.certifications = [
    { name: 'Basic Life Support (BLS)', issuer: null, date: null, expires: null, passage: passage('BLS 2025') },
  ];

  it.each([
    ['RN', true],
    ['Registered Nurse', true],
    ['Registered Nurse (RN)', true],
    ['LPN', false],
  ])('licence %s: %s', (name, met) => {
    const [check] = matchCv(nurse, job({ requiredLicences: [name] })).credentials;
    expect(check).toMatchObject({ name, kind: 'licence', met });
  });

  it('are reported and do not change the score', () => {
    const base = job({ requiredSkills: ['Python'] });
    const demanding = { ...base, requiredLicences: ['LPN'], requiredCertifications: ['BLS', 'ACLS'] };
    expect(matchCv(nurse, demanding).score).toBe(matchCv(nurse, base).score);
    expect(matchCv(nurse, demanding).credentials.map(({ met }) => met)).toEqual([false, true, false]);
  });
});

describe('recommendations', () => {
  it('name what is missing, what is short and what to ask', () => {
    const text = matchCv(cv(['PostgreSQL'], 24, 'secondary'), {
      ...FULL,
      requiredLicences: ['RN'],
    }).recommendations.join('\n');
    expect(text).toContain('Python');
    expect(text).toContain('2 years of experience is 3 years short');
    expect(text).toContain('secondary');
    expect(text).toContain('RN');
  });

  it('say so when every required skill is shown', () => {
    const said = matchCv(cv(['Python']), job({ requiredSkills: ['Python'] })).recommendations;
    expect(said[0]).toContain('Every required skill');
  });
});
