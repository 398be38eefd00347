import { residentBytes } from '../process/resident.ts';
import type { SandboxLimits } from '../types.ts';
import { FRAME } from '../wire/frames.ts';
import type { ProcessSlot } from './process-slot.ts';

type HealthLimits = Pick<SandboxLimits, 'silenceMs' | 'processResidentMb'>;

/**
 * Kills a process that has work and does not answer, or holds too much memory. `isPunctual`: the kernel itself was not
 * held up since the last look; otherwise it cannot tell who is silent.
 */
export function checkHealth({ process, calls }: ProcessSlot, limits: HealthLimits, isPunctual: boolean): void {
  if (!process?.alive || !process.isStarted) return;
  const now = performance.now();
  if (calls === 0 || !isPunctual) process.heardAt = now;
  else if (now - process.heardAt > limits.silenceMs) process.kill('did not answer');
  process.send(FRAME.ping, 0, 0, 0);
  void residentBytes(process.pid).then((bytes) => {
    if (bytes > limits.processResidentMb * 1024 * 1024) process.kill('took too much memory');
  });
}
