import { dirname, join, resolve } from 'node:path';
import { changeLock, createLockEntry, formatLock, type LockEntry, LockFileError } from '../../../plugins/index.ts';
import type { Command, Output } from '../../command.ts';
import { packageProblems } from '../../package-problems.ts';
import { PROJECT, pluginFolders } from '../../project.ts';

/** The packages in the folders as they are; `null` when something is wrong with one. */
async function entriesOf(lockFile: string, folders: readonly string[], output: Output): Promise<LockEntry[] | null> {
  const entries: LockEntry[] = [];
  let failed = false;
  for (const folder of folders) {
    try {
      entries.push(await createLockEntry(lockFile, folder, { tier: 'inline', grant: 'all' }));
    } catch (error) {
      output.err(packageProblems(folder, error));
      failed = true;
    }
  }
  return failed ? null : entries;
}

/** With the tier that the operator has chosen before; what was not named stays as it is. */
function refreshed(before: readonly LockEntry[], fresh: readonly LockEntry[]): LockEntry[] {
  const entries = new Map(before.map((entry) => [entry.id, entry]));
  for (const entry of fresh) entries.set(entry.id, { ...entry, tier: entries.get(entry.id)?.tier ?? 'inline' });
  return [...entries.values()];
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
    // Reading packages takes its time. A kernel may write the file meanwhile, so what stands in it is read afterwards.
    const fresh = await entriesOf(lockFile, folders, output);
    if (!fresh) return 1;
    let count = 0;
    let stale = null as string[] | null;
    const change = (before: readonly LockEntry[], text: string): LockEntry[] | null => {
      const after = refreshed(before, fresh);
      const known = new Map(before.map((entry) => [entry.id, JSON.stringify(entry)]));
      const isCurrent = formatLock(after) === text;
      count = after.length;
      stale = isCurrent ? null : after.filter((one) => known.get(one.id) !== JSON.stringify(one)).map(({ id }) => id);
      return isCurrent || values.check === true ? null : after;
    };
    try {
      if (await changeLock(lockFile, change)) {
        output.out(`${lockFile} written (${count} plugins)`);
        return 0;
      }
    } catch (error) {
      if (!(error instanceof LockFileError)) throw error;
      output.err(error.message);
      return 1;
    }
    if (stale === null) {
      output.out(`${lockFile} is current (${count} plugins)`);
      return 0;
    }
    output.err(
      `plugins.lock.json is not current: ${stale.join(', ') || 'its form'}. Run: npm run bazaar -- plugin lock`,
    );
    return 1;
  },
};
