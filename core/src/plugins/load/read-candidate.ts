import sdkPackage from '@bazaar/sdk/package.json' with { type: 'json' };
import semver from 'semver';
import { messageOf } from '../../errors/index.ts';
import { readPackedFiles } from '../package/packed-files.ts';
import { interpretPackage, type PluginPackage } from '../package/plugin-package.ts';
import type { LockEntry } from '../types.ts';
import { INSTALLED } from './records.ts';

/** A plugin of the lock file with its package, or with the reason why it has none that may be loaded. */
export type Candidate =
  | { entry: LockEntry; package: PluginPackage; failure?: undefined }
  | { entry: LockEntry; package?: undefined; failure: string };

/** Not what the operator has vouched for, in words. */
export class VouchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VouchError';
  }
}

/** Enough of a hash to tell two apart, in a text for people. */
function shortly(integrity: string): string {
  return `${integrity.slice(0, 23)}…`;
}

/**
 * The package in a folder, if it is what the entry pins. `reviewed`: exactly these files have been reviewed before.
 * Throws `VouchError` or `PackageError`.
 */
export async function readVouchedPackage(folder: string, entry: LockEntry, reviewed: boolean): Promise<PluginPackage> {
  const files = await readPackedFiles(folder, entry.source === INSTALLED ? 'archive' : 'folder');
  // Before anything else is read from it: what was not vouched for is not looked at.
  if (files.integrity !== entry.integrity) {
    throw new VouchError(
      `the package does not match plugins.lock.json: its files have changed since it was installed ` +
        `(expected ${shortly(entry.integrity)}, found ${shortly(files.integrity)}); restore them, or lock the plugin anew if the change is yours`,
    );
  }
  const pkg = interpretPackage(files, reviewed);
  const problems = disagreements(entry, pkg);
  if (problems.length > 0) throw new VouchError(problems.join('; '));
  return pkg;
}

export async function readCandidate(folder: () => Promise<string>, entry: LockEntry): Promise<Candidate> {
  try {
    return { entry, package: await readVouchedPackage(await folder(), entry, false) };
  } catch (error) {
    return { entry, failure: messageOf(error) };
  }
}

/** What is wrong between an entry and the package it names. */
export function disagreements(entry: LockEntry, { manifest }: PluginPackage): string[] {
  const problems: string[] = [];
  if (manifest.id !== entry.id) problems.push(`plugins.lock.json calls it "${entry.id}", plugin.json "${manifest.id}"`);
  if (manifest.version !== entry.version) {
    problems.push(`plugins.lock.json names version ${entry.version}, plugin.json ${manifest.version}`);
  }
  if (!semver.satisfies(sdkPackage.version, manifest.sdk)) {
    problems.push(`it needs the SDK in version ${manifest.sdk}, but this platform has ${sdkPackage.version}`);
  }
  const requested = new Set((manifest.capabilities ?? []).map((request) => request.capability));
  const unasked = entry.grantedCapabilities.filter((capability) => !requested.has(capability));
  if (unasked.length > 0)
    problems.push(`plugins.lock.json grants what plugin.json does not request: ${unasked.join(', ')}`);
  return problems;
}
