import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Code that no kernel has marked as used for this long belonged to an old release. */
const UNUSED_MS = 24 * 60 * 60 * 1000;

const OURS = /^sandbox-[0-9a-f]{16}(\.|$)/;

/** Marks a folder as used by a kernel on this host. To be repeated while that is so. */
export function markUsed(folder: string): void {
  const now = new Date();
  utimesSync(folder, now, now);
}

/** Removes what other states of the code have left behind, finished or not. Kernels of other releases keep theirs. */
export function removeOldCode(home: string): void {
  const before = Date.now() - UNUSED_MS;
  for (const name of readdirSync(home)) {
    const folder = join(home, name);
    if (!OURS.test(name) || (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? before) >= before) continue;
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another kernel may be removing it as well; what stays is tried again at the next start.
    }
  }
}
