import { describe, expect, it } from 'vitest';
import { evaluate, type LicencePolicy, type LicenceRecord, stagesOf } from './evaluate.ts';
import type { LicenceCode, LicenceScope, LicenceState } from './types.ts';

const END = new Date('2026-11-21T03:00:00.000Z');
const DAY = 86_400_000;
const POLICY: LicencePolicy = { graceDays: 3, readOnlyDays: 14, suspendedDays: 90 };

function licence(change: Partial<LicenceRecord> = {}): LicenceRecord {
  return {
    kind: 'subscription',
    plan: 'standard',
    source: 'subscription:1',
    expiresAt: END,
    revokedAt: null,
    entitlements: { ai: true },
    limits: { analyses: 5 },
    seats: null,
    holders: [],
    reached: null,
    ...change,
  };
}

function after(days: number, ms = 0): Date {
  return new Date(END.getTime() + days * DAY + ms);
}

function stateOf(record: LicenceRecord | null, now: Date, policy = POLICY): LicenceState {
  return evaluate(record, policy, now).state;
}

describe('evaluate', () => {
  it.each<[string, number, number, LicenceState]>([
    ['long before the end', -400, 0, 'active'],
    ['the last millisecond', 0, -1, 'active'],
    ['the end itself', 0, 0, 'grace'],
    ['the last millisecond of grace', 3, -1, 'grace'],
    ['the end of grace', 3, 0, 'read-only'],
    ['the last millisecond of read-only', 17, -1, 'read-only'],
    ['the end of read-only', 17, 0, 'suspended'],
    ['the last millisecond of suspension', 107, -1, 'suspended'],
    ['the end of suspension', 107, 0, 'expired'],
    ['ten years on', 3650, 0, 'expired'],
  ])('subscription and dated purchase at %s', (_when, days, ms, state) => {
    expect(stateOf(licence(), after(days, ms))).toBe(state);
    expect(stateOf(licence({ kind: 'purchased' }), after(days, ms))).toBe(state);
    expect(stateOf(licence({ kind: 'trial' }), after(days, ms))).toBe(state === 'active' ? 'trial' : state);
  });

  it.each<[LicenceState, boolean, boolean]>([
    ['trial', true, true],
    ['active', true, true],
    ['grace', true, true],
    ['read-only', true, false],
    ['suspended', false, false],
    ['expired', false, false],
    ['revoked', false, false],
    ['none', false, false],
  ])('%s: readable %s, writable %s', (state, readable, writable) => {
    const moments: Record<LicenceState, [LicenceRecord | null, Date]> = {
      trial: [licence({ kind: 'trial' }), after(-1)],
      active: [licence(), after(-1)],
      grace: [licence(), after(1)],
      'read-only': [licence(), after(4)],
      suspended: [licence(), after(18)],
      expired: [licence(), after(200)],
      revoked: [licence({ revokedAt: END }), END],
      none: [null, END],
    };
    const decision = evaluate(moments[state][0], POLICY, moments[state][1]);
    expect(decision).toMatchObject({ state, readable, writable });
    expect(decision.entitlements).toEqual(readable ? { ai: true } : {});
    expect(decision.limits).toEqual(readable ? { analyses: 5 } : {});
  });

  it('says nothing of a licence that is not there', () => {
    expect(evaluate(null, POLICY, END)).toEqual({
      state: 'none',
      code: 'licence-required',
      readable: false,
      writable: false,
      plan: null,
      validUntil: null,
      entitlements: {},
      limits: {},
    });
  });

  it('never ends a lifetime licence, whatever the clock says', () => {
    const lifetime = licence({ kind: 'purchased', expiresAt: null });
    for (const now of [new Date(0), END, new Date(8.64e15)]) {
      expect(evaluate(lifetime, POLICY, now)).toMatchObject({ state: 'active', validUntil: null });
    }
  });

  it('lets a clock step backwards without taking anything away', () => {
    expect(stateOf(licence({ kind: 'trial' }), new Date(0))).toBe('trial');
    expect(stateOf(licence(), new Date(0))).toBe('active');
  });

  it.each([0, 3, 17, 107])('is again what it was when the clock steps back over the boundary at day %d', (days) => {
    const stages: LicenceState[] = [after(days, -1), after(days), after(days, -1)].map((now) =>
      stateOf(licence(), now),
    );
    expect(stages[0]).not.toBe(stages[1]);
    expect(stages[2]).toBe(stages[0]);
  });

  it('lasts to the end of February when a year began on a leap day', () => {
    // As a provider reckons: a year from the 29th of February ends on the 28th.
    const annual = licence({ plan: 'annual', expiresAt: new Date('2029-02-28T12:00:00.000Z') });
    const at = (time: string): LicenceState => stateOf(annual, new Date(time));
    expect(at('2028-02-29T12:00:00.000Z')).toBe('active');
    expect(at('2029-02-28T11:59:59.999Z')).toBe('active');
    expect(at('2029-02-28T12:00:00.000Z')).toBe('grace');
    expect(at('2029-03-03T11:59:59.999Z')).toBe('grace');
    // In a leap year the three days of grace end one calendar day earlier.
    const leap = licence({ expiresAt: new Date('2028-02-28T12:00:00.000Z') });
    expect(stateOf(leap, new Date('2028-03-02T11:59:59.999Z'))).toBe('grace');
    expect(stateOf(leap, new Date('2028-03-02T12:00:00.000Z'))).toBe('read-only');
  });

  it.each([0, 4, 18, 200])('is active at once when it is extended %d days after its end', (days) => {
    const now = after(days);
    expect(stateOf(licence(), now)).not.toBe('active');
    expect(stateOf(licence({ expiresAt: after(days, 1) }), now)).toBe('active');
    // Extended only to this very moment it has ended: grace begins anew.
    expect(stateOf(licence({ expiresAt: now }), now)).toBe('grace');
  });

  it('stays revoked when it is only renewed, and comes back when the revocation is taken back', () => {
    const renewed = { expiresAt: after(365) };
    expect(stateOf(licence({ ...renewed, revokedAt: after(-1) }), after(1))).toBe('revoked');
    expect(stateOf(licence({ ...renewed, revokedAt: null }), after(1))).toBe('active');
    expect(stateOf(licence({ ...renewed, revokedAt: after(10) }), after(1))).toBe('active');
  });

  it.each<[string, Date, LicenceState]>([
    ['before it', after(-2, -1), 'active'],
    ['at it', after(-2), 'revoked'],
    ['after it', after(-1), 'revoked'],
    ['long after the end', after(500), 'revoked'],
  ])('revocation: %s', (_when, now, state) => {
    expect(stateOf(licence({ revokedAt: after(-2) }), now)).toBe(state);
  });

  it.each<[Partial<LicencePolicy>, LicenceState]>([
    [{ graceDays: 0 }, 'read-only'],
    [{ graceDays: 0, readOnlyDays: 0 }, 'suspended'],
    [{ graceDays: 0, readOnlyDays: 0, suspendedDays: 0 }, 'expired'],
  ])('stages without length are passed over: %o', (change, state) => {
    expect(stateOf(licence(), END, { ...POLICY, ...change })).toBe(state);
  });

  it('passes on only limits that are numbers', () => {
    const limits = { calls: 5, analyses: '100', broken: null, never: Number.NaN };
    expect(evaluate(licence({ limits, seats: 3 }), POLICY, after(-1)).limits).toEqual({ calls: 5, seats: 3 });
  });

  it('tells when it ends', () => {
    expect(evaluate(licence(), POLICY, after(1)).validUntil).toBe('2026-11-21T03:00:00.000Z');
  });

  it.each<[string, Partial<LicenceRecord> | null, number, LicenceScope, LicenceCode]>([
    ['nobody has a licence', null, 0, { effect: 'read' }, 'licence-required'],
    ['reading while it runs', {}, -1, { effect: 'read' }, 'ok'],
    ['writing while it runs', {}, -1, { effect: 'write' }, 'ok'],
    ['delivering in grace', {}, 1, { effect: 'deliver' }, 'ok'],
    ['reading when it may only be read', {}, 4, { effect: 'read' }, 'ok'],
    ['writing when it may only be read', {}, 4, { effect: 'write' }, 'licence-ended'],
    ['delivering when it may only be read', {}, 4, { effect: 'deliver' }, 'licence-ended'],
    ['reading while suspended', {}, 20, { effect: 'read' }, 'licence-ended'],
    ['reading when revoked', { revokedAt: after(-3) }, -1, { effect: 'read' }, 'licence-ended'],
    ['a person, where seats are not limited', {}, -1, { effect: 'read', userId: 'a' }, 'ok'],
    ['the holder of a seat', { seats: 1, holders: ['a'] }, -1, { effect: 'write', userId: 'a' }, 'ok'],
    ['a person without a seat', { seats: 2, holders: ['a'] }, -1, { effect: 'read', userId: 'b' }, 'seat-required'],
    [
      'who came last when seats were given up',
      { seats: 1, holders: ['a', 'b'] },
      -1,
      { effect: 'read', userId: 'b' },
      'seat-required',
    ],
    ['who came first then', { seats: 1, holders: ['a', 'b'] }, -1, { effect: 'read', userId: 'a' }, 'ok'],
    ['no seats at all', { seats: 0, holders: ['a'] }, -1, { effect: 'read', userId: 'a' }, 'seat-required'],
    ['work without a person needs no seat', { seats: 0 }, -1, { effect: 'deliver' }, 'ok'],
    ['an ended licence before the missing seat', { seats: 0 }, 30, { effect: 'read', userId: 'a' }, 'licence-ended'],
    ['a meter without a limit', {}, -1, { effect: 'write', usage: { used: 9e9, cap: null } }, 'ok'],
    ['the last of a meter', {}, -1, { effect: 'write', usage: { used: 4, cap: 5 } }, 'ok'],
    ['one more than a meter has', {}, -1, { effect: 'write', usage: { used: 5, cap: 5 } }, 'usage-limit'],
  ])('%s', (_what, change, days, scope, code) => {
    const record = change === null ? null : licence(change);
    expect(evaluate(record, POLICY, after(days), scope).code).toBe(code);
  });

  it.each<[string, Date | null, number, LicenceState]>([
    ['is as the clock says while it goes on', after(-10), 1, 'grace'],
    ['does not come back when it is put back', after(20), -5, 'suspended'],
    ['is as the clock says where nothing else is known', null, -5, 'active'],
  ])('an offline licence %s', (_what, reached, days, state) => {
    expect(stateOf(licence({ source: 'offline:1', reached }), after(days))).toBe(state);
  });

  it('knows when the stages begin', () => {
    expect(stagesOf(null, POLICY)).toEqual([]);
    const stages = stagesOf(END, POLICY);
    expect(stages.map(({ state }) => state)).toEqual(['grace', 'read-only', 'suspended', 'expired']);
    for (const { state, from } of stages) {
      expect(stateOf(licence(), from)).toBe(state);
      expect(stateOf(licence(), new Date(from.getTime() - 1))).not.toBe(state);
    }
  });
});
