import { expect, test } from 'vitest';
import { Allowance } from './allowance.ts';

test('a burst at once, then as many as time allows', () => {
  let now = 0;
  const allowance = new Allowance(3, 2, () => now);
  const taken = () => [1, 2, 3, 4].map(() => allowance.take());
  expect(taken()).toEqual([true, true, true, false]);
  now = 1000;
  expect(taken()).toEqual([true, true, false, false]);
  now = 100_000;
  expect(taken()).toEqual([true, true, true, false]);
});
