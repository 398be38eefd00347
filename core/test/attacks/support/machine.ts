import { readdirSync, readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;
const TITLE = 60;
/** Per second, of all that /proc says of time; the same on every Linux of today. */
const TICKS = 100;

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The process has ended meanwhile.
    return '';
  }
}

interface ProcessFacts {
  parent: number;
  name: string;
  /** Of its own, and of what it started and has seen ending. */
  cpuSeconds: number;
}

function allProcesses(): Map<number, ProcessFacts> {
  const found = new Map<number, ProcessFacts>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    // The name in brackets may hold anything.
    const [, name = '', rest] = /^\d+ \((.*)\) (.*)$/s.exec(read(`/proc/${entry}/stat`)) ?? [];
    if (rest === undefined) continue;
    const fields = rest.split(' ').map(Number);
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
    found.set(Number(entry), { parent: fields[1] ?? 0, name, cpuSeconds: ticks / TICKS });
  }
  return found;
}

function familyOf(pid: number, processes: ReadonlyMap<number, ProcessFacts>): Set<number> {
  const family = new Set([pid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const [child, { parent }] of processes) if (family.has(parent)) family.add(child);
  }
  return family;
}

/**
 * Megabytes that a process and all that it started hold, by what they call themselves. What they share, as the database's processes do its buffers and
 * all of them the files they were started from, is not counted: each that touches it would be counted as growing by it.
 */
export function residentByTitle(pid: number): Map<string, { processes: number; megabytes: number }> {
  const found = new Map<string, { processes: number; megabytes: number }>();
  for (const member of familyOf(pid, allProcesses())) {
    const [, resident = 0, shared = 0] = read(`/proc/${member}/statm`).split(' ').map(Number);
    const title = read(`/proc/${member}/cmdline`).replaceAll('\0', ' ').trim().slice(0, TITLE);
    const { processes, megabytes } = found.get(title) ?? { processes: 0, megabytes: 0 };
    found.set(title, {
      processes: processes + 1,
      megabytes: megabytes + ((resident - shared) * PAGE_BYTES) / 1024 / 1024,
    });
  }
  return found;
}

export function residentMegabytes(pid: number): number {
  return [...residentByTitle(pid).values()].reduce((sum, { megabytes }) => sum + megabytes, 0);
}

/** Measures how many processors are kept busy by what is none of ours: neither these tests nor a PostgreSQL. */
export function foreignLoad(): () => number {
  const look = () => {
    const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] = (read('/proc/stat').split('\n')[0] ?? '')
      .split(/\s+/)
      .slice(1)
      .map(Number);
    const busy = (user + nice + system + irq + soft + steal) / TICKS;
    const processes = allProcesses();
    const family = familyOf(process.ppid, processes);
    let own = 0;
    for (const [pid, { name, cpuSeconds }] of processes) if (family.has(pid) || name === 'postgres') own += cpuSeconds;
    return { busy, own, at: performance.now() };
  };
  const before = look();
  return () => {
    const after = look();
    const seconds = (after.at - before.at) / 1000;
    return Math.max(0, after.busy - before.busy - (after.own - before.own)) / seconds;
  };
}
