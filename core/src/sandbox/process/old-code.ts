import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Code that no kernel has said to need for so long is gone with the release it was of. */
const UNUSED_MS = 24 * 60 * 60 * 1000;

const OURS = /^sandbox-[0-9a-f]{16}(\.|$)/;

/** Says that a kernel on this host starts processes from this folder. To be repeated while that is so. */
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
