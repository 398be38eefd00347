import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** Whether a process of this id exists, a zombie included: it still owns its id. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function statusFile(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return null;
  }
}

/** Whether the process still works: a zombie has let go of everything but its id. */
export function processWorks(pid: number): boolean {
  return processExists(pid) && !/^State:\s+Z/m.test(statusFile(pid) ?? '');
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    if (process.platform === 'linux') return [];
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      .stdout.trim()
      .split(' ');
  }
}

/** Process ids are used again: only a `postgres` started on this very folder is its postmaster. */
export function isPostmasterOf(pid: number, folder: string): boolean {
  const [program = '', ...args] = commandLine(pid);
  return processWorks(pid) && basename(program) === 'postgres' && args.includes(folder);
}

/** Linux: some process whose working directory is the folder, as every PostgreSQL process of a cluster has. */
export function processWorkingIn(folder: string): number | null {
  if (process.platform !== 'linux') return null;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (readlinkSync(`/proc/${entry}/cwd`) === folder) return Number(entry);
    } catch {
      // The process ended meanwhile or belongs to someone whose processes we may not inspect.
    }
  }
  return null;
}

/** Tells one process from a later one with the same id; empty where the system does not say. */
export function processBirth(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    if (process.platform === 'linux') return '';
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  }
}
