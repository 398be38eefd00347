import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createLockEntry, formatLock, type LockEntry, readLock, writeLock } from '../../../plugins/index.ts';
import type { Command, Output } from '../../command.ts';
import { packageProblems } from '../../package-problems.ts';
import { PROJECT, pluginFolders } from '../../project.ts';

/** The entries of the folders, with the tier the operator has chosen before; other entries stay as they are. */
async function refreshed(
  lockFile: string,
  before: readonly LockEntry[],
  folders: readonly string[],
  output: Output,
): Promise<LockEntry[] | null> {
  const entries = new Map(before.map((entry) => [entry.id, entry]));
  let failed = false;
  for (const folder of folders) {
    try {
      const fresh = await createLockEntry(lockFile, folder, { tier: 'inline', grant: 'all' });
      entries.set(fresh.id, { ...fresh, tier: entries.get(fresh.id)?.tier ?? 'inline' });
    } catch (error) {
      output.err(packageProblems(folder, error));
      failed = true;
    }
  }
  return failed ? null : [...entries.values()];
}

/** `bazaar plugin lock`: pin the plugins of the repository as they are now. */
export const pluginLock: Command = {
  name: 'plugin lock',
  summary: 'Pin the given plugins (all below plugins/ without a name) in plugins.lock.json as they are now.',
  synopsis: '[<folder>…] [--check] [--lock <file>]',
  details: [
    '--check        write nothing; fail when the lock file does not match the folders',
    '--lock <file>  another lock file than plugins.lock.json of the project',
  ],
  options: { check: { type: 'boolean' }, lock: { type: 'string' } },
  arguments: [0, 100],
  async run({ values, positionals, output }) {
    const lockFile = resolve(typeof values.lock === 'string' ? values.lock : join(PROJECT, 'plugins.lock.json'));
    const folders = positionals.length > 0 ? positionals : await pluginFolders(dirname(lockFile));
    const before = await readLock(lockFile);
    const after = await refreshed(lockFile, before, folders, output);
    if (!after) return 1;
    const text = formatLock(after);
    if ((await readFile(lockFile, 'utf8').catch(() => '')) === text) {
      output.out(`${lockFile} is current (${after.length} plugins)`);
      return 0;
    }
    if (values.check !== true) {
      await writeLock(lockFile, after);
      output.out(`${lockFile} written (${after.length} plugins)`);
      return 0;
    }
    const known = new Map(before.map((entry) => [entry.id, JSON.stringify(entry)]));
    const stale = after.filter((entry) => known.get(entry.id) !== JSON.stringify(entry)).map(({ id }) => id);
    output.err(
      `plugins.lock.json is not current: ${stale.join(', ') || 'its form'}. Run: npm run bazaar -- plugin lock`,
    );
    return 1;
  },
};
