import { describe, expect, it } from 'vitest';
import { type PaidFields, type PaidLicence, withPaid } from './paid-licence.ts';

const SOON = new Date('2026-12-01T00:00:00.000Z');
const LATER = new Date('2027-12-01T00:00:00.000Z');

function row(change: Partial<PaidFields> = {}): PaidFields {
  return {
    kind: 'subscription',
    plan: 'monthly',
    expiresAt: SOON,
    seats: null,
    limits: {},
    source: 'subscription:1',
    revokedAt: null,
    revokedReason: null,
    ...change,
  };
}

function paid(change: Partial<PaidLicence> = {}): PaidLicence {
  return {
    tenantId: 't',
    plugin: 'crm',
    kind: 'subscription',
    plan: 'monthly',
    expiresAt: SOON,
    seats: null,
    source: 'subscription:1',
    ...change,
  };
}

const LIFETIME = row({ kind: 'purchased', plan: 'one-time', expiresAt: null, source: 'purchase:1' });
const TRIAL = row({ kind: 'trial', plan: 'standard', source: 'trial' });
const REVOKED = { revokedAt: SOON, revokedReason: 'refunded' };

describe('what is paid for', () => {
  it.each<[string, PaidFields | null, PaidLicence, Partial<PaidFields>]>([
    ['nothing before', null, paid(), row()],
    ['the same again', row(), paid(), row()],
    ['a renewal', row(), paid({ expiresAt: LATER }), { expiresAt: LATER }],
    ['a period that was refunded', row({ expiresAt: LATER }), paid(), { expiresAt: SOON }],
    ['other seats', row({ seats: 5 }), paid({ seats: 3 }), { seats: 3 }],
    ['another interval', row(), paid({ plan: 'annual', expiresAt: LATER }), { plan: 'annual', expiresAt: LATER }],
    ['a trial that is bought', TRIAL, paid({ expiresAt: LATER }), { kind: 'subscription', source: 'subscription:1' }],
    ['a first payment that failed, in a trial', TRIAL, paid({ expiresAt: new Date(0) }), TRIAL],
    ['an older subscription than what lasts for ever', LIFETIME, paid({ expiresAt: LATER }), LIFETIME],
    [
      'a purchase for ever beside a subscription',
      row({ expiresAt: LATER }),
      paid({ kind: 'purchased', plan: 'one-time', expiresAt: null, source: 'purchase:2' }),
      { kind: 'purchased', expiresAt: null, source: 'purchase:2' },
    ],
    ['an old subscription that ended before the new one', row({ expiresAt: LATER }), paid({ source: 'x' }), {}],
    ['what was revoked, again', row(REVOKED), paid({ expiresAt: LATER }), { expiresAt: LATER, ...REVOKED }],
    [
      'a newer licence file that ends earlier',
      row({ expiresAt: LATER, source: 'offline:1' }),
      paid({ source: 'offline:2' }),
      { expiresAt: SOON, source: 'offline:2' },
    ],
    [
      'a renewal of what an operator has limited',
      row({ limits: { calls: 10 } }),
      paid({ expiresAt: LATER }),
      { limits: { calls: 10 }, expiresAt: LATER },
    ],
    [
      'a subscription in the place of what an operator gave, with limits of its own',
      row({ source: 'operator', limits: { calls: 10 } }),
      paid({ expiresAt: LATER }),
      { limits: {}, source: 'subscription:1' },
    ],
    [
      'a newer licence file with other limits',
      row({ source: 'offline:1', limits: { calls: 10 } }),
      paid({ source: 'offline:2', limits: { calls: 20 } }),
      { limits: { calls: 20 }, source: 'offline:2' },
    ],
    [
      'something new after a revocation',
      { ...LIFETIME, ...REVOKED },
      paid({ source: 'subscription:2' }),
      { source: 'subscription:2', revokedAt: null, revokedReason: null, expiresAt: SOON },
    ],
  ])('%s', (_what, before, now, expected) => {
    expect(withPaid(before, now)).toEqual(expect.objectContaining(expected));
  });

  it('says by the row itself that nothing changes', () => {
    for (const before of [row(), row(REVOKED), LIFETIME]) expect(withPaid(before, paid())).toBe(before);
  });
});
