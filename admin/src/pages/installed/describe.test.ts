import { expect, test } from 'vitest';
import {
  canaryText,
  impactFacts,
  installedChip,
  operationChip,
  operationNote,
  operationTitle,
  parkedText,
  quarantines,
  slugsIn,
  triable,
  versionText,
} from './describe.ts';
import type { Canary, Impact, InstalledPlugin } from './types.ts';

const canary: Canary = {
  version: '1.1.0',
  percent: 20,
  tenants: ['acme', 'northwind'],
  maxErrorRate: 0.05,
  minCalls: 20,
  startedAt: '2026-11-20T09:00:00Z',
  haltedAt: null,
  haltReason: null,
};
const plugin: InstalledPlugin = {
  id: 'crm',
  name: 'CRM',
  state: 'active',
  reason: null,
  tier: 'sandbox',
  activeVersion: '1.0.0',
  previousVersion: null,
  switching: false,
  purgeAfter: null,
  versions: [
    { version: '1.0.0', quarantine: null },
    { version: '1.1.0', quarantine: null },
    { version: '1.2.0', quarantine: 'It used too much memory.' },
  ],
  pins: { count: 0 },
  canary: null,
};

test('versions, and where they run', () => {
  expect(versionText(plugin)).toBe('1.0.0, isolated from the platform');
  expect(versionText({ ...plugin, tier: 'inline', previousVersion: '0.9.0', pins: { count: 2 } })).toBe(
    '1.0.0, inside the platform · 0.9.0 served before · 2 workspaces kept at a version',
  );
  expect(versionText({ ...plugin, tier: null, activeVersion: null })).toBe('No version');
});

test('whether it serves', () => {
  expect(installedChip(plugin)).toEqual({ text: 'Serves', look: 'success' });
  expect(installedChip({ ...plugin, switching: true })).toEqual({ text: 'Callers wait', look: 'warning' });
  expect(installedChip({ ...plugin, state: 'quarantined' }).look).toBe('danger');
});

test('only what is kept, sound and does not serve can be tried, and one at a time', () => {
  expect(triable(plugin)).toEqual(['1.1.0']);
  expect(triable({ ...plugin, canary })).toEqual([]);
  expect(triable({ ...plugin, canary: { ...canary, haltedAt: '2026-11-20T10:00:00Z' } })).toEqual(['1.1.0']);
  expect(triable({ ...plugin, state: 'parked' })).toEqual([]);
  expect(quarantines(plugin)).toEqual([{ version: '1.2.0', reason: 'It used too much memory.' }]);
});

test('a trial says who tries it, how it goes, and what ends it', () => {
  const { title, text } = canaryText({ ...canary, calls: 34, failures: 1 });
  expect(title).toMatch(/^1\.1\.0 is on trial for 20 % of the workspaces and acme and northwind since 20 Nov 2026/);
  expect(text).toBe('34 calls, of which 1 failed. It ends by itself when more than 5 % of at least 20 calls fail.');
  expect(canaryText(canary).text).toMatch(/^No calls yet\./);
  const halted = canaryText({ ...canary, haltedAt: '2026-11-20T10:00:00Z', haltReason: '12 of 30 calls failed' });
  expect(halted.title).toMatch(/^The trial of 1\.1\.0 was ended on 20 Nov 2026/);
  expect(halted.text).toBe('12 of 30 calls failed. Its workspaces have the version of all others again.');
});

const impact: Impact = {
  dependents: [
    { plugin: 'interviews', how: 'requires', detail: ['^1.0.0'] },
    { plugin: 'interviews', how: 'calls', detail: ['crm.leads'] },
  ],
  surfaces: { screens: 3, widgets: 1, pages: 0, schedules: 0 },
  tenants: { licensed: 2, switchedOn: 2, pinned: 0 },
  users: 7,
  tables: [{ table: 'leads', rows: 12 }],
  rows: 12,
  files: 0,
  openTasks: 1,
  waitingDeliveries: 0,
};

test('what goes with it, in words; what is none is left out', () => {
  expect(impactFacts(impact, () => 'Interviews')).toEqual([
    ['Workspaces', '2 with a licence, with 7 people'],
    ['Gone at once', '3 screens and 1 widget'],
    ['Its data', '12 rows in 1 table'],
    ['Waiting', '1 open task'],
    ['Interviews', 'stops with it and can call its actions no more'],
  ]);
  const nothing: Impact = {
    ...impact,
    dependents: [],
    surfaces: { screens: 0, widgets: 0, pages: 0, schedules: 0 },
    tenants: { licensed: 0, switchedOn: 0, pinned: 0 },
    rows: 0,
    openTasks: 0,
  };
  expect(impactFacts(nothing, (id) => id)).toEqual([
    ['Workspaces', 'None has a licence'],
    ['Its data', 'None'],
  ]);
});

test('operations, with what else came of them', () => {
  expect([operationTitle({ kind: 'purge' }), operationTitle({ kind: 'other' })]).toEqual(['Deleted for good', 'other']);
  const running = { state: 'running', step: 'migrate' } as const;
  expect(operationChip({ ...running, error: null })).toEqual({ text: 'Under way: migrate', look: 'info' });
  expect(operationChip({ ...running, error: 'The disk is full.' })).toEqual({
    text: 'Is tried again: migrate',
    look: 'warning',
  });
  expect(operationNote({ error: null, outcome: {} })).toBe('');
  expect(operationNote({ error: null, outcome: { lagging: 1, export: '/data/exports/crm.zip' } })).toBe(
    '1 node had not followed yet; they do by themselves. All it had kept is in /data/exports/crm.zip.',
  );
});

test('until when it can be brought back', () => {
  expect(parkedText({ purgeAfter: '2026-12-20T00:00:00Z' })).toMatch(/until 20 Dec 2026\. Restore/);
  expect(parkedText({ purgeAfter: null })).toBe('Its data is kept. Restore brings both back.');
});

test('short names of workspaces are read however they are set apart', () => {
  expect(slugsIn(' acme, northwind;third\nfourth,, ')).toEqual(['acme', 'northwind', 'third', 'fourth']);
  expect(slugsIn('  ')).toEqual([]);
});
