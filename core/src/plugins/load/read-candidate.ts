import semver from 'semver';
import { sourceFolder } from '../lock/lock-plugins.ts';
import { readPackedFiles } from '../package/packed-files.ts';
import { interpretPackage, type PluginPackage } from '../package/plugin-package.ts';
import type { LockEntry } from '../types.ts';

/** A plugin of the lock file with its package, or with the reason why it has none that may be loaded. */
export type Candidate =
  | { entry: LockEntry; package: PluginPackage; failure?: undefined }
  | { entry: LockEntry; package?: undefined; failure: string };

/** `reviewed` holds the integrities of packages that have been reviewed before. */
export async function readCandidate(
  lockFile: string,
  entry: LockEntry,
  sdkVersion: string,
  reviewed: ReadonlySet<string>,
): Promise<Candidate> {
  try {
    const folder = await sourceFolder(lockFile, entry.source);
    const files = await readPackedFiles(folder);
    // Before anything else is read from it: what was not vouched for is not looked at.
    if (files.integrity !== entry.integrity) {
      return {
        entry,
        failure:
          `the package does not match plugins.lock.json: its files have changed since it was installed ` +
          `(expected ${entry.integrity}, found ${files.integrity}); restore them, or lock the plugin anew if the change is yours`,
      };
    }
    const pkg = interpretPackage(files, reviewed.has(files.integrity));
    const problems = disagreements(entry, pkg, sdkVersion);
    return problems.length > 0 ? { entry, failure: problems.join('; ') } : { entry, package: pkg };
  } catch (error) {
    return { entry, failure: error instanceof Error ? error.message : String(error) };
  }
}

function disagreements(entry: LockEntry, { manifest }: PluginPackage, sdkVersion: string): string[] {
  const problems: string[] = [];
  if (manifest.id !== entry.id) problems.push(`plugins.lock.json calls it "${entry.id}", plugin.json "${manifest.id}"`);
  if (manifest.version !== entry.version) {
    problems.push(`plugins.lock.json names version ${entry.version}, plugin.json ${manifest.version}`);
  }
  if (!semver.satisfies(sdkVersion, manifest.sdk)) {
    problems.push(`it needs the SDK in version ${manifest.sdk}, but this platform has ${sdkVersion}`);
  }
  const requested = new Set((manifest.capabilities ?? []).map((request) => request.capability));
  const unasked = entry.grantedCapabilities.filter((capability) => !requested.has(capability));
  if (unasked.length > 0)
    problems.push(`plugins.lock.json grants what plugin.json does not request: ${unasked.join(', ')}`);
  return problems;
}
