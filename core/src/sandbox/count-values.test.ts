import { expect, test } from 'vitest';
import { holdsMoreValues } from './count-values.ts';

test.each<[unknown, number]>([
  [[1, 2, 3], 4],
  [[[[[1]]]], 5],
  [{ a: 1, b: { c: [true, null] } }, 6],
  [['a,b,c', 'd[e{f', '"', '\\', '\\",', ''], 7],
  [Array.from({ length: 1_000 }, () => ({ body: 'x' })), 2_001],
])('%j holds no more values than it does', (value, count) => {
  const text = JSON.stringify(value);
  expect(holdsMoreValues(text, count)).toBe(false);
  expect(holdsMoreValues(text, count - 1)).toBe(true);
});

test.each(['"', '"\\', '[["', ''])('%j is no JSON, and comes to an end', (text) => {
  expect(holdsMoreValues(text.repeat(1_000), 1)).toBeTypeOf('boolean');
});
