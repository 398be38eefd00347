import { describe, expect, it } from 'vitest';
import { CORPUS, type CorpusCv } from '../corpus/index.ts';
import { readCv } from './index.ts';

const TODAY = { year: 2026, month: 11 };
const read = new Map(CORPUS.map((cv) => [cv, readCv(cv.document, TODAY).data]));
const dataOf = (cv: CorpusCv) => {
  const data = read.get(cv);
  if (!data) throw new Error(cv.id);
  return data;
};

describe.each(CORPUS.map((cv): [string, CorpusCv] => [cv.id, cv]))('%s', (_id, cv) => {
  const data = dataOf(cv);

  it('names the person and how to reach them', () => {
    const { name, emails, phones, city } = data.contact;
    expect({ name, emails, phones, city }).toEqual({
      name: cv.name,
      emails: cv.emails,
      phones: cv.phones,
      city: cv.city,
    });
  });

  it('finds the skills and none that are not meant', () => {
    expect(cv.skills.filter((skill) => !data.skills.includes(skill))).toEqual([]);
    expect(cv.notSkills.filter((skill) => data.skills.includes(skill))).toEqual([]);
  });

  it('finds the positions and counts their months once', () => {
    expect(data.experience.map((entry) => `${entry.title ?? '-'} @ ${entry.company ?? '-'}`)).toEqual(cv.positions);
    expect(data.experienceMonths).toBe(cv.months);
  });

  it('finds the studies', () => {
    expect(data.highestEducation).toBe(cv.education);
    expect(data.education.flatMap((entry) => entry.institution ?? [])).toEqual(cv.institutions);
  });

  it('finds languages, certificates and licences', () => {
    expect(data.languages.map((one) => `${one.language} ${one.level ?? '-'}`)).toEqual(cv.languages);
    expect(cv.certifications.filter((name) => !data.certifications.some((one) => one.name.includes(name)))).toEqual([]);
    expect(data.certifications).toHaveLength(cv.certifications.length);
    expect(data.licences.map((one) => `${one.type} | ${one.state ?? '-'} | ${one.number ?? '-'}`)).toEqual(cv.licences);
  });

  it('shows for every skill where it was found', () => {
    for (const skill of data.skillDetails) {
      expect(skill.evidence.length).toBeGreaterThan(0);
      for (const { page, line, text } of skill.evidence) {
        const source = cv.document.pages[page - 1]?.lines[line - 1]?.text.replace(/\s+/g, ' ') ?? '';
        expect(source).toContain(text.replace(/…/g, '').replace(/\s+/g, ' ').slice(-15).trim());
      }
    }
  });
});

describe('accuracy over the whole corpus', () => {
  const LEAST = 0.95;

  const score = (wanted: (cv: CorpusCv) => readonly string[], got: (cv: CorpusCv) => readonly string[]) => {
    let hits = 0;
    let expected = 0;
    let found = 0;
    for (const cv of CORPUS) {
      const want = wanted(cv);
      const have = got(cv);
      hits += want.filter((one) => have.includes(one)).length;
      expected += want.length;
      found += have.length;
    }
    return { recall: hits / expected, precision: hits / found };
  };

  it.each<[string, (cv: CorpusCv) => readonly string[], (cv: CorpusCv) => readonly string[]]>([
    ['names', (cv) => (cv.name ? [cv.name] : []), (cv) => [dataOf(cv).contact.name].filter((one) => one !== null)],
    ['e-mail addresses', (cv) => cv.emails, (cv) => dataOf(cv).contact.emails],
    ['telephone numbers', (cv) => cv.phones, (cv) => dataOf(cv).contact.phones],
    [
      'positions',
      (cv) => cv.positions,
      (cv) => dataOf(cv).experience.map((one) => `${one.title ?? '-'} @ ${one.company ?? '-'}`),
    ],
    [
      'education levels',
      (cv) => (cv.education ? [cv.education] : []),
      (cv) => [dataOf(cv).highestEducation].filter((one) => one !== null),
    ],
    [
      'languages',
      (cv) => cv.languages,
      (cv) => dataOf(cv).languages.map((one) => `${one.language} ${one.level ?? '-'}`),
    ],
  ])('%s', (_field, wanted, got) => {
    const { recall, precision } = score(wanted, got);
    expect(recall).toBeGreaterThanOrEqual(LEAST);
    expect(precision).toBeGreaterThanOrEqual(LEAST);
  });

  it('skills: those listed are found, those excluded are not', () => {
    const all = CORPUS.flatMap((cv) => cv.skills.map((skill) => dataOf(cv).skills.includes(skill)));
    const excluded = CORPUS.flatMap((cv) => cv.notSkills.map((skill) => !dataOf(cv).skills.includes(skill)));
    expect(all.filter(Boolean).length / all.length).toBeGreaterThanOrEqual(LEAST);
    expect(excluded.filter(Boolean).length / excluded.length).toBeGreaterThanOrEqual(LEAST);
  });

  it('months of experience', () => {
    const right = CORPUS.filter((cv) => Math.abs(dataOf(cv).experienceMonths - cv.months) <= 1).length;
    expect(right / CORPUS.length).toBeGreaterThanOrEqual(LEAST);
  });
});
