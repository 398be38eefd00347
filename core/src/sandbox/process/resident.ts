import { readFile } from 'node:fs/promises';

const PAGE_BYTES = 4096;

/** Memory a process holds; 0 where that cannot be told. */
export async function residentBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES;
}
