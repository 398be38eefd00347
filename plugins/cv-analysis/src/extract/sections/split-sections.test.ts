import { expect, it } from 'vitest';
import { pdf } from '../../corpus/builders.ts';
import { readCv } from '../index.ts';

const TODAY = { year: 2026, month: 11 };

it('gives what stands beside a heading in the margin to that heading', () => {
  const { data } = readCv(
    pdf([
      { x: 40, y: 40, width: 500, text: '# Jo Doe' },
      { x: 40, y: 100, width: 90, text: '**AUSBILDUNG**' },
      {
        x: 170,
        y: 99,
        width: 380,
        text: '**Diplom-Ingenieur Elektrotechnik** 2003 – 2008\nTechnische Universität Dresden',
      },
      { x: 40, y: 160, width: 90, text: '**SPRACHEN**' },
      { x: 170, y: 159, width: 380, text: 'Deutsch: Muttersprache\nTschechisch: Grundkenntnisse' },
    ]),
    TODAY,
  );
  expect(data.education.map(({ institution }) => institution)).toEqual(['Technische Universität Dresden']);
  expect(data.languages.map(({ language, level }) => `${language} ${level}`)).toEqual(['German native', 'Czech A2']);
});

it('begins a section with a heading that shares its line with the first entry', () => {
  const { data } = readCv(
    pdf(
      '# Jo Doe\n\nWORK EXPERIENCE\t2017 – 2020\nPlant Manager\nRhine Gears GmbH\n\nEDUCATION\tMBA, London Business School, 2005\n\nMSc Mechanical Engineering, 2003\nETH Zürich\n\nSKILLS\tLean, SAP',
    ),
    TODAY,
  );
  expect(data.experience.map(({ title, company }) => `${title} @ ${company}`)).toEqual([
    'Plant Manager @ Rhine Gears GmbH',
  ]);
  expect(data.education.map(({ institution }) => institution)).toEqual(['London Business School', 'ETH Zürich']);
});

it('runs a list of studies on in the next column, whose lines may be somewhat longer', () => {
  const { data } = readCv(
    pdf([
      {
        x: 40,
        y: 40,
        width: 200,
        text: '# Jo Doe\n\n**EDUCATION**\n\n**PhD in Molecular Biology**\nUniversity of Melbourne\n2014 – 2018',
      },
      {
        x: 310,
        y: 40,
        width: 240,
        text: '**BSc in Biochemistry**\nVietnam National University\n2009 – 2013\n\n**SKILLS**\nPCR, microscopy, cell culture, R',
      },
    ]),
    TODAY,
  );
  expect(data.education.map(({ institution }) => institution)).toEqual([
    'University of Melbourne',
    'Vietnam National University',
  ]);
});

it('runs positions on in a column that opens with dates', () => {
  const { data } = readCv(
    pdf([
      {
        x: 40,
        y: 40,
        width: 230,
        text: '# Jo Doe\n\n**EXPERIENCE**\n\n01.06.2018 – 31.01.2021\tWeb Developer\nHarborline Studio, Oakland, CA',
      },
      { x: 310, y: 40, width: 230, text: '01.06.2017 – 31.08.2017\tIntern\nCivic Code Lab, Oakland, CA' },
    ]),
    TODAY,
  );
  expect(data.experience.map(({ title, company }) => `${title} @ ${company}`)).toEqual([
    'Web Developer @ Harborline Studio',
    'Intern @ Civic Code Lab',
  ]);
});

it('takes a column that opens with how to reach the person for no more of the studies beside it', () => {
  const { data } = readCv(
    pdf([
      {
        x: 40,
        y: 40,
        width: 270,
        text: '# Jo Doe\n\n**EDUCATION**\n\n**BSc Biology**\nUniversity of Lagos\n2009 – 2013',
      },
      { x: 330, y: 40, width: 220, text: '+234 803 555 0147 | jo@mail.example\nLagos, Nigeria\n\n**SKILLS**\nPCR' },
    ]),
    TODAY,
  );
  expect(data.contact).toMatchObject({ city: 'Lagos', phones: ['+234 803 555 0147'] });
});

it('reads a heading that is broken in a narrow column as a whole', () => {
  const { data } = readCv(
    pdf([
      { x: 40, y: 40, width: 500, text: '# Jo Doe' },
      { x: 60, y: 100, width: 90, text: 'COMPÉTENCES\nLINGUISTIQUES' },
      { x: 180, y: 140, width: 300, text: 'Arabe (langue maternelle), Anglais (B1)' },
    ]),
    TODAY,
  );
  expect(data.languages.map(({ language, level }) => `${language} ${level}`)).toEqual(['Arabic native', 'English B1']);
});

it('takes for a heading what is set like one and says what it is about', () => {
  const { data } = readCv(
    pdf(
      '# Jo Doe\n\n**SUMMARY**\nI mend nets.\n\n**WHERE I HAVE WORKED**\nNet Maker, Brightlingsea Sails Ltd, 2015 – 2019\n\n**SCHOOLING AND TICKETS**\nHNC Boatbuilding, Falmouth Marine School, 2014\n\n**LANGUAGES**\nCornish (fluent)',
    ),
    TODAY,
  );
  expect(data.summary).toBe('I mend nets.');
  expect(data.experience.map(({ title, company }) => `${title} @ ${company}`)).toEqual([
    'Net Maker @ Brightlingsea Sails Ltd',
  ]);
  expect(data.education.map(({ institution }) => institution)).toEqual(['Falmouth Marine School']);
});

it('takes no title or employer set like a heading for one', () => {
  const { data } = readCv(
    pdf(
      '# Jo Doe\n\n**EXPERIENCE**\n\n**CAREER ADVISOR**\nOpen Courses Ltd, Leeds\n2015 – 2019\n\n**EDUCATION**\nBSc Psychology, University of Leeds, 2014',
    ),
    TODAY,
  );
  expect(data.experience.map(({ title, company }) => `${title} @ ${company}`)).toEqual([
    'CAREER ADVISOR @ Open Courses Ltd',
  ]);
});
