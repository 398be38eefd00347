import { expect, test } from 'vitest';
import { DEFAULT_TIMING, nextAttempt } from './timing.ts';

const minutes = (attempt: number, hours = 0) => {
  const delay = nextAttempt({ attempt, ageMs: hours * 3_600_000 }, DEFAULT_TIMING);
  return delay === null ? null : delay / 60_000;
};

test('waits longer each time, an hour at most, and gives up after two days', () => {
  expect([1, 2, 3, 6, 7, 8, 5_000].map((attempt) => minutes(attempt))).toEqual([1, 2, 4, 32, 60, 60, 60]);
  expect(minutes(40, 47.9)).toBe(60);
  expect(minutes(2, 48)).toBeNull();
});

test('an attempt has ended before its letter may be taken by another', () => {
  expect(DEFAULT_TIMING.leaseMs).toBeGreaterThan(2 * DEFAULT_TIMING.deadlineMs);
});
