import { describe, expect, it } from 'vitest';
import { parseCron } from '../plugins/index.ts';
import { dueSince, placeOf, spreadOf } from './due.ts';

describe('what is due', () => {
  it.each([
    // Nothing yet; exactly now; once only.
    ['15 2 * * *', '2026-11-20T02:15:00Z', '2026-11-21T02:14:59.999Z', null],
    ['15 2 * * *', '2026-11-20T02:15:00Z', '2026-11-21T02:15:00Z', '2026-11-21T02:15:00.000Z'],
    ['15 2 * * *', '2026-11-21T02:15:00Z', '2026-11-21T02:15:59.999Z', null],
    // After a gap the latest only.
    ['15 2 * * *', '2026-11-01T02:15:00Z', '2026-11-21T12:00:00Z', '2026-11-21T02:15:00.000Z'],
    ['* * * * *', '2026-11-21T02:15:00Z', '2026-11-21T08:00:30Z', '2026-11-21T08:00:00.000Z'],
    // A clock that was ahead, or steps back.
    ['* * * * *', '2026-11-21T03:00:00Z', '2026-11-21T02:15:00Z', null],
    ['* * * * *', '2026-11-21T02:15:00Z', '2026-11-21T02:14:59Z', null],
    // Leap days.
    ['0 0 29 2 *', '2024-02-29T00:00:00Z', '2027-12-31T00:00:00Z', null],
    ['0 0 29 2 *', '2024-02-29T00:00:00Z', '2028-03-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    // First look at a moment that no schedule knows: 2:30 does not exist that night in Berlin, and does in UTC.
    ['30 2 29 3 *', '2026-03-29T01:59:00Z', '2026-03-29T02:30:00Z', '2026-03-29T02:30:00.000Z'],
    // The hour that Berlin has twice comes once.
    ['30 2 * * *', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', null],
  ])('%s since %s at %s: %s', (cron, last, now, due) => {
    expect(dueSince(parseCron(cron), new Date(last), new Date(now))?.toISOString() ?? null).toBe(due);
  });
});

describe('the spread over tenants', () => {
  const limits = { atOnce: 50, perTenantMs: 50, maxMs: 600_000 };
  const DAY = 86_400_000;

  it.each([
    [1, DAY, 0],
    [50, DAY, 0],
    [51, DAY, 2_550],
    [10_000, DAY, 500_000],
    [1_000_000, DAY, 600_000],
    [10_000, 60_000, 30_000],
  ])('%i tenants and %i ms until the next time: %i ms', (tenants, untilNext, spread) => {
    expect(spreadOf(tenants, untilNext, limits)).toBe(spread);
  });

  it('gives each tenant a place of its own that stays', () => {
    const ids = Array.from({ length: 2_000 }, (_none, index) => `tenant-${index}`);
    const places = ids.map((id) => placeOf('job-board/close', id, 10_000));
    expect(places).toEqual(ids.map((id) => placeOf('job-board/close', id, 10_000)));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThan(10_000);
    for (const tenth of Array.from({ length: 10 }, (_none, index) => index * 1_000)) {
      const inside = places.filter((place) => place >= tenth && place < tenth + 1_000).length;
      expect(inside).toBeGreaterThan(140);
      expect(inside).toBeLessThan(260);
    }
    expect(placeOf('crm/tidy', 'tenant-1', 10_000)).not.toBe(placeOf('job-board/close', 'tenant-1', 10_000));
    expect(placeOf('job-board/close', 'tenant-1', 0)).toBe(0);
  });
});
