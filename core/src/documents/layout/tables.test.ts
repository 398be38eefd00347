import { expect, test } from 'vitest';
import { pageLines } from './page-lines.ts';
import type { Run } from './run.ts';

function run(text: string, x: number, baseline: number, size = 10, bold = false): Run {
  return { text, x, right: x + text.length * size * 0.5, baseline, size, bold, spaced: false };
}

const texts = (runs: readonly Run[]) => pageLines(runs, 0).map(({ text }) => text);

test('rows of a table whose cells wrap are read row by row, below headings of their own', () => {
  const row = (y: number, dates: string, employer: string[], duties: string[]) => [
    run(dates, 50, y),
    ...employer.map((text, index) => run(text, 140, y + index * 12)),
    ...duties.map((text, index) => run(text, 280, y + index * 12, 10, index === 0)),
  ];
  const runs = [
    run('Stationen', 45, 80, 12, true),
    ...row(
      110,
      '2018 – 2021',
      ['Nordfrost Kühl-', 'und Lagerhaus', 'Schortens'],
      ['Leiter', 'Drei Schichten', 'Wartung'],
    ),
    ...row(170, '2011 – 2018', ['Molkerei Ammer', 'Wiefelstede'], ['Schichtführer', 'Störungen beheben']),
    ...row(215, '2006 – 2011', ['Olympia Werke', 'Wilhelmshaven'], ['Elektriker', 'Fertigungslinien']),
    run('Ausbildung', 45, 260, 12, true),
    ...row(290, '2003 – 2006', ['Schulen Varel', 'Varel'], ['Elektroniker']),
  ];
  expect(texts(runs)).toEqual([
    'Stationen',
    '2018 – 2021\tNordfrost Kühl-',
    'und Lagerhaus',
    'Schortens',
    'Leiter',
    'Drei Schichten',
    'Wartung',
    '2011 – 2018\tMolkerei Ammer',
    'Wiefelstede',
    'Schichtführer',
    'Störungen beheben',
    '2006 – 2011\tOlympia Werke',
    'Wilhelmshaven',
    'Elektriker',
    'Fertigungslinien',
    'Ausbildung',
    '2003 – 2006\tSchulen Varel',
    'Varel',
    'Elektroniker',
  ]);
});

test('dates that end close before the text beside them are parted from it where they do so often', () => {
  const dated = (dates: string, text: string, y: number) => [run(dates, 139 - dates.length * 5, y), run(text, 150, y)];
  const runs = [
    ...dated('2021 –', 'Data Scientist, Miba', 100),
    run('now', 124, 112),
    ...dated('2017 – 2020', 'Analyst, Raiffeisen', 140),
    ...dated('2013 – 2017', 'Assistant, Kepler', 170),
  ];
  expect(texts(runs)).toEqual([
    '2021 –\tData Scientist, Miba',
    'now',
    '2017 – 2020\tAnalyst, Raiffeisen',
    '2013 – 2017\tAssistant, Kepler',
  ]);
});

test('two columns of entries are no table, though dates of one face short lines of the other', () => {
  const left = [
    ['Vannetti House', 'Nurse', 'Mori, 2013 – 2015', 'Care of old people at night'],
    ['San Carlo', 'Head nurse', 'Trento, 2015 – 2019', 'Triage and what comes after it'],
  ];
  const entries = left.flatMap((lines, entry) =>
    lines.map((text, index) => run(text, 45, 216 + entry * 66 + index * 15, 10, index === 0)),
  );
  const right = ['Skills', 'Triage', 'ECG', 'Ventilation', 'First aid', 'Languages', 'Italian', 'German'];
  const runs = [...entries, ...right.map((text, index) => run(text, 309, 229 + index * 14, 10, text === 'Skills'))];
  expect(texts(runs)).toEqual([...left.flat(), ...right]);
});
