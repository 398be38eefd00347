import type { Manifest } from '@bazaar/sdk';
import { expect, it } from 'vitest';
import { DEFAULT_POLICY, type LicenceRecord } from './evaluate.ts';
import { fadingLicences, fadingOf } from './fading.ts';

const END = new Date('2026-11-21T03:00:00.000Z');
const DAY = 86_400_000;
const after = (days: number) => new Date(END.getTime() + days * DAY);

const ENDED: LicenceRecord & { trialUsed: boolean } = {
  kind: 'subscription',
  plan: 'monthly',
  source: 'subscription:1',
  expiresAt: END,
  revokedAt: null,
  entitlements: {},
  limits: {},
  seats: null,
  holders: [],
  reached: null,
  trialUsed: false,
};

it.each<[number, object | null]>([
  [-1, null],
  [0, { state: 'grace', until: after(3).toISOString() }],
  [3, { state: 'read-only', until: after(17).toISOString() }],
  [17, { state: 'suspended', until: after(107).toISOString() }],
  [107, null],
])('%s days after its end a licence fades so', (days, fading) => {
  expect(fadingOf(ENDED, DEFAULT_POLICY, after(days))).toEqual(fading);
});

it('does not fade when it never ends, or was revoked', () => {
  expect(fadingOf({ ...ENDED, expiresAt: null }, DEFAULT_POLICY, after(1))).toBeNull();
  expect(fadingOf({ ...ENDED, revokedAt: END }, DEFAULT_POLICY, after(1))).toBeNull();
});

it('is told of plugins that run and are switched on', async () => {
  const licences = new Map(['crm', 'off', 'gone'].map((plugin) => [plugin, ENDED] as const));
  const book = { of: async () => ({ suspended: false, licences, disabled: new Set(['off']) }) };
  const plugins = {
    get: (id: string) => (id === 'gone' ? undefined : { manifest: { id, name: id.toUpperCase() } as Manifest }),
  };
  const deps = { plugins, policy: DEFAULT_POLICY, now: () => after(4) };
  expect(await fadingLicences(deps, book, 'acme')).toEqual([
    { plugin: 'crm', name: 'CRM', state: 'read-only', until: after(17).toISOString() },
  ]);
});
