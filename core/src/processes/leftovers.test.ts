import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sweepTemporaryFolders, temporaryFolder } from './leftovers.ts';
import { isAlive, processMark } from './process-mark.ts';

const MARKER = new URL('./process-mark.ts', import.meta.url).href;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-leftovers-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** Another process, and what it calls itself. */
async function another() {
  const code = `import { processMark } from ${JSON.stringify(MARKER)};
    process.stdout.write(processMark());
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [mark] = (await once(child.stdout, 'data')) as [Buffer];
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { mark: mark.toString(), kill };
}

async function left(name: string, age = 0): Promise<void> {
  const path = join(folder, name);
  await mkdir(join(path, 'src'), { recursive: true });
  const then = new Date(Date.now() - age);
  await utimes(path, then, then);
}

const HOUR = 60 * 60 * 1000;

test('of what is in the temporary folder, only what the dead have left is removed', async () => {
  const { mark, kill } = await another();
  const theirs = `bazaar-intake-${mark}-abcDEF`;
  const elsewhere = mark.replace(/^\w+/, '00000000');
  const mine = basename(await temporaryFolder('intake'));
  const kept = [mine, `bazaar-intake-${elsewhere}-abcDEF`, 'bazaar-intake-aBc123', 'bazaar-test-aBc123', 'intake'];
  for (const name of [theirs, ...kept.slice(1)]) await left(name, name.startsWith('bazaar-test') ? 99 * HOUR : HOUR);
  await left(`bazaar-package-${elsewhere}-aBc123`, 25 * HOUR);
  await left('bazaar-verify-aBc123', 25 * HOUR);
  await sweepTemporaryFolders();
  expect((await readdir(folder)).sort()).toEqual([theirs, ...kept].sort());
  await kill();
  await sweepTemporaryFolders();
  expect((await readdir(folder)).sort()).toEqual(kept.sort());
});

test('a process is told from a later one with its number', () => {
  const [place, pid] = processMark().split('-');
  expect(isAlive(processMark())).toBe(true);
  expect(isAlive(`${place}-${pid}-00000000`)).toBe(false);
  expect(isAlive(`00000000-${pid}-00000000`)).toBeUndefined();
});
