import { describe, expect, it } from 'vitest';
import { DemoClock } from './clock.ts';
import { history } from './history.ts';

const clock = new DemoClock(new Date('2026-11-21T12:00:00Z'));

describe('history', () => {
  it('leads through the pipeline to the present status, in order and in the past', () => {
    const entries = history('a', { job: 'x', status: 'offer', daysAgo: 9, note: 'Good call.' }, clock);
    expect(entries.map(({ kind, toStatus }) => `${kind} ${toStatus}`)).toEqual([
      'applied applied',
      'moved screening',
      'moved interviewing',
      'moved offer',
      'note null',
    ]);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    expect(times[0]).toBe('2026-11-12T12:00:00.000Z');
    expect(Date.parse(times.at(-1) ?? '')).toBeLessThan(Date.parse('2026-11-21T12:00:00Z'));
  });

  it('ends with the feedback of a rejection', () => {
    const entries = history('a', { job: 'x', status: 'rejected', daysAgo: 3, rejectionFeedback: 'Sorry.' }, clock);
    expect(entries.at(-1)).toMatchObject({ kind: 'rejected', fromStatus: 'screening', remarks: 'Sorry.' });
  });
});

describe('DemoClock', () => {
  it('counts from the moment of seeding', () => {
    expect(clock.ago(0.5)).toBe('2026-11-21T00:00:00.000Z');
    expect(clock.dayIn(10)).toBe('2026-12-01');
  });
});
