import { describe, expect, it, test } from 'vitest';
import type { LockEntry } from '../types.ts';
import { withKnownTrust } from './known-trust.ts';
import type { PluginRecord, VersionRecord } from './records.ts';

function version(name: string, rest: Partial<VersionRecord> = {}): VersionRecord {
  return { version: name, integrity: `sha512-${name}`, tier: 'sandbox', granted: ['files'], ...rest } as VersionRecord;
}
const record = {
  id: 'crm',
  versions: [version('1.0.0'), version('2.0.0', { granted: [] })],
} as unknown as PluginRecord;
const entry = (rest: Partial<LockEntry>): LockEntry => ({
  id: 'crm',
  version: '1.0.0',
  integrity: 'sha512-1.0.0',
  source: './plugins/crm',
  tier: 'sandbox',
  grantedCapabilities: ['files'],
  ...rest,
});
const other = (rest: Partial<LockEntry>) => {
  const { id: _id, version: _version, ...pins } = entry({ integrity: 'sha512-2.0.0', ...rest });
  return { '2.0.0': pins };
};

describe('what an old file says of tier and capabilities', () => {
  it.each<[string, Partial<LockEntry>, Partial<LockEntry>]>([
    ['another tier', { tier: 'inline' }, { tier: 'sandbox' }],
    ['more', { grantedCapabilities: ['files', 'http'] }, { grantedCapabilities: ['files'] }],
    ['less', { grantedCapabilities: [] }, { grantedCapabilities: ['files'] }],
    [
      'more for another version that serves',
      { otherVersions: other({ grantedCapabilities: ['http'] }) },
      { otherVersions: other({ grantedCapabilities: [] }) },
    ],
    [
      'more for other files of the same number',
      { integrity: 'sha512-other', grantedCapabilities: ['http'] },
      { integrity: 'sha512-other', grantedCapabilities: ['files'] },
    ],
    [
      'an earlier version, with more',
      { version: '2.0.0', tier: 'inline', grantedCapabilities: ['http'] },
      { version: '2.0.0', tier: 'sandbox', grantedCapabilities: [] },
    ],
  ])('does not hold: %s', (_what, said, holds) => {
    expect(withKnownTrust(entry(said), record)).toEqual(entry(holds));
  });
});

test.each<[string, Partial<LockEntry>]>([
  ['what was decided', {}],
  ['in another order', { version: '3.0.0', grantedCapabilities: ['http', 'files'] }],
  ['a version that nobody has had yet', { version: '3.0.0', tier: 'inline', grantedCapabilities: ['http'] }],
  ['another place', { source: '/srv/crm' }],
])('all else stays as it is written: %s', (_what, said) => {
  const written = entry(said);
  expect(withKnownTrust(written, record)).toBe(written);
});
