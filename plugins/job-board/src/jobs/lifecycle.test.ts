import { describe, expect, it } from 'vitest';
import { canBecome, dayAfter, isOpenToPublic, type JobStatus } from './lifecycle.ts';

const STATUSES: JobStatus[] = ['draft', 'open', 'paused', 'filled', 'closed', 'archived'];

describe('canBecome', () => {
  const allowed = [
    'draft→open',
    'draft→archived',
    'open→paused',
    'open→filled',
    'open→closed',
    'paused→open',
    'paused→filled',
    'paused→closed',
    'paused→archived',
    'filled→open',
    'filled→archived',
    'closed→open',
    'closed→archived',
  ];

  it('allows these steps and no others', () => {
    const steps = STATUSES.flatMap((from) => STATUSES.filter((to) => canBecome(from, to)).map((to) => `${from}→${to}`));
    expect(steps.sort()).toEqual(allowed.sort());
  });
});

describe('isOpenToPublic', () => {
  const job = { status: 'open', isPublic: true, deadline: '2026-11-21' };

  it.each([
    [job, true],
    [{ ...job, deadline: null }, true],
    [{ ...job, deadline: '2026-11-20' }, false],
    [{ ...job, isPublic: false }, false],
    [{ ...job, status: 'paused' }, false],
    [{ ...job, status: 'draft' }, false],
  ])('%j: %s', (given, open) => {
    expect(isOpenToPublic(given, '2026-11-21')).toBe(open);
  });
});

describe('dayAfter', () => {
  it('counts days in UTC, across months', () => {
    expect(dayAfter(0, new Date('2026-11-21T23:59:59Z'))).toBe('2026-11-21');
    expect(dayAfter(60, new Date('2026-11-21T00:00:00Z'))).toBe('2027-01-20');
  });
});
