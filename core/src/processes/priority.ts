import { constants, getPriority, setPriority } from 'node:os';

/** Puts another process so many steps of niceness behind this one. Returns its niceness; throws as the system does. */
export function placeBehind(pid: number, steps: number): number {
  const niceness = Math.min(getPriority() + steps, constants.priority.PRIORITY_LOW);
  setPriority(pid, niceness);
  return niceness;
}
