import type { Pricing } from '@bazaar/sdk';
import { expect, it } from 'vitest';
import { DEFAULT_POLICY, type LicenceRecord } from './evaluate.ts';
import { showLicence } from './show-licence.ts';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const PRICING: Pricing = {
  currency: 'EUR',
  monthly: 1900,
  perSeat: true,
  meters: [{ name: 'analyses', title: 'Analyses', unit: 'analysis', included: 100, unitAmount: '2.5', hardCap: 500 }],
};
const USAGE = new Map([['analyses', [{ day: '2026-11-20', quantity: 60 }]]]);

function licence(change: Partial<LicenceRecord> = {}): LicenceRecord {
  return {
    kind: 'subscription',
    plan: 'monthly',
    source: 'subscription:1',
    expiresAt: new Date('2026-12-01T08:00:00.000Z'),
    revokedAt: null,
    entitlements: {},
    limits: {},
    seats: 3,
    holders: ['a', 'b'],
    reached: null,
    ...change,
  };
}

it('tells of a subscription what it allows, what was used, and what that will cost', () => {
  expect(showLicence('crm', { licence: licence(), pricing: PRICING, usage: USAGE }, DEFAULT_POLICY, NOW)).toEqual({
    plugin: 'crm',
    state: 'active',
    plan: 'monthly',
    validUntil: '2026-12-01T08:00:00.000Z',
    entitlements: {},
    limits: { analyses: 500, seats: 3 },
    kind: 'subscription',
    source: 'subscription:1',
    usage: { analyses: 60 },
    seats: { limit: 3, taken: 2 },
    stages: [
      { state: 'grace', from: '2026-12-01T08:00:00.000Z' },
      { state: 'read-only', from: '2026-12-04T08:00:00.000Z' },
      { state: 'suspended', from: '2026-12-18T08:00:00.000Z' },
      { state: 'expired', from: '2027-03-18T08:00:00.000Z' },
    ],
    meters: [
      {
        name: 'analyses',
        title: 'Analyses',
        unit: 'analysis',
        included: 100,
        unitAmount: '2.5',
        cap: 500,
        used: 60,
        expected: 500,
        amount: 1000,
      },
    ],
    forecast: { currency: 'EUR', since: '2026-11-01', until: '2026-12-01', plan: 5700, metered: 1000 },
  });
});

it('charges nothing for a trial, which ends at what is included', () => {
  const trial = licence({ kind: 'trial', plan: 'standard', source: 'trial', seats: null });
  const shown = showLicence('crm', { licence: trial, pricing: PRICING, usage: USAGE }, DEFAULT_POLICY, NOW);
  expect(shown).toMatchObject({
    state: 'trial',
    limits: { analyses: 100 },
    seats: null,
    meters: [{ cap: 100, used: 60, expected: 100, amount: 0 }],
    forecast: { plan: null, metered: 0 },
  });
});

it('knows of a plugin that is gone only the licence', () => {
  const shown = showLicence('gone', { licence: licence({ expiresAt: null }) }, DEFAULT_POLICY, NOW);
  expect(shown).toMatchObject({ state: 'active', usage: {}, meters: [], forecast: null, stages: [] });
});
