import { expect, it } from 'vitest';
import { isRegression } from './sign-count.ts';

it.each([
  [0, 0, false],
  [0, 1, false],
  [1, 2, false],
  [1, 100, false],
  [1, 1, true],
  [2, 1, true],
  [1, 0, true],
])('a counter of %i that becomes %i regresses: %s', (stored, received, expected) => {
  expect(isRegression(stored, received)).toBe(expected);
});
