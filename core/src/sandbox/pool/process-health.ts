import { residentBytes, waitedForProcessor } from '../process/resident.ts';
import type { SandboxLimits } from '../types.ts';
import { FRAME } from '../wire/frames.ts';
import type { ProcessSlot } from './process-slot.ts';

type HealthLimits = Pick<SandboxLimits, 'silenceMs' | 'processResidentMb'>;

/** Why a process was killed, when it was for that. */
export const TOO_MUCH_MEMORY = 'took too much memory';

/** What a process holds at rest, and for each isolate, in megabytes. More is what guests have left behind. */
const RESTING_MB = 256;
const ISOLATE_MB = 10;

/**
 * Kills a process that has work and a processor and does not answer, or that holds too much memory. `isPunctual`: the
 * kernel itself was not held up since the last check; otherwise it cannot tell who is silent. Resolves with whether the
 * process should be replaced once its work is finished.
 */
export async function checkHealth(
  { process, calls, isolates }: ProcessSlot,
  limits: HealthLimits,
  isPunctual: boolean,
): Promise<boolean> {
  if (!process?.alive || !process.isStarted) return false;
  const now = performance.now();
  if (calls === 0 || !isPunctual || process.isHeld) process.heardAt = now;
  process.send(FRAME.ping);
  const waited = await waitedForProcessor(process.pid);
  if (process.silence.measure(now, process.heardAt, waited) > limits.silenceMs) process.kill('did not answer');
  const megabytes = (await residentBytes(process.pid)) / 1024 / 1024;
  if (megabytes > limits.processResidentMb) process.kill(TOO_MUCH_MEMORY);
  return megabytes > RESTING_MB + ISOLATE_MB * isolates.size;
}
