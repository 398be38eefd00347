import type { LockEntry } from '../types.ts';
import type { PluginRecord } from './records.ts';

type Trust = Pick<LockEntry, 'tier' | 'grantedCapabilities'>;

const sorted = ({ tier, grantedCapabilities }: Trust) => JSON.stringify([tier, [...grantedCapabilities].sort()]);

/**
 * What a file says that may be older than the last decision about the plugin: of the versions that the platform knows, in
 * the tier and with the capabilities that were decided last. The same object when it says just that.
 */
export function withKnownTrust(entry: LockEntry, { versions }: PluginRecord): LockEntry {
  const known = (version: string): Trust | undefined => {
    const found = versions.find((one) => one.version === version);
    return found && { tier: found.tier, grantedCapabilities: [...found.granted].sort() };
  };
  const differs = (version: string, said: Trust) => {
    const decided = known(version);
    return decided !== undefined && sorted(decided) !== sorted(said);
  };
  const { version, otherVersions = {} } = entry;
  if (!differs(version, entry) && !Object.entries(otherVersions).some(([other, said]) => differs(other, said))) {
    return entry;
  }
  const others = Object.entries(otherVersions).map(([other, said]) => [other, { ...said, ...known(other) }]);
  return {
    ...entry,
    ...known(version),
    ...(others.length === 0 ? {} : { otherVersions: Object.fromEntries(others) }),
  };
}
