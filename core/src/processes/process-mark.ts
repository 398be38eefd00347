import { hash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Begin of a living process, as the system counts; `undefined` for one that is gone or a zombie. */
export function birthOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  if (process.platform !== 'linux') return '';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, spaces and parentheses included.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    // It ended between the two looks.
    return undefined;
  }
}

const shortly = (text: string) => hash('sha256', text).slice(0, 8);

/** Where numbers of processes mean what they mean here: this machine, and of its containers this one. */
function place(): string {
  try {
    return shortly(`${hostname()} ${readlinkSync('/proc/self/ns/pid')}`);
  } catch {
    // Not Linux, and so no containers.
    return shortly(hostname());
  }
}

/** Form of a mark, `<place>-<pid>-<birth>`, as part of the name of a file. */
export const MARK = '[\\da-f]{8}-\\d+-[\\da-f]{8}';

/** Tells this process from all others, also from later ones with the same number. */
export function processMark(): string {
  return `${place()}-${process.pid}-${shortly(birthOf(process.pid) ?? '')}`;
}

export function pidOf(mark: string): number {
  return Number(mark.split('-')[1]);
}

/** Whether the process with this mark is alive; `undefined` where that cannot be known from here. */
export function isAlive(mark: string): boolean | undefined {
  return mark.startsWith(`${place()}-`) ? isAliveHere(mark) : undefined;
}

/** The same of a process that can only be of this machine, which may have had another name when the process began. */
export function isAliveHere(mark: string): boolean {
  const birth = birthOf(pidOf(mark));
  return birth !== undefined && shortly(birth) === mark.split('-')[2];
}
