import { describe, expect, it } from 'vitest';
import { daysBetween, usagePeriod } from './period.ts';

describe('usage period', () => {
  it.each([
    ['purchased', null, '2026-11-21T12:00:00Z', '2026-11-01', '2026-12-01'],
    ['trial', '2026-11-25T08:00:00Z', '2026-11-21T12:00:00Z', '2026-11-01', '2026-12-01'],
    ['subscription', '2026-12-15T08:00:00Z', '2026-11-21T12:00:00Z', '2026-11-15', '2026-12-15'],
    ['subscription', '2026-12-15T08:00:00Z', '2026-12-15T00:00:00Z', '2026-12-15', '2027-01-15'],
    ['subscription', '2026-12-15T08:00:00Z', '2026-12-14T23:59:59.999Z', '2026-11-15', '2026-12-15'],
    // A year's subscription is counted by the month as well.
    ['subscription', '2027-06-30T08:00:00Z', '2026-11-21T12:00:00Z', '2026-10-30', '2026-11-30'],
    ['subscription', '2027-01-31T08:00:00Z', '2027-02-10T12:00:00Z', '2027-01-31', '2027-02-28'],
    ['subscription', '2027-01-31T08:00:00Z', '2027-02-28T12:00:00Z', '2027-02-28', '2027-03-31'],
    ['subscription', '2028-01-31T08:00:00Z', '2028-02-29T12:00:00Z', '2028-02-29', '2028-03-31'],
    ['subscription', '2027-01-15T08:00:00Z', '2027-01-05T12:00:00Z', '2026-12-15', '2027-01-15'],
    ['subscription', null, '2027-01-05T12:00:00Z', '2027-01-01', '2027-02-01'],
  ])('%s until %s at %s', (kind, expiresAt, now, since, until) => {
    const licence = { kind, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
    expect(usagePeriod(licence, new Date(now))).toEqual({ since, until });
  });

  it('follow each other without a gap', () => {
    const licence = { kind: 'subscription', expiresAt: new Date('2027-01-31T08:00:00Z') };
    let { until } = usagePeriod(licence, new Date('2026-01-31T00:00:00Z'));
    for (let month = 0; month < 40; month += 1) {
      const next = usagePeriod(licence, new Date(until));
      expect(next.since).toBe(until);
      expect(daysBetween(next.since, next.until)).toBeGreaterThanOrEqual(28);
      until = next.until;
    }
  });
});
