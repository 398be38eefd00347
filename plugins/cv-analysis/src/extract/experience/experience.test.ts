import type { DocumentLine } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { docx } from '../../corpus/builders.ts';
import { readCv } from '../index.ts';

const TODAY = { year: 2026, month: 11 };
const positionsOf = (lines: string, heading = 'EXPERIENCE'): string[] =>
  readCv(docx(`Jo Doe\n\n${heading}\n${lines}`), TODAY).data.experience.map(
    ({ title, company, start, end }) => `${title ?? '-'} @ ${company ?? '-'} ${start}…${end ?? 'now'}`,
  );

describe('positions', () => {
  it('takes the dot before the dates for the mark of a timeline', () => {
    const positions = positionsOf(
      `• 10/2019 — Till now
Site Engineer
Noor Contracting LLC
- Supervised concrete works
• 05/2016 — 09/2019
Assistant Site Engineer
Nile Builders Co.`,
    );
    expect(positions).toEqual([
      'Site Engineer @ Noor Contracting LLC 2019-10…now',
      'Assistant Site Engineer @ Nile Builders Co. 2016-05…2019-09',
    ]);
  });

  it.each([
    [
      'PLC, SAS and AG at the start of a line are no employers',
      'Apr 2015 – present\nElectrician – Tawe Works\nPLC fault finding\n',
      'Electrician @ Tawe Works 2015-04…now',
    ],
    [
      'the kind of contract may belong to the title',
      'Contract Specialist, Acme Inc., 06/2018 – present',
      'Contract Specialist @ Acme Inc. 2018-06…now',
    ],
    [
      'the hours of a week do not',
      'Freelance Designer (part-time, 20 hrs/week)\t2020 – 2021',
      'Freelance Designer @ - 2020…2021',
    ],
    ['an employer in quotes', 'Copywriter at "Null, Inc."\t2017 – 2020', 'Copywriter @ "Null, Inc." 2017…2020'],
    [
      'Dutch',
      'Projectleider\taug 2012 – feb 2018\nKoninklijke Van Brakel, Utrecht',
      'Projectleider @ Koninklijke Van Brakel 2012-08…2018-02',
    ],
    [
      'Polish',
      'marzec 2019 – nadal\tKierownik sklepu\nHipermarket Neptun Sp. z o.o., Gdynia',
      'Kierownik sklepu @ Hipermarket Neptun Sp. z o.o. 2019-03…now',
    ],
  ])('%s', (_rule, lines, expected) => {
    expect(positionsOf(lines)).toEqual([expected]);
  });

  it.each([
    [
      'partners behind a name make a firm',
      'Consultant\t2003 – 2006\nBergmann & Partner, Zürich',
      'Consultant @ Bergmann & Partner 2003…2006',
    ],
    ['so do relatives', 'Baker\t2003 – 2006\nMoreau et Fils', 'Baker @ Moreau et Fils 2003…2006'],
    [
      'and a trade in the plural',
      'Paralegal\t2016 – 2017\nTemple Row Solicitors, London',
      'Paralegal @ Temple Row Solicitors 2016…2017',
    ],
    [
      'but no title in the plural does',
      'Head of Engineers\t2016 – 2017\nAcme Ltd',
      'Head of Engineers @ Acme Ltd 2016…2017',
    ],
    ['nor does a partner', 'Founder & Partner\t2016 – 2017\nAcme Ltd', 'Founder & Partner @ Acme Ltd 2016…2017'],
    [
      'who works for themselves has no employer',
      'Data Analyst @ Self-employed\n2020 – 2021',
      'Data Analyst @ - 2020…2021',
    ],
    [
      'dots of a timeline before titles',
      '● Store Manager\tMar 2022 – Present\nWattle & Co, Melbourne\n',
      'Store Manager @ Wattle & Co 2022-03…now',
    ],
    [
      'a timeline whose title is no known one',
      '**● CNC-Fräser\t03/2009 – 02/2012**\nSteirische Maschinenbau GmbH, Graz\n',
      'CNC-Fräser @ Steirische Maschinenbau GmbH 2009-03…2012-02',
    ],
    [
      'a timeline with dates below',
      '**● Plant Manager @ Rhine Gears GmbH**\n2006–2011 | Basel',
      'Plant Manager @ Rhine Gears GmbH 2006…2011',
    ],
    [
      'an employer further down a form',
      'Dates\t2015 – 2018\nOccupation or position held\tTeacher\nMain activities and responsibilities\tTaught mathematics in all classes, from the first to the fifth\nName and address of employer\tLiceo Galilei, Torino',
      'Teacher @ Liceo Galilei 2015…2018',
    ],
    [
      'a period broken within its end, in a column of dates',
      'maart 2011 tot oktober\tTeamleider\n2016\tHollandia Groothandel B.V., Breda',
      'Teamleider @ Hollandia Groothandel B.V. 2011-03…2016-10',
    ],
    [
      'a period broken behind the title',
      'Staff Nurse, Surgical Unit\tAugust 2016 –\nDecember 2018\nHill Country Hospital, Austin, TX',
      'Staff Nurse, Surgical Unit @ Hill Country Hospital 2016-08…2018-12',
    ],
  ])('%s', (_rule, lines, expected) => {
    expect(positionsOf(lines)).toEqual([expected]);
  });

  it('takes what is indented below the head for its description, though its marks are drawn', () => {
    const line = (text: string, x: number, y: number, bold = false): DocumentLine => {
      return { text, x, y, width: text.length * 5, height: 11, bold, block: 1 + Math.floor(y / 1000) };
    };
    const lines = [
      line('Jo Doe', 40, 40, true),
      line('EXPERIENCE', 40, 60, true),
      line('Deccan Infotech Pvt. Ltd.\tPune', 40, 80, true),
      line('Project Manager\tApr 2015 - Mar 2019', 50, 92),
      line('Risk Management', 62, 104),
      line('Business Analyst\tJul 2012 - Mar 2015', 50, 116),
      line('Delivered Oracle and Salesforce Projects', 62, 128),
      line('Consultant\tJul 2010 - Mar 2012', 40, 148, true),
      line('Northlight', 40, 160),
      line('Requirements', 52, 172),
    ];
    const text = lines.map((one) => one.text).join('\n');
    const { data } = readCv({ format: 'pdf', pages: [{ width: 595, height: 842, lines }], text }, TODAY);
    expect(data.experience.map(({ title, company }) => `${title} @ ${company}`)).toEqual([
      'Project Manager @ Deccan Infotech Pvt. Ltd.',
      'Business Analyst @ Deccan Infotech Pvt. Ltd.',
      'Consultant @ Northlight',
    ]);
    expect(data.experience.map(({ description }) => description)).toEqual([
      ['Risk Management'],
      ['Delivered Oracle and Salesforce Projects'],
      ['Requirements'],
    ]);
    expect(data.skills).toContain('Salesforce');
  });

  it('reads a table of companies, roles and dates without its head', () => {
    const positions = positionsOf(
      'Company\tRole\tFrom\tTo\nNandi Analytics Pvt Ltd\tLead Data Engineer\tApr 2021\tTill date\nKaveri Tech Solutions\tData Engineer\tJul 2017\tMar 2021',
    );
    expect(positions).toEqual([
      'Lead Data Engineer @ Nandi Analytics Pvt Ltd 2021-04…now',
      'Data Engineer @ Kaveri Tech Solutions 2017-07…2021-03',
    ]);
  });

  it.each([
    'Maternity leave\tMar 2018 – Dec 2019\nLecturer, Arts College\tSep 2021 – Jun 2024',
    'Lecturer, Arts College\nSep 2021 – Jun 2024\nCareer break\nAug 2024 – present: retraining',
  ])('counts no leave as a position: %j', (lines) => {
    expect(positionsOf(lines)).toEqual(['Lecturer @ Arts College 2021-09…2024-06']);
  });

  it('passes over the address of the employer', () => {
    const positions = positionsOf(
      'Defense Supply Agency\n8725 Kingman Rd, Fort Belvoir, VA 22060\nSpecialist (GS-11)\n02/2013 to 05/2018',
    );
    expect(positions).toEqual(['Specialist (GS-11) @ Defense Supply Agency 2013-02…2018-05']);
  });

  it('leaves the foot of the page out', () => {
    const positions = positionsOf(
      'Electrician – Gower Ltd\n2010 – 2015\n\nPage\n\nJo Doe – Page 2 of 3\n\nApprentice – Tawe Ltd\n2007 – 2010',
    );
    expect(positions).toEqual(['Electrician @ Gower Ltd 2010…2015', 'Apprentice @ Tawe Ltd 2007…2010']);
  });

  it.each([
    [
      'Turkish',
      'İŞ DENEYİMİ',
      'Yazılım Geliştirici | Logo Yazılım A.Ş. | Haziran 2017 – Aralık 2020',
      'Yazılım Geliştirici @ Logo Yazılım A.Ş. 2017-06…2020-12',
    ],
    [
      'Swedish',
      'ARBETSLIVSERFARENHET',
      'Gymnasielärare, Lunds kommun\taugusti 2018 – pågående',
      'Gymnasielärare @ Lunds kommun 2018-08…now',
    ],
    [
      'Norwegian',
      'ARBEIDSERFARING',
      'Sykepleier, Haukeland sykehus\tmars 2018 – nåværende',
      'Sykepleier @ Haukeland sykehus 2018-03…now',
    ],
    [
      'Italian',
      'ESPERIENZE LAVORATIVE',
      'da settembre 2019 ad oggi\tSaldatore\nCantieri Navali S.p.A., Genova',
      'Saldatore @ Cantieri Navali S.p.A. 2019-09…now',
    ],
    [
      'Portuguese',
      'EXPERIÊNCIA PROFISSIONAL',
      'desde abril de 2019\tGestora Comercial\nRede Norte, Lda, Porto',
      'Gestora Comercial @ Rede Norte, Lda 2019-04…now',
    ],
    [
      'a month of one digit',
      'BERUFSPRAXIS',
      'Fahrer\t5/11–2/19\nNordsped GmbH',
      'Fahrer @ Nordsped GmbH 2011-05…2019-02',
    ],
    ['a summer', 'EXPERIENCE', 'Waiter, Hotel Astoria\nSummer 2018', 'Waiter @ Hotel Astoria 2018-06…2018-08'],
    [
      'an employer in small letters',
      'BERUFSPRAXIS',
      '**msg systems ag, Ismaning\t10/2013 – 03/2018**\nSAP Consultant',
      'SAP Consultant @ msg systems ag 2013-10…2018-03',
    ],
    [
      'legal forms that are also codes of states',
      'ANSTÄLLNINGAR',
      'Snickare\t2014 – 2019\nNCC Sverige AB, Umeå',
      'Snickare @ NCC Sverige AB 2014…2019',
    ],
    [
      'an employer before its place in the line of the title',
      'APPOINTMENTS',
      '2014–2019\tAssistant Professor, University of Oslo, Oslo, Norway',
      'Assistant Professor @ University of Oslo 2014…2019',
    ],
  ])('reads %s', (_what, heading, lines, expected) => {
    expect(positionsOf(lines, heading)).toEqual([expected]);
  });

  it('reads the employer below the title, and the place below dates in a column of their own', () => {
    const line = (text: string, y: number): DocumentLine => {
      return {
        text,
        x: 40,
        y,
        width: text.length * 5,
        height: 11,
        bold: text === 'EXPERIENCE',
        block: Math.floor(y / 40),
      };
    };
    const lines = [
      line('Jo Doe', 10),
      line('EXPERIENCE', 60),
      line('09/2019 – now\tCare assistant', 85),
      line('Bologna\tVilla Serena', 97),
      line('05/2015 – 08/2019\tBarista', 125),
      line('Imola\tAstra', 137),
    ];
    const { data } = readCv({ format: 'pdf', pages: [{ width: 595, height: 842, lines }], text: '' }, TODAY);
    expect(data.experience.map(({ title, company, location }) => [title, company, location])).toEqual([
      ['Care assistant', 'Villa Serena', 'Bologna'],
      ['Barista', 'Astra', 'Imola'],
    ]);
  });
});
