import { expect, it } from 'vitest';
import { joinCells, joinNames, joinPeriods } from './broken-lines.ts';
import type { Line } from './line.ts';

function line(text: string, x = 40, over: Partial<Line> = {}): Line {
  const size = { x, y: 0, width: 150, height: 10 };
  const place = { page: 1, line: 1, block: 0, flow: 0, links: [] };
  return { text, bullet: false, marked: false, bold: false, full: true, ...size, ...place, ...over };
}

const texts = (lines: readonly Line[]) => lines.map(({ text }) => text);

it.each([
  ['da settembre 2019 ad\tBarista', 'oggi\tCaffè Astra', ['da settembre 2019 ad oggi\tBarista', 'Caffè Astra']],
  ['Mai 2021 –\tEntwickler', 'dato', ['Mai 2021 – dato\tEntwickler']],
  ['Projects of 2019 –', 'now open', ['Projects of 2019 –', 'now open']],
])('joins the period of %j and %j', (one, other, expected) => {
  expect(texts(joinPeriods([line(one), line(other)]))).toEqual(expected);
});

it.each<[string, string, Partial<Line>, string[]]>([
  ['British Gas Services, Stoke-on-', 'Trent', {}, ['British Gas Services, Stoke-on-Trent']],
  ['Construcciones Metálicas del', 'Nervión, Barakaldo', {}, ['Construcciones Metálicas del Nervión, Barakaldo']],
  ['Metálicas del', 'Nervión', { block: 1 }, ['Metálicas del', 'Nervión']],
  ['Metálicas del', 'Nervión', { bold: true }, ['Metálicas del', 'Nervión']],
  ['Head of', 'March 2019 – now', {}, ['Head of', 'March 2019 – now']],
  ['Seafarer', 'Northern Lines', {}, ['Seafarer', 'Northern Lines']],
])('joins the name of %j and %j', (one, other, over, expected) => {
  expect(texts(joinNames([line(one), line(other, 40, over)]))).toEqual(expected);
});

it.each([
  [
    '5/11–2/19\tSpedition Hellmann\tFahrer',
    'KG, Osnabrück\tTouren',
    ['5/11–2/19\tSpedition Hellmann KG, Osnabrück\tFahrer', 'Touren'],
  ],
  ['2005 – 2008\tWalter-Gropius-\tFahrer', 'Berufskolleg', ['2005 – 2008\tWalter-Gropius-Berufskolleg\tFahrer']],
  ['Java\tSpring\tKafka', 'Go\tRust', ['Java\tSpring\tKafka', 'Go\tRust']],
])('joins the cells of %j and %j', (one, other, expected) => {
  expect(texts(joinCells([line(one, 40, { width: 340 }), line(other, 130)]))).toEqual(expected);
});
