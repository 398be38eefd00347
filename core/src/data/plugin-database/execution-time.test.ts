import { expect, it } from 'vitest';
import { executionMs, idleMs } from './execution-time.ts';

it.each([
  ['all of it, where nothing else was to do', 400, 400, 400],
  ['only the idle part of a short wait', 8, 0.5, 0.5],
  ['nothing of a short wait without rest', 8, 0, 0],
  ['nearly all of a long wait, however busy we were', 5_000, 0, 4_900],
  ['the larger part', 250, 200, 200],
])('counts %s', (_what, waited, idle, expected) => {
  expect(executionMs(waited, idle)).toBe(expected);
});

it('knows for how long this process had nothing to do', async () => {
  const before = idleMs();
  const begun = performance.now();
  let sum = 0;
  while (performance.now() < begun + 20) sum += 1;
  expect(sum).toBeGreaterThan(0);
  expect(idleMs()).toBe(before);
  await expect.poll(() => idleMs() - before).toBeGreaterThan(0);
});
