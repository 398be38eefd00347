import type { LockEntry } from '../types.ts';
import { INSTALLED, type PluginRecord, type VersionRecord } from './records.ts';

/**
 * What to do with a plugin at the start of a node, from the operator's file and from what the platform was told to run
 * last.
 */
export type Decision =
  /** Everything is known: serve what the record says. `behind`: the file must be brought up to it. */
  | { kind: 'serve'; record: PluginRecord; behind: boolean }
  /** The file names something new: read, check, migrate, activate. */
  | { kind: 'bring'; entry: LockEntry }
  | { kind: 'refuse'; entry: LockEntry; reason: string }
  /** The operator has taken it out of the file. */
  | { kind: 'retire'; record: PluginRecord }
  | { kind: 'parked'; record: PluginRecord }
  /** The platform has removed it for good: the file is behind. */
  | { kind: 'purged' }
  | { kind: 'nothing' };

function activeOf(record: PluginRecord | undefined): VersionRecord | undefined {
  return record?.versions.find(({ version }) => version === record.activeVersion);
}

/**
 * Folders belong to the operator: what the file says of them holds. Packages that the platform keeps are changed by its
 * own operations, so there a file that names another known version is only behind. A file that is missing (`hasFile`)
 * says nothing: a new node must not take away what the others serve.
 */
export function decide(entry: LockEntry | undefined, record: PluginRecord | undefined, hasFile = true): Decision {
  const active = activeOf(record);
  if (record?.state === 'parked') return { kind: 'parked', record };
  if (record?.state === 'purged' && (!entry || entry.source === INSTALLED)) return { kind: 'purged' };
  if (!entry) {
    if (!record || !active) return { kind: 'nothing' };
    return active.source === INSTALLED || !hasFile
      ? { kind: 'serve', record, behind: true }
      : { kind: 'retire', record };
  }
  const isKnown = record?.versions.some(
    // Without a description it was installed before descriptions were kept.
    ({ version, integrity, isDescribed }) => version === entry.version && integrity === entry.integrity && isDescribed,
  );
  if (record && active && isKnown) {
    if (active.version === entry.version) return { kind: 'serve', record, behind: false };
    if (active.source === INSTALLED) return { kind: 'serve', record, behind: true };
  }
  if (entry.source !== INSTALLED) return { kind: 'bring', entry };
  return {
    kind: 'refuse',
    entry,
    reason: record?.versions.some(({ version }) => version === entry.version)
      ? `plugins.lock.json names ${entry.integrity} for version ${entry.version}, which is not the package that was installed`
      : `the package of version ${entry.version} is not kept in this database; install it again`,
  };
}
