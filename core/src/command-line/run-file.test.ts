import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announceRunning, localUrl, runningKernels } from './run-file.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bazaar-run-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const about = { url: 'http://127.0.0.1:4000', instance: 'one', now: new Date('2026-11-21T03:00:00Z') };
const own = () => join(dataDir, 'run', `${process.pid}.json`);

async function leave(pid: number, change: object = {}): Promise<void> {
  const running = JSON.parse(await readFile(own(), 'utf8')) as object;
  await writeFile(join(dataDir, 'run', `${pid}.json`), JSON.stringify({ ...running, pid, ...change }));
}

/** No process has it: above the largest that systems give. */
const DEAD = 4_194_999;

describe('the file of a running kernel', () => {
  it('is there while it runs, for its own user only', async () => {
    const withdraw = await announceRunning(dataDir, about);
    expect((await stat(own())).mode & 0o777).toBe(0o600);
    expect(await runningKernels(dataDir)).toMatchObject([{ pid: process.pid, url: about.url, instance: 'one' }]);
    await withdraw();
    expect(await runningKernels(dataDir)).toEqual([]);
    await withdraw();
  });

  it('of a process that was killed counts for nothing, and is removed by the next start', async () => {
    await announceRunning(dataDir, about);
    await leave(DEAD);
    await leave(DEAD - 1, { host: 'another-machine' });
    expect((await runningKernels(dataDir)).map(({ pid }) => pid)).toEqual([process.pid]);
    await announceRunning(dataDir, about);
    expect((await readdir(join(dataDir, 'run'))).sort()).toEqual([`${process.pid}.json`, `${DEAD - 1}.json`].sort());
  });

  it('that is damaged is overlooked', async () => {
    await announceRunning(dataDir, about);
    await writeFile(join(dataDir, 'run', '1.json'), '{"pid":1');
    await writeFile(join(dataDir, 'run', '2.json'), '{"pid":"2"}');
    expect(await runningKernels(dataDir)).toHaveLength(1);
  });

  it('without a folder there is none', async () => {
    expect(await runningKernels(join(dataDir, 'none'))).toEqual([]);
  });
});

it.each([
  ['127.0.0.1', 'http://127.0.0.1:1'],
  ['0.0.0.0', 'http://127.0.0.1:1'],
  ['::', 'http://[::1]:1'],
  ['localhost', 'http://localhost:1'],
])('a server that listens on %s is reached at %s', (host, url) => {
  expect(localUrl(host, 1)).toBe(url);
});
