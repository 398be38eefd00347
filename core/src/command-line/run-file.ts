import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { birthOf } from '../processes/index.ts';

/** A kernel that runs on this machine, as it has written itself down. */
export interface Running {
  pid: number;
  host: string;
  /** Where it listens, as seen from this machine. */
  url: string;
  /** Drawn at its start: tokens are meant for this process and no other. */
  instance: string;
  /** ISO 8601. */
  startedAt: string;
}

const folderOf = (dataDir: string) => join(dataDir, 'run');

/** The address under which this machine reaches a server that listens on `host`. */
export function localUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/** Writes down that this process serves, readable by its own user only. Resolves with what takes that back. */
export async function announceRunning(
  dataDir: string,
  { url, instance, now }: { url: string; instance: string; now: Date },
): Promise<() => Promise<void>> {
  const folder = folderOf(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { file, running } of await entries(folder)) {
    // Of a process that was killed. Other machines may share the folder: theirs are theirs to remove.
    if (running.host === hostname() && birthOf(running.pid) === undefined) await rm(file, { force: true });
  }
  const file = join(folder, `${process.pid}.json`);
  const running: Running = { pid: process.pid, host: hostname(), url, instance, startedAt: now.toISOString() };
  await writeFile(`${file}.new`, `${JSON.stringify(running)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return () => rm(file, { force: true });
}

/** The kernels of this data folder that run on this machine, the newest first. */
export async function runningKernels(dataDir: string): Promise<Running[]> {
  const found = await entries(folderOf(dataDir));
  return found
    .map(({ running }) => running)
    .filter(({ host, pid }) => host === hostname() && birthOf(pid) !== undefined)
    .sort((a, b) => (a.startedAt > b.startedAt ? -1 : 1));
}

async function entries(folder: string): Promise<{ file: string; running: Running }[]> {
  const names = await readdir(folder).catch(() => []);
  const read = names
    .filter((name) => /^\d+\.json$/.test(name))
    .map(async (name) => {
      const file = join(folder, name);
      const running = parse(await readFile(file, 'utf8').catch(() => ''));
      return running ? [{ file, running }] : [];
    });
  return (await Promise.all(read)).flat();
}

function parse(text: string): Running | undefined {
  try {
    const { pid, host, url, instance, startedAt } = JSON.parse(text) as Partial<Running>;
    const texts = [host, url, instance, startedAt].every((value) => typeof value === 'string');
    return texts && Number.isSafeInteger(pid) ? (JSON.parse(text) as Running) : undefined;
  } catch {
    // Not written to its end, or not by us: as good as absent.
    return undefined;
  }
}
