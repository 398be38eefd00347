import { expect, it } from 'vitest';
import { docx, pdf } from '../../corpus/builders.ts';
import { readCv } from '../index.ts';

const TODAY = { year: 2026, month: 11 };

const positionsOf = (document: ReturnType<typeof docx>): string[] =>
  readCv(document, TODAY).data.experience.map(({ title, company, start }) => `${title} @ ${company} ${start}`);

it('follows the order of the other heads where words tell nothing', () => {
  const document = docx(`Jo Doe

EXPERIENCE
Head Keeper, Alladale Reserve Ltd, 2019 – 2021
Under-Keeper, Balnagown, 2014 – 2019
Ghillie, Glen Affric, 2012 – 2014`);
  expect(positionsOf(document)).toEqual([
    'Head Keeper @ Alladale Reserve Ltd 2019',
    'Under-Keeper @ Balnagown 2014',
    'Ghillie @ Glen Affric 2012',
  ]);
});

it('reads the title below an employer whose place reads like one', () => {
  const document = docx(`Jo Doe

EXPERIENCIA
**Sancor Seguros – Sunchales\tmayo de 2010 – enero de 2013**
Analista contable`);
  expect(positionsOf(document)).toEqual(['Analista contable @ Sancor Seguros 2010-05']);
});

it('reads the bold employer above the title, and no place beside the dates in its stead', () => {
  const document = pdf(
    '# Jo Doe\n\nESPERIENZE\n\n**Ospedale Santa Maria**\nInfermiera\nRovereto, nov 2019 – oggi\n\n**Casa Vannetti**\nInfermiera\nMori, dic 2013 – apr 2015',
  );
  expect(positionsOf(document)).toEqual([
    'Infermiera @ Ospedale Santa Maria 2019-11',
    'Infermiera @ Casa Vannetti 2013-12',
  ]);
});

it('takes no description across a gap for the employer of the next position', () => {
  const document = pdf(
    '# Jo Doe\n\nEXPERIENCE\n\n**Moniepoint**\nHead of Operations\nJanuary 2022 - Present\nIntroduced a Quality Programme\n\nOperations Manager\nApril 2019 - December 2021',
  );
  expect(positionsOf(document)).toEqual([
    'Head of Operations @ Moniepoint 2022-01',
    'Operations Manager @ Moniepoint 2019-04',
  ]);
});

it('tells from other days of the CV that days stand first', () => {
  const document = docx(`Jo Doe

EXPERIENCE
04/09/2017 – 12/10/2018
Shoe designer
Fabi Ltd
01/03/2010 – 31/08/2017
Cutter
Tod Ltd`);
  expect(positionsOf(document)).toEqual(['Shoe designer @ Fabi Ltd 2017-09', 'Cutter @ Tod Ltd 2010-03']);
});

it.each([
  ['04/2018 – 05/2020\tNordfrost Kühl- und', 'Lagerhaus GmbH', 'Leiter @ Nordfrost Kühl- und Lagerhaus GmbH 2018-04'],
  ['04/2018 – 05/2020\tLagerhaus Meier & Co.', 'KG, Schortens', 'Leiter @ Lagerhaus Meier & Co. KG 2018-04'],
])('joins the name of an employer broken beside dates: %s', (above, below, expected) => {
  const document = pdf([
    { x: 50, y: 50, width: 200, text: '# Jo Doe\n\nBERUFSERFAHRUNG' },
    { x: 50, y: 110, width: 200, text: `${above}\n${below}` },
    { x: 260, y: 110, width: 200, text: '**Leiter**' },
  ]);
  for (const line of document.pages[0]?.lines ?? []) if (line.text === below) line.x = 120;
  expect(positionsOf(document)).toEqual([expected]);
});
