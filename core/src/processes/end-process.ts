/**
 * V8's own threads may be waiting for the main one, for a garbage collection, while it ends and waits for them: for ever
 * (nodejs/node#54918, seen at a start that failed). A moment in which it has nothing to do lets them finish.
 */
const IDLE_MS = 50;

/** Ends the process with the code once everything has been written, whatever plugins have left running. */
export function endProcess(code: number): void {
  process.stdout.write('', () => setTimeout(() => process.exit(code), IDLE_MS));
}
