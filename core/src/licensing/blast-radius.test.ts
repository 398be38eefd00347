import { expect, it } from 'vitest';
import { blastRadius } from './blast-radius.ts';

const part = (id: string, requires: string[] = [], optional: string[] = []) => ({
  id,
  name: id.toUpperCase(),
  requires: Object.fromEntries(requires.map((other) => [other, '^1.0.0'])),
  optional: Object.fromEntries(optional.map((other) => [other, '^1.0.0'])),
});

const NONE = { screens: 0, widgets: 0, pages: 0 };

it('follows requirements through other plugins, and ends in cycles', () => {
  const plugins = [part('a', ['d']), part('c', ['b']), part('b', ['a']), part('d', ['c']), part('e')];
  expect(blastRadius('a', plugins)).toEqual({
    dependents: [
      { id: 'b', name: 'B', through: [] },
      { id: 'c', name: 'C', through: ['b'] },
      { id: 'd', name: 'D', through: ['b', 'c'] },
    ],
    limited: [],
    surfaces: NONE,
  });
});

it('tells those that can do without it from those that cannot', () => {
  const plugins = [part('a'), part('b', ['a']), part('c', [], ['a']), part('d', ['a'], ['a'])];
  expect(blastRadius('a', plugins)).toMatchObject({
    dependents: [{ id: 'b' }, { id: 'd' }],
    limited: [{ id: 'c', name: 'C' }],
  });
});

it('counts what disappears from the shell', () => {
  const screens = [{ path: '/', title: 'A', element: 'a-a', module: 'a.js', permission: 'read' }];
  expect(blastRadius('a', [{ ...part('a'), screens }]).surfaces).toEqual({ ...NONE, screens: 1 });
});

it('is nothing for a plugin nobody knows or that is named like a property of every object', () => {
  expect(blastRadius('constructor', [part('a'), { id: 'b', name: 'B' }])).toEqual({
    dependents: [],
    limited: [],
    surfaces: NONE,
  });
});
