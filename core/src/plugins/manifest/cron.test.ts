import { describe, expect, it } from 'vitest';
import { parseCron } from './cron.ts';

const at = (text: string) => new Date(text);

describe('cron', () => {
  it.each([
    ['15 2 * * *', '2026-11-21T02:14:59.999Z', '2026-11-21T02:15:00.000Z'],
    ['15 2 * * *', '2026-11-21T02:15:00.000Z', '2026-11-22T02:15:00.000Z'],
    ['*/20 * * * *', '2026-11-21T23:50:00.000Z', '2026-11-22T00:00:00.000Z'],
    ['0 9-17/4 * * MON-FRI', '2026-11-20T17:00:00.000Z', '2026-11-23T09:00:00.000Z'],
    ['0 0 29 2 *', '2026-11-21T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
    ['0 0 29 2 *', '2096-03-01T00:00:00.000Z', '2104-02-29T00:00:00.000Z'],
    ['0 0 31 * *', '2026-11-21T00:00:00.000Z', '2026-12-31T00:00:00.000Z'],
    // Day of the month or day of the week.
    ['0 0 13 * 5', '2026-11-21T00:00:00.000Z', '2026-11-27T00:00:00.000Z'],
    ['0 0 * * 7', '2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'],
    // Nights on which clocks elsewhere jump; UTC has none.
    ['30 2 * * *', '2026-03-29T00:00:00.000Z', '2026-03-29T02:30:00.000Z'],
    ['30 2 * * *', '2026-10-25T02:30:00.000Z', '2026-10-26T02:30:00.000Z'],
  ])('%s after %s is due at %s', (text, after, due) => {
    const cron = parseCron(text);
    expect(cron.next(at(after)).toISOString()).toBe(due);
    expect(cron.includes(at(due))).toBe(true);
    expect(cron.latest(at(due))?.toISOString()).toBe(due);
    expect(cron.latest(new Date(at(due).getTime() - 1))?.getTime()).toBeLessThanOrEqual(at(after).getTime());
  });

  it('goes by UTC wherever the server stands', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'America/New_York';
    try {
      const cron = parseCron('30 2 * * *');
      expect(cron.next(at('2026-03-08T02:00:00.000Z')).toISOString()).toBe('2026-03-08T02:30:00.000Z');
      expect(cron.next(at('2026-11-01T02:30:00.000Z')).toISOString()).toBe('2026-11-02T02:30:00.000Z');
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('includes whole minutes only', () => {
    const cron = parseCron('* * * * *');
    expect(cron.includes(at('2026-11-21T02:15:00.000Z'))).toBe(true);
    expect(cron.includes(at('2026-11-21T02:15:00.001Z'))).toBe(false);
    expect(cron.includes(at('2026-11-21T02:15:01.000Z'))).toBe(false);
    expect(parseCron('0 0 29 2 *').includes(at('2027-03-01T00:00:00.000Z'))).toBe(false);
  });

  it.each([
    ['* * * *', 'five fields'],
    ['* * * * * *', 'five fields'],
    ['@daily', 'five fields'],
    ['0 0 L * *', 'five fields'],
    ['0 0 * * 5#2', 'five fields'],
    ['? * * * *', 'five fields'],
    ['*  * * * *', 'five fields'],
    ['60 * * * *', 'minute'],
    ['* 24 * * *', 'hour'],
    ['* * 0 * *', 'day'],
    ['* * * 13 *', 'month'],
    ['* * * * 8', 'day'],
    ['*/0 * * * *', 'stepping'],
    ['5/15 * * * *', 'stepping'],
    ['10-5 * * * *', 'From value'],
    ['* * * FOO *', 'month'],
    ['0 0 31 2 *', 'no month has'],
    ['0 0 31 4,6,9,11 *', 'no month has'],
  ])('refuses "%s" in words (%s)', (text, words) => {
    expect(() => parseCron(text)).toThrow(words);
  });
});
