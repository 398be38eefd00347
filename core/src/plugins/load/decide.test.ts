import { describe, expect, it } from 'vitest';
import type { LockEntry } from '../types.ts';
import { decide } from './decide.ts';
import { INSTALLED, type PluginRecord, type VersionRecord } from './records.ts';

function version(name: string, rest: Partial<VersionRecord> = {}): VersionRecord {
  return {
    version: name,
    integrity: `sha512-${name}`,
    manifest: {} as VersionRecord['manifest'],
    tier: 'inline',
    granted: [],
    source: './plugins/crm',
    isDescribed: true,
    quarantineReason: null,
    ...rest,
  };
}

function record(versions: VersionRecord[], rest: Partial<PluginRecord> = {}): PluginRecord {
  return {
    id: 'crm',
    state: 'active',
    activeVersion: versions.at(-1)?.version ?? null,
    previousVersion: null,
    parkedVersion: null,
    generation: 1,
    switching: false,
    versions,
    pins: new Map(),
    canary: null,
    ...rest,
  };
}

const FOLDER: LockEntry = {
  id: 'crm',
  version: '1.0.0',
  integrity: 'sha512-1.0.0',
  source: './plugins/crm',
  tier: 'inline',
  grantedCapabilities: [],
};
const KEPT: LockEntry = { ...FOLDER, source: INSTALLED };
const kept = { source: INSTALLED };

describe('what becomes of a plugin at a start', () => {
  it.each<[string, LockEntry | undefined, PluginRecord | undefined, string, boolean?]>([
    ['a new folder in the file', FOLDER, undefined, 'bring'],
    ['what served before', FOLDER, record([version('1.0.0')]), 'serve', false],
    ['a folder whose files have changed', FOLDER, record([version('1.0.0', { integrity: 'other' })]), 'bring'],
    [
      'a folder recorded without what it knew of its tables',
      FOLDER,
      record([version('1.0.0', { isDescribed: false })]),
      'bring',
    ],
    ['a folder put back to an earlier version', FOLDER, record([version('1.0.0'), version('2.0.0')]), 'bring'],
    ['a folder that was taken out and is back', FOLDER, record([version('1.0.0')], { activeVersion: null }), 'bring'],
    ['a folder taken out of the file', undefined, record([version('1.0.0')]), 'retire'],
    ['nothing anywhere', undefined, undefined, 'nothing'],
    ['what was retired before', undefined, record([version('1.0.0')], { activeVersion: null }), 'nothing'],
    ['an installed package', KEPT, record([version('1.0.0', kept)]), 'serve', false],
    [
      'a package upgraded while this node was away',
      KEPT,
      record([version('1.0.0', kept), version('2.0.0', kept)]),
      'serve',
      true,
    ],
    ['a package installed while this node was away', undefined, record([version('1.0.0', kept)]), 'serve', true],
    ['a package upgraded from a folder', FOLDER, record([version('1.0.0'), version('2.0.0', kept)]), 'serve', true],
    [
      'a package that was uninstalled',
      KEPT,
      record([version('1.0.0', kept)], { state: 'parked', activeVersion: null }),
      'parked',
    ],
    ['a package that was purged', undefined, record([], { state: 'purged' }), 'purged'],
    ['a package purged while this node was away', KEPT, record([], { state: 'purged' }), 'purged'],
    ['a folder put back after a purge', FOLDER, record([], { state: 'purged' }), 'bring'],
    ['a package of another database', KEPT, undefined, 'refuse'],
    [
      'a package whose integrity was edited',
      { ...KEPT, integrity: 'sha512-x' },
      record([version('1.0.0', kept)]),
      'refuse',
    ],
  ])('%s', (_what, entry, known, kind, behind) => {
    const decision = decide(entry, known);
    expect(decision.kind).toBe(kind);
    if (decision.kind === 'serve') expect(decision.behind).toBe(behind);
  });

  it('takes a missing file for one that is behind', () => {
    expect(decide(undefined, record([version('1.0.0')]), false)).toMatchObject({ kind: 'serve', behind: true });
  });

  it('tells an edited integrity from a package that is not here', () => {
    const edited = decide({ ...KEPT, integrity: 'sha512-x' }, record([version('1.0.0', kept)]));
    expect(edited).toMatchObject({ reason: expect.stringContaining('not the package that was installed') });
    expect(decide(KEPT, undefined)).toMatchObject({ reason: expect.stringContaining('install it again') });
  });
});
