import { expect, test } from 'vitest';
import { partOf } from './part-of.ts';

test.each([
  [4000, 3000, { x: 500, y: 0, width: 3000, height: 3000, toWidth: 512, toHeight: 512 }],
  [301, 900, { x: 0, y: 299, width: 301, height: 301, toWidth: 301, toHeight: 301 }],
  [100, 100, { x: 0, y: 0, width: 100, height: 100, toWidth: 100, toHeight: 100 }],
] as const)('of %i × %i the middle is kept as a square, never enlarged', (width, height, part) => {
  expect(partOf(width, height, 'square')).toEqual(part);
});

test.each([
  [2048, 512, { toWidth: 512, toHeight: 128 }],
  [200, 50, { toWidth: 200, toHeight: 50 }],
  [90_000, 1, { toWidth: 512, toHeight: 1 }],
] as const)('%i × %i is kept as a whole', (width, height, size) => {
  expect(partOf(width, height, 'whole')).toEqual({ x: 0, y: 0, width, height, ...size });
});
