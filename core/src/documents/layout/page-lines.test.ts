import { expect, test } from 'vitest';
import { pageLines } from './page-lines.ts';
import type { Run } from './run.ts';

/** Small, repeatable source of chance (mulberry32). */
function chance(seed: number): { number(from: number, to: number): number; pick<Item>(items: readonly Item[]): Item } {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    number: (from, to) => from + next() * (to - from),
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
  };
}

type Chance = ReturnType<typeof chance>;

const WORDS =
  'nurse care team ward with the and of patients led data build project hospital service in at system plan'.split(' ');

/** As wide as text of an average typeface. */
function widthOf(text: string, size: number): number {
  return text.length * size * 0.5;
}

function run(text: string, x: number, baseline: number, size: number, bold = false): Run {
  return { text, x, right: x + widthOf(text, size), baseline, size, bold, spaced: false };
}

function words(random: Chance, label: string, width: number, size: number): string {
  let text = label;
  for (;;) {
    const longer = `${text} ${random.pick(WORDS)}`;
    if (widthOf(longer, size) > width) return text;
    text = longer;
  }
}

interface Column {
  label: string;
  x: number;
  width: number;
  top: number;
  size: number;
  leading: number;
  lines: number;
  /** Sidebars hold short lines, running text long ones. */
  short: boolean;
}

/** Sections with a heading each; lines numbered in order. */
function column(random: Chance, { label, x, width, top, size, leading, lines, short }: Column): Run[] {
  const runs: Run[] = [];
  let y = top;
  let left = 0;
  for (let line = 1; line <= lines; line++) {
    const name = `${label}${line}`;
    if (left === 0) {
      y += line === 1 ? 0 : leading * random.pick([1, 1.5, 2]);
      const large = size * random.pick([1, 1.2]);
      runs.push(run(`${name} HEADING`.slice(0, Math.floor(width / large / 0.5)), x, y, large, true));
      left = Math.ceil(random.number(1, short ? 6 : 12));
    } else {
      const room = short ? width * random.number(0.2, 0.9) : random.pick([width, width, width, width * 0.6]);
      const indent = random.pick([0, 0, size]);
      runs.push(run(words(random, name, room - indent, size), x + indent, y, size));
      left--;
    }
    y += leading;
  }
  return runs;
}

function order(runs: readonly Run[]): string[] {
  return pageLines(runs, 0).map((line) => line.text.split(' ')[0] ?? '');
}

function labels(label: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${label}${index + 1}`);
}

const SEEDS = Array.from({ length: 150 }, (_, index) => index + 1);

test.each(SEEDS)('two columns of running text below a header never mix (%i)', (seed) => {
  const random = chance(seed);
  const size = random.pick([9, 10, 11]);
  const gutter = random.number(1.2, 3) * size;
  const width = (500 - gutter) / 2;
  const lines = Math.ceil(random.number(12, 40));
  const same = random.pick([true, false]);
  const leading = size * random.number(1.15, 1.6);
  const top = 110;
  const runs = [
    run('T1 Jane Doe', 50, 50, 24, true),
    run(words(random, 'T2', 500, size), 50, 75, size),
    ...column(random, { label: 'L', x: 50, width, top, size, leading, lines, short: false }),
    ...column(random, {
      label: 'R',
      x: 50 + width + gutter,
      width,
      top: same ? top : top + random.number(-4, 4),
      size,
      leading: same ? leading : size * random.number(1.15, 1.6),
      lines: Math.ceil(random.number(12, 40)),
      short: false,
    }),
  ];
  const rights = runs.filter(({ text }) => text.startsWith('R')).length;
  expect(order(runs)).toEqual(['T1', 'T2', ...labels('L', lines), ...labels('R', rights)]);
});

test.each(SEEDS)('a sidebar of short lines never mixes with the main column (%i)', (seed) => {
  const random = chance(seed + 1000);
  const size = random.pick([9, 10, 11]);
  const gutter = random.number(1.2, 4) * size;
  const side = random.number(110, 180);
  const main = 500 - gutter - side;
  const left = random.pick([true, false]);
  const grid = random.pick([true, false, false]);
  const leading = size * random.number(1.2, 1.6);
  const top = 60;
  const sidebar = column(random, {
    label: 'S',
    x: left ? 50 : 50 + main + gutter,
    width: side,
    top,
    size: grid ? size : size * random.pick([0.9, 1]),
    leading: grid ? leading : size * random.number(1.2, 1.7),
    lines: Math.ceil(random.number(14, 40)),
    short: true,
  });
  const text = column(random, {
    label: 'M',
    x: left ? 50 + side + gutter : 50,
    width: main,
    top,
    size,
    leading,
    lines: Math.ceil(random.number(20, 45)),
    short: false,
  });
  const expected = [labels('S', sidebar.length), labels('M', text.length)];
  expect(order([...sidebar, ...text])).toEqual((left ? expected : expected.toReversed()).flat());
});

/** Entries as in the history of a CV: title and date in one line, employer, a few lines of text. */
function entries(
  random: Chance,
  dateAt: 'left' | 'right',
  count: number,
  margin = 50,
): { runs: Run[]; pairs: string[] } {
  const size = random.pick([9, 10, 11]);
  const leading = size * random.number(1.2, 1.5);
  const dateSize = size * random.pick([1, 1, 0.9]);
  const x = dateAt === 'left' ? margin + 100 : margin;
  const runs: Run[] = [run('EXPERIENCE', margin, 60, size * 1.2, true)];
  const pairs: string[] = [];
  let y = 60 + leading * 1.6;
  for (let entry = 1; entry <= count; entry++) {
    const date = `${2000 + entry} – ${2002 + entry}`;
    const title = `E${entry} ${random.pick(['Nurse', 'Senior Staff Nurse', 'Team Lead', 'Head of Emergency Care'])}`;
    runs.push(run(title, x, y, size, random.pick([true, false])));
    runs.push(run(date, dateAt === 'left' ? margin : 550 - widthOf(date, dateSize), y, dateSize));
    pairs.push(dateAt === 'left' ? `${date}\t${title}` : `${title}\t${date}`);
    for (let line = Math.floor(random.number(0, 5)); line > 0; line--) {
      y += leading;
      const width = random.pick([1, 0.7, 0.3]) * (550 - x);
      runs.push(run(words(random, 'x', width, size), x, y, size));
    }
    y += leading * random.pick([1, 1.4, 2]);
  }
  return { runs, pairs };
}

test.each(SEEDS)('dates at the right margin stay with their titles (%i)', (seed) => {
  const random = chance(seed + 2000);
  const { runs, pairs } = entries(random, 'right', Math.ceil(random.number(1, 9)));
  const lines = pageLines(runs, 0).map(({ text }) => text);
  expect(lines.filter((text) => /^E\d/.test(text))).toEqual(pairs);
});

test.each(SEEDS)('dates in a column of their own stay with their titles (%i)', (seed) => {
  const random = chance(seed + 3000);
  const { runs, pairs } = entries(random, 'left', Math.ceil(random.number(2, 9)));
  const lines = pageLines(runs, 0).map(({ text }) => text);
  expect(lines.filter((text) => text.includes('\t'))).toEqual(pairs);
});

test.each(SEEDS)(
  'a sidebar beside a history with dates keeps both apart, and the dates with their titles (%i)',
  (seed) => {
    const random = chance(seed + 4000);
    const side = random.number(110, 160);
    const sidebar = column(random, {
      label: 'S',
      x: 50,
      width: side,
      top: 60,
      size: random.pick([8, 9, 10]),
      leading: random.number(12, 15),
      lines: Math.ceil(random.number(14, 40)),
      short: true,
    });
    const { runs, pairs } = entries(random, 'right', Math.ceil(random.number(3, 9)), 50 + side + random.number(14, 40));
    const lines = pageLines([...sidebar, ...runs], 0).map(({ text }) => text);
    expect(lines.slice(0, sidebar.length).map((text) => text.split(' ')[0])).toEqual(labels('S', sidebar.length));
    expect(lines.filter((text) => /^E\d/.test(text))).toEqual(pairs);
    expect(lines).toHaveLength(sidebar.length + runs.length - pairs.length);
  },
);

const texts = (runs: readonly Run[]) => pageLines(runs, 0).map((line) => line.text);

test('labels of a form, set against their values, belong to them', () => {
  const rows = [
    ['Dates', '09/2015 – 06/2018'],
    ['Occupation or position held', 'Teacher'],
    ['Main activities and responsibilities', 'Taught mathematics in all classes from the first to the fifth'],
    ['Name and address of employer', 'Liceo Galilei, Torino'],
    ['Dates', '10/2012 – 06/2015'],
    ['Occupation or position held', 'Tutor'],
    ['Name and address of employer', 'Self-employed'],
  ] as const;
  const runs = rows.flatMap(([label, value], index) => {
    const y = 100 + index * 15;
    return [run(label, 200 - widthOf(label, 10), y, 10), run(value, 215, y, 10)];
  });
  expect(texts(runs)).toEqual(rows.map(([label, value]) => `${label}\t${value}`));
});

test('headings in the margin, a little lower than what they stand beside, come before it', () => {
  const sections = ['WORK EXPERIENCE', 'EDUCATION', 'SKILLS'];
  const runs = sections.flatMap((heading, index) => {
    const y = 100 + index * 90;
    return [
      run(heading, 50, y + 5, 12, true),
      ...Array.from({ length: 5 }, (_, line) => run(`line ${index}.${line} of the section`, 200, y + line * 13, 9)),
    ];
  });
  expect(texts(runs)).toEqual(
    sections.flatMap((heading, index) => [
      heading,
      ...Array.from({ length: 5 }, (_, line) => `line ${index}.${line} of the section`),
    ]),
  );
});

test('dates and places of a position of two lines stay with it', () => {
  const position = (y: number, [employer, place]: [string, string], [title, dates]: [string, string]) => [
    run(employer, 50, y, 10, true),
    run(place, 545 - widthOf(place, 10), y, 10),
    run(title, 50, y + 12, 10),
    run(dates, 545 - widthOf(dates, 10), y + 12, 10),
    run('Overhauled everything that turned within the reach of the plant and wrote about it at length', 62, y + 26, 10),
  ];
  const runs = [
    ...position(100, ['Rhine Gears', 'Basel'], ['Plant Manager', 'February 2006 – March 2011']),
    ...position(160, ['Hill Hospital', 'San Marcos, TX'], ['Staff Nurse, Surgical Unit', 'August 2016 – May 2018']),
  ];
  expect(texts(runs).filter((text) => text.includes('\t'))).toEqual([
    'Rhine Gears\tBasel',
    'Plant Manager\tFebruary 2006 – March 2011',
    'Hill Hospital\tSan Marcos, TX',
    'Staff Nurse, Surgical Unit\tAugust 2016 – May 2018',
  ]);
});

test('a column whose last entry begins beside the end of the other column stays whole', () => {
  const entry = (index: number) => {
    const y = 165 + index * 75;
    return [
      run(`201${index}-02 – 201${index + 1}-01`, 40, y, 9),
      run(`Role ${index}`, 40, y + 11, 10, true),
      run(`Employer number ${index}, San Francisco`, 40, y + 22, 10),
      run(`Did what role ${index} does with some more words`, 52, y + 35, 10),
    ];
  };
  const right = ['Skills', 'JavaScript', 'TypeScript', 'React', 'Education', 'B.A. in Design', 'College', 'Languages'];
  const runs = [
    ...[0, 1, 2].flatMap(entry),
    ...right.map((text, index) => run(text, 308, 150 + index * 15, 10)),
    run('English (Fluent), Korean (Native)', 308, 315, 10),
  ];
  const read = texts(runs);
  expect(read.slice(0, 12)).toEqual([0, 1, 2].flatMap(entry).map(({ text }) => text));
  expect(read.slice(12)).toEqual([...right, 'English (Fluent), Korean (Native)']);
});

test('columns that end together leave what follows across the page below them', () => {
  const side = (heading: string, x: number, lines: number) => [
    run(heading, x, 100, 11, true),
    ...Array.from({ length: lines }, (_, line) => run(`${heading} ${line} words`, x, 116 + line * 13, 10)),
  ];
  const across = [
    run('PROFILE', 50, 200, 11, true),
    run('Manager of plants.', 50, 216, 10),
    run('EXPERIENCE', 50, 240, 11, true),
    run('2019 – 2022', 50, 256, 10),
    run('Manager', 50, 269, 10),
    run('Overhauled everything within the reach of the plant and wrote about it', 62, 282, 10),
    run('Reported to the board', 62, 295, 10),
  ];
  const read = texts([...side('LEFT', 50, 4), ...side('MIDDLE', 220, 3), ...side('RIGHT', 395, 3), ...across]);
  expect(read.slice(-across.length)).toEqual(across.map(({ text }) => text));
});

test('two cards side by side are no table, though dates stand in one of them', () => {
  const card = (x: number, lines: string[]) =>
    lines.map((text, index) => run(text, x, 100 + index * 13 + (index > 0 ? 5 : 0), index > 0 ? 10 : 13, index === 0));
  const left = ['Languages', 'English fluent', 'Spanish native'];
  const right = ['Education', 'BSc Nursing', 'Texas State', '2012, August – 2016, May'];
  expect(texts([...card(50, left), ...card(312, right)])).toEqual([...left, ...right]);
});
