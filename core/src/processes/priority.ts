import { writeFile } from 'node:fs/promises';
import { constants, getPriority, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who is not root may change one session each tenth of a second, on the whole machine. */
const AGAIN_MS = 110;
const ATTEMPTS = 20;

/**
 * Places a process that leads a session of its own so many steps of niceness behind this one, with all that is in its
 * session. The niceness itself is set before this returns; rejects as the system does.
 */
export async function placeBehind(pid: number, steps: number): Promise<void> {
  const niceness = Math.min(getPriority() + steps, constants.priority.PRIORITY_LOW);
  setPriority(pid, niceness);
  // Linux may share processors out between sessions before it looks into them.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await writeFile(`/proc/${pid}/autogroup`, String(niceness));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || attempt === ATTEMPTS) throw error;
      await sleep(AGAIN_MS, undefined, { ref: false });
    }
  }
}
