import { readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPluginPackage } from '../package/plugin-package.ts';
import type { LockEntry, Tier } from '../types.ts';
import { changeLock } from './lock-file.ts';

/** Absolute folder of a lock entry's `source`: a path relative to the lock file, or an installed package's name. */
export async function sourceFolder(lockFile: string, source: string): Promise<string> {
  const base = dirname(resolve(lockFile));
  if (source.startsWith('.') || isAbsolute(source)) {
    return realpath(resolve(base, source)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new Error(
        `the folder "${source}" is not there; put the package back, or correct "source" in the lock file`,
        {
          cause: error,
        },
      );
    });
  }
  // Not `require.resolve`: the package's exports need not include its package.json.
  const search = createRequire(pathToFileURL(join(base, 'noop.js'))).resolve.paths(source) ?? [];
  for (const folder of search) {
    const candidate = join(folder, source);
    const found = await readFile(join(candidate, 'package.json')).then(
      () => true,
      () => false,
    );
    if (found) return realpath(candidate);
  }
  throw new Error(`the package "${source}" is not installed; install it or correct "source" in the lock file`);
}

export interface LockOptions {
  tier: Tier;
  /** Granted capabilities; `all` grants what the manifest requests. */
  grant: 'all' | readonly string[];
}

/** The entry for the package in a folder. The operator vouches for it by writing it down. */
export async function createLockEntry(lockFile: string, folder: string, options: LockOptions): Promise<LockEntry> {
  const pkg = await readPluginPackage(resolve(folder), 'folder');
  const path = relative(await realpath(dirname(resolve(lockFile))), await realpath(folder))
    .split(sep)
    .join('/');
  return {
    id: pkg.manifest.id,
    version: pkg.manifest.version,
    integrity: pkg.integrity,
    source: path.startsWith('.') ? path : `./${path}`,
    tier: options.tier,
    grantedCapabilities:
      options.grant === 'all'
        ? (pkg.manifest.capabilities ?? []).map((request) => request.capability)
        : [...options.grant],
  };
}

/** Adds or replaces the entries of the packages in these folders, and keeps all others as they are. */
export async function lockPlugins(
  lockFile: string,
  folders: readonly string[],
  options: LockOptions,
): Promise<LockEntry[]> {
  const fresh: LockEntry[] = [];
  for (const folder of folders) fresh.push(await createLockEntry(lockFile, folder, options));
  let after: LockEntry[] = [];
  await changeLock(lockFile, (before) => {
    after = [...new Map([...before, ...fresh].map((entry) => [entry.id, entry])).values()];
    return after;
  });
  return after;
}
