import { existsSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { DatabaseWarning } from '../contract.ts';

const MEGABYTE = 1024 * 1024;
/** Building an index took 60 MB, vacuum as much, and reading the largest JSON that a plugin can send (16 MB) 125 MB. */
const LEAST = 128 * MEGABYTE;
/** The JSON of 300,000 rows took 70 MB. */
const MOST = 512 * MEGABYTE;
/** A plugin has ten sessions: together they leave a third of the machine to everybody else. */
const SHARE = 1 / 16;

const SHELL = '/bin/sh';

/** What one process of the server may have for itself, beside the memory that all of them share. */
export function memoryLimit(machineBytes: number): number {
  return Math.min(MOST, Math.max(LEAST, Math.floor(machineBytes * SHARE)));
}

function machineBytes(): number {
  const container = process.constrainedMemory();
  return container > 0 ? Math.min(container, totalmem()) : totalmem();
}

/**
 * The command that starts a program with the limit, which all of its processes inherit. Within it, a statement that
 * wants too much fails with “out of memory”; beyond the machine's memory, the system would kill a process, and
 * PostgreSQL ends all sessions when it loses one. Where the limit cannot be set, the program starts without.
 */
export function withMemoryLimit(program: string, args: readonly string[]): [program: string, args: string[]] {
  if (!existsSync(SHELL)) return [program, [...args]];
  const kilobytes = String(memoryLimit(machineBytes()) / 1024);
  // Private writable memory only: unlike the whole address space, it does not grow with what is shared or mapped.
  const script = 'ulimit -d "$1" 2>/dev/null; shift; exec "$@"';
  return [SHELL, ['-c', script, 'sh', kilobytes, program, ...args]];
}

/** Whether the running server has the limit; one that was taken over may have been started without. */
export function memoryWarnings(pid: number): DatabaseWarning[] {
  return isLimited(pid) ? [] : [UNLIMITED];
}

function isLimited(pid: number): boolean {
  try {
    const limit = /^Max data size\s+(\S+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1];
    return limit !== undefined && limit !== 'unlimited';
  } catch {
    // No Linux; others do not enforce it.
    return false;
  }
}

const UNLIMITED: DatabaseWarning = {
  code: 'database-memory-unlimited',
  message:
    'The memory of the embedded PostgreSQL’s processes is not limited: a statement of a plugin may take all of the machine’s. Only Linux has such a limit; a server that was still running has it after the platform was stopped and started.',
};
