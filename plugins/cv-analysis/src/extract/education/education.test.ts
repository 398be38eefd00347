import { describe, expect, it } from 'vitest';
import { docx } from '../../corpus/builders.ts';
import { readCv } from '../index.ts';
import { readDegree } from './degrees.ts';

const TODAY = { year: 2026, month: 11 };
const read = (lines: string) => readCv(docx(`Jo Doe\n\nEDUCATION\n${lines}`), TODAY).data;

describe('schools', () => {
  it.each([
    ['MBA\t2005\nINSEAD', 'INSEAD'],
    ['MSc Physics, ETH Zürich. 2003', 'ETH Zürich'],
    ['09/2012 – 06/2013\nLicence professionnelle Paie\nIUT de Quimper', 'IUT de Quimper'],
    ['02.2015 – 11.2015\nCAS Führung im Gesundheitswesen\nZHAW', 'ZHAW'],
    ['Technik mechanik\nZespół Szkół Technicznych w Łodzi\n2004 – 2008', 'Zespół Szkół Technicznych w Łodzi'],
  ])('%j', (lines, expected) => {
    expect(read(lines).education.map((entry) => entry.institution)).toEqual([expected]);
  });
});

describe('levels of degrees', () => {
  it.each([
    ['BSc Computer Science', 'bachelor'],
    ['B.Sc. (Hons) Physics', 'bachelor'],
    ["Bachelor's degree in Law", 'bachelor'],
    ['BA (Hons) History', 'bachelor'],
    ['B.Tech in Electronics', 'bachelor'],
    ['B.E (Computer Science)', 'bachelor'],
    ['BCom Accounting', 'bachelor'],
    ['BSN, Arizona State University', 'bachelor'],
    ['Licence professionnelle Logistique', 'bachelor'],
    ['Grado en Enfermería', 'bachelor'],
    ['Diplom-Ingenieur (FH) Maschinenbau', 'bachelor'],
    ['Laurea Triennale in Economia', 'bachelor'],
    ['MSc Statistics', 'master'],
    ['M.Sc. Wirtschaftsinformatik', 'master'],
    ['MBA, Anna University', 'master'],
    ["Master's in Education", 'master'],
    ['Master of Arts in Design', 'master'],
    ['MSN, University of X', 'master'],
    ['Diplom-Kaufmann', 'master'],
    ['Dipl.-Ing. Elektrotechnik', 'master'],
    ['Magister Artium', 'master'],
    ['Máster en Dirección', 'master'],
    ['Laurea Magistrale', 'master'],
    ['Magister informatyki', 'master'],
    ['MA Graphic Communication', 'master'],
    ['MDes Interaction Design', 'master'],
    ['Magistra Artium', 'master'],
    ['DESS en comptabilité', 'master'],
    ['B.A.A. comptabilité', 'bachelor'],
    ['Licencjat, zarządzanie', 'bachelor'],
    ['HBO Bouwkunde', 'bachelor'],
    ['Liceum Ogólnokształcące, matura', 'secondary'],
    ['PhD in Biology', 'doctorate'],
    ['Ph.D., Chemistry', 'doctorate'],
    ['MD, Harvard Medical School', 'doctorate'],
    ['DNP, University of X', 'doctorate'],
    ['Promotion in Chemie', 'doctorate'],
    ['Dr. rer. nat.', 'doctorate'],
    ['Doctor of Philosophy', 'doctorate'],
    ['Doctorat en droit', 'doctorate'],
    ['Associate of Arts', 'associate'],
    ['Associate Degree in Nursing (ADN)', 'associate'],
    ['AAS in Nursing', 'associate'],
    ['Diploma in Nursing', 'associate'],
    ['Practical Nursing Diploma', 'associate'],
    ['HND Business', 'associate'],
    ['BTS Comptabilité', 'associate'],
    ['Staatlich geprüfter Techniker', 'associate'],
    ['Industriemeister Metall', 'associate'],
    ['High School Diploma', 'secondary'],
    ['GED', 'secondary'],
    ['A-levels in Maths', 'secondary'],
    ['9 GCSEs', 'secondary'],
    ['Abitur', 'secondary'],
    ['Allgemeine Hochschulreife', 'secondary'],
    ['Ausbildung zur Industriekauffrau', 'secondary'],
    ['Realschulabschluss', 'secondary'],
    ['Baccalauréat S', 'secondary'],
    ['Bachillerato', 'secondary'],
    ['12th Standard', 'secondary'],
    ['NVQ Level 3', 'secondary'],
    ['Boston, MA', null],
    ['Master data clerk', null],
    ['Scrum Master', null],
    ['Master electrician', null],
    ['Promoted to team lead', null],
    ['Sales promotion campaigns', null],
    ['Ms Smith', null],
    ['Associate at Acme', null],
    ['Computer literate', null],
  ])('%s is %s', (text, level) => {
    expect(readDegree(text)?.level ?? null).toBe(level);
  });
});

describe('entries', () => {
  it.each<[string, (string | null)[][]]>([
    ['BSc Physics, University of Leeds, 2010 – 2013', [['University of Leeds', 'bachelor', 'Physics', '2010', '2013']]],
    [
      'University of Leeds\nBSc in Physics\n2010 – 2013',
      [['University of Leeds', 'bachelor', 'Physics', '2010', '2013']],
    ],
    [
      '2010 – 2013\nBSc in Physics\nUniversity of Leeds',
      [['University of Leeds', 'bachelor', 'Physics', '2010', '2013']],
    ],
    [
      'Bachelor of Science in Nursing | Arizona State University | May 2017',
      [['Arizona State University', 'bachelor', 'Nursing', null, '2017-05']],
    ],
    [
      'University of California, Berkeley — B.A. in Economics (2012)',
      [['University of California, Berkeley', 'bachelor', 'Economics', null, '2012']],
    ],
    [
      'MSc Biology, University of Oslo, 2011\nBSc Chemistry, NTNU, 2009',
      [
        ['University of Oslo', 'master', 'Biology', null, '2011'],
        ['NTNU', 'bachelor', 'Chemistry', null, '2009'],
      ],
    ],
    [
      '10/2012 – 09/2014\tMaster of Science Elektrotechnik, Universität Stuttgart',
      [['Universität Stuttgart', 'master', 'Elektrotechnik', '2012-10', '2014-09']],
    ],
  ])('%s', (text, entries) => {
    expect(read(text).education.map((one) => [one.institution, one.level, one.field, one.start, one.end])).toEqual(
      entries,
    );
  });

  it.each([
    ['MBA, Leeds Business School, expected 2028\nBSc, University of Leeds, 2013', 'bachelor'],
    ['seit 10/2025 Master of Science, TU Berlin', 'bachelor'],
    ['PhD candidate in History, University of Oslo, 2024 – present', 'master'],
    ['High School Diploma, 2015', 'secondary'],
    ['IHK Oldenburg\t2014 – 2016\nGeprüfter Industriemeister', 'associate'],
    ['Licence professionnelle Paie\nIUT de Quimper\n2013', 'bachelor'],
    ['Lycée Laënnec\t2008 – 2011', 'secondary'],
    ['Coursework in Law', null],
  ])('highest of %j is %s', (text, level) => {
    expect(read(text).highestEducation).toBe(level);
  });

  it('counts a degree behind the name', () => {
    expect(readCv(docx('Jane Doe, MSN, RN\njane@example.com'), TODAY).data.highestEducation).toBe('master');
  });

  it('reads marks', () => {
    expect(read('BSc Physics, University of Leeds, 2013, GPA: 3.7/4.0').education[0]?.grade).toBe('3.7/4.0');
    expect(read('B.Sc. Physik, Universität Ulm, 2013, Note: 1,4').education[0]?.grade).toBe('1,4');
  });
});
