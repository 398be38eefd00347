import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type LicencePolicy } from '../evaluate.ts';
import { dueNotices, noticeOffsets, noticesOf } from './due-notices.ts';

const END = new Date('2026-11-21T03:00:00.000Z');
const DAY = 86_400_000;
const after = (days: number) => new Date(END.getTime() + days * DAY);

const TRIAL = { kind: 'trial', source: 'trial', expiresAt: END };
const PAID = { kind: 'subscription', source: 'subscription:1', expiresAt: END };
const GIVEN = { kind: 'purchased', source: 'operator', expiresAt: END };

describe('notices', () => {
  it.each<[string, typeof TRIAL, Partial<LicencePolicy>, string[]]>([
    ['a trial', TRIAL, {}, ['-3 trial-ending!', '0 grace!', '3 read-only!', '17 suspended!', '107 expired']],
    ['a subscription', PAID, {}, ['0 grace', '1 unpaid!', '3 read-only!', '17 suspended!', '107 expired']],
    ['what an operator gave', GIVEN, {}, ['0 grace!', '3 read-only!', '17 suspended!', '107 expired']],
    ['without grace', TRIAL, { graceDays: 0 }, ['-3 trial-ending!', '0 read-only!', '14 suspended!', '104 expired']],
    ['a day of grace', PAID, { graceDays: 1 }, ['0 grace', '1 read-only!', '15 suspended!', '105 expired']],
    ['at once', GIVEN, { graceDays: 0, readOnlyDays: 0, suspendedDays: 0 }, ['0 expired']],
  ])('of %s', (_what, licence, change, expected) => {
    const notices = noticesOf(licence, { ...DEFAULT_POLICY, ...change });
    const offset = (at: Date) => (at.getTime() - END.getTime()) / DAY;
    expect(notices.map(({ stage, at, isTold }) => `${offset(at)} ${stage}${isTold ? '!' : ''}`)).toEqual(expected);
    for (const { at } of notices) expect(noticeOffsets({ ...DEFAULT_POLICY, ...change })).toContain(offset(at));
  });

  it('are none for what lasts for ever', () => {
    expect(noticesOf({ ...GIVEN, expiresAt: null }, DEFAULT_POLICY)).toEqual([]);
  });

  it.each<[string, typeof TRIAL, number, number, string | null]>([
    ['long before', TRIAL, -10, 0, null],
    ['three days before', TRIAL, -3, 1, 'trial-ending'],
    ['at the end', TRIAL, 0, 2, 'grace'],
    ['after a month without power', TRIAL, 30, 4, 'suspended'],
    ['years later', TRIAL, 900, 5, null],
    ['an hour late', PAID, 0.04, 1, null],
    ['a day late', PAID, 1, 2, 'unpaid'],
  ])('that people are told of, %s', (_what, licence, days, come, told) => {
    const due = dueNotices(noticesOf(licence, DEFAULT_POLICY), after(days));
    expect([due.come.length, due.told?.stage ?? null]).toEqual([come, told]);
  });
});
