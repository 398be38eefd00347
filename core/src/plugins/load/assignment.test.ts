import type { Manifest } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { assignmentOf, drawOf, servingVersions, toEntry } from './assignment.ts';
import type { PluginRecord, VersionRecord } from './records.ts';

function version(name: string, rest: Partial<VersionRecord> = {}): VersionRecord {
  return {
    version: name,
    integrity: `sha512-${name}`,
    manifest: { id: 'crm', name: 'CRM', version: name } as Manifest,
    tier: 'sandbox',
    granted: ['files', 'documents'],
    source: 'installed',
    isDescribed: true,
    quarantineReason: null,
    ...rest,
  };
}

const RECORD: PluginRecord = {
  id: 'crm',
  state: 'active',
  activeVersion: '2.0.0',
  previousVersion: '1.0.0',
  parkedVersion: null,
  generation: 1,
  switching: false,
  versions: [version('0.9.0'), version('1.0.0'), version('2.0.0'), version('3.0.0')],
  pins: new Map([['tenant-p', '1.0.0']]),
  canary: {
    version: '3.0.0',
    tenants: ['tenant-c'],
    percent: 0,
    maxErrorRate: 0.05,
    minCalls: 20,
    startedAt: new Date(0),
  },
};

describe('who is served by which version', () => {
  const { versionOf } = assignmentOf(RECORD, []);

  it.each([
    ['tenant-p', '1.0.0'],
    ['tenant-c', '3.0.0'],
    ['anybody', undefined],
  ])('%s: %s', (tenant, expected) => {
    expect(versionOf?.(tenant)).toBe(expected);
  });

  it('asks nobody when all are served alike', () => {
    expect(assignmentOf({ ...RECORD, pins: new Map(), canary: null }, []).versionOf).toBeUndefined();
  });

  it('draws about as many tenants as a trial wants, the same ones each time, others for other plugins', () => {
    const tenants = Array.from({ length: 5_000 }, (_one, index) => `00000000-0000-4000-8000-${index}`);
    const drawn = tenants.filter((tenant) => drawOf('crm', tenant) < 10);
    expect(drawn.length).toBeGreaterThan(400);
    expect(drawn.length).toBeLessThan(600);
    expect(tenants.filter((tenant) => drawOf('crm', tenant) < 10)).toEqual(drawn);
    const both = drawn.filter((tenant) => drawOf('job-board', tenant) < 10);
    expect(both.length).toBeLessThan(drawn.length / 4);
  });

  it('a pin is kept out of a trial of everybody', () => {
    const canary = RECORD.canary && { ...RECORD.canary, percent: 100 };
    const everybody = assignmentOf({ ...RECORD, canary }, []).versionOf;
    expect([everybody?.('tenant-p'), everybody?.('anybody')]).toEqual(['1.0.0', '3.0.0']);
  });

  it('loads what somebody is served by, the version for all first', () => {
    expect(servingVersions(RECORD).map(({ pinned }) => pinned.version)).toEqual(['2.0.0', '1.0.0', '3.0.0']);
  });

  it('takes the operator’s word for tier and grants', () => {
    const said = { id: 'crm', ...pinned('2.0.0'), version: '2.0.0', tier: 'inline' as const, grantedCapabilities: [] };
    const [active, old] = servingVersions(RECORD, {
      ...said,
      otherVersions: { '1.0.0': { ...pinned('1.0.0'), tier: 'inline' } },
    });
    expect(active?.pinned).toMatchObject({ tier: 'inline', grantedCapabilities: [] });
    expect(old?.pinned).toMatchObject({ tier: 'inline', grantedCapabilities: ['documents', 'files'] });
  });
});

function pinned(name: string) {
  return {
    integrity: `sha512-${name}`,
    source: 'installed',
    tier: 'sandbox' as const,
    grantedCapabilities: ['documents', 'files'],
  };
}

describe('the entry in the operator’s file', () => {
  it('names the version for all, and beside it those of single tenants', () => {
    expect(toEntry(RECORD)).toEqual({
      id: 'crm',
      version: '2.0.0',
      ...pinned('2.0.0'),
      otherVersions: { '1.0.0': pinned('1.0.0'), '3.0.0': pinned('3.0.0') },
    });
  });

  it('is missing when nothing serves', () => {
    expect(toEntry({ ...RECORD, state: 'parked', activeVersion: null })).toBeUndefined();
    expect(toEntry({ ...RECORD, activeVersion: null, pins: new Map() })).toBeUndefined();
  });
});
