import { readFile } from 'node:fs/promises';

const PAGE_BYTES = 4096;

/** Memory a process holds; 0 where that cannot be told. */
export async function residentBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES;
}

/** For how many milliseconds the main thread of a process could have run and had no processor; 0 where that cannot be told. */
export async function waitedForProcessor(pid: number): Promise<number> {
  const schedstat = await readFile(`/proc/${pid}/schedstat`, 'latin1').catch(() => '');
  return Number(schedstat.split(' ')[1] ?? 0) / 1_000_000;
}
