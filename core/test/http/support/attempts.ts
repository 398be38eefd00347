import type { Platform } from '@bazaar/sdk/testing';

const AT_ONCE = 6;

/** Does something with each attempt, a few at a time; returns how many there were. */
export async function inTurns<Attempt>(
  attempts: Iterable<Attempt>,
  work: (attempt: Attempt) => Promise<void>,
): Promise<number> {
  const all = [...attempts];
  // Shared: each worker goes on with what none has begun.
  const waiting = all.values();
  const worker = async () => {
    for (const attempt of waiting) await work(attempt);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return all.length;
}

/** Lines of the platform's log about requests that it could not answer. */
export function loggedFailures(platform: Pick<Platform, 'log'>): string[] {
  return platform
    .log()
    .split('\n')
    .filter((line) => line.includes('"msg":"request failed"'));
}
