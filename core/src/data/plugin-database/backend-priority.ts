import { readFile } from 'node:fs/promises';
import { placeBehind } from '../../processes/index.ts';

/** While there is more work than processors, each statement of a plugin gets about a tenth. */
export const BEHIND_KERNEL = 10;
/** As far as the system goes: for what computes for nobody. */
export const BEHIND_ALL = 19;

/**
 * Where the server is on this machine, its processes for the sessions of plugins come after this process: ten heavy
 * statements at once must not keep everybody's requests waiting. Where that is not ours to say, it stays as it is.
 */
export async function yieldToKernel(pid: number, steps: number): Promise<void> {
  try {
    const title = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    // A server in another container counts its processes otherwise.
    if (!title.startsWith('postgres: ')) return;
    await placeBehind(pid, steps);
  } catch {
    // It has ended, is another user's, or this is no Linux.
  }
}
