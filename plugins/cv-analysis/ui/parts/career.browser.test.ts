import { expect, test } from 'vitest';
import { byCategory, type Position, stations } from './career.ts';

const passage = { text: '', page: 1, line: 1 };

function position(title: string, start: string, end: string | null): Position {
  return {
    ...{ title, start, end, passage, isCurrent: end === null, company: null, location: null },
    ...{ months: null, description: [], skills: [] },
  };
}

test('a gap stands between the position after it and the one before it', () => {
  const experience = [
    position('C', '2022-01', null),
    position('B', '2018-01', '2021-03'),
    position('A', '2010', '2017'),
  ];
  const gaps = [
    { from: '2021-04', to: '2021-12', months: 9 },
    { from: '2017-06', to: '2017-12', months: 7 },
  ];
  const shown = stations({ experience, gaps }).map(({ position, gap }) => position?.title ?? gap?.from);
  expect(shown).toEqual(['C', '2021-04', 'B', '2017-06', 'A']);
});

test('a gap that precedes no dated position comes last', () => {
  const shown = stations({
    experience: [position('A', '2020-01', null)],
    gaps: [{ from: '2019-01', to: '2019-12', months: 12 }],
  });
  expect(shown.map(({ gap }) => gap?.from)).toEqual([undefined, '2019-01']);
});

test('skills keep their order within their category', () => {
  const skill = (name: string, category: string) => ({ name, category, months: 0, evidence: [] });
  const grouped = byCategory([skill('Go', 'Languages'), skill('SQL', 'Data'), skill('C', 'Languages')]);
  expect(grouped.map(([category, skills]) => [category, skills.map(({ name }) => name)])).toEqual([
    ['Languages', ['Go', 'C']],
    ['Data', ['SQL']],
  ]);
});
