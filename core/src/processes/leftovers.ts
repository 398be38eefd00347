import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, MARK, processMark } from './process-mark.ts';

/** What is in the temporary folder only while a package is looked at. */
const TEMPORARY = new RegExp(`^bazaar-(?:intake|package|verify)-(?:(?<mark>${MARK})-)?\\w{6}$`);
/** What cannot be told to be of a dead process is left alone for so long. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** An empty folder of this process; the next start of a platform removes it should this one be killed. */
export function temporaryFolder(purpose: 'intake' | 'package' | 'verify'): Promise<string> {
  return mkdtemp(join(tmpdir(), `bazaar-${purpose}-${processMark()}-`));
}

export function sweepTemporaryFolders(): Promise<void> {
  return sweep(tmpdir(), TEMPORARY);
}

/** Removes what has been left in a folder by processes that were killed. `names`: with the maker's mark as a group. */
export async function sweep(folder: string, names: RegExp): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const match = names.exec(name);
    if (!match) continue;
    const path = join(folder, name);
    const mark = match.groups?.mark;
    const alive = mark === undefined ? undefined : isAlive(mark);
    if (alive === true || (alive === undefined && (await ageOf(path)) < KEPT_MS)) continue;
    await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
      // Of another user, who will remove it.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EACCES' && code !== 'EPERM') throw error;
    });
  }
}

async function ageOf(path: string): Promise<number> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs;
}
