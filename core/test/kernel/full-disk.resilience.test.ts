import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Agency, demoCv } from './agency.ts';
import { type MainProcess, startMain, stopAll } from './main-process.ts';

function mount(...options: string[]): void {
  execFileSync('mount', options, { stdio: 'ignore' });
}

/** Whether this user may mount disks at all: only root, and not in every container. */
function mayMount(): boolean {
  const probe = join(tmpdir(), `bazaar-mount-${process.pid}`);
  mkdirSync(probe);
  try {
    mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe);
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true });
  }
}

const SKIP = !mayMount();
const title = SKIP ? 'a small disk (skipped: mounting one takes the rights of root)' : 'a small disk';

let folder: string;
/** A disk of its own, in `folder`. */
let disk: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-disk-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function fill(): void {
  const block = Buffer.alloc(64 * 1024);
  try {
    for (;;) appendFileSync(join(disk, 'ballast'), block);
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
}

function left(): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}

function makeRoom(): void {
  rmSync(join(disk, 'ballast'));
}

const start = () => startMain({ BAZAAR_DATA_DIR: join(disk, 'data') });

async function refusal(main: MainProcess): Promise<string> {
  expect(await main.exit).toBe(1);
  expect(main.out()).not.toContain('Ready');
  return main.err().trimEnd();
}

describe.skipIf(SKIP)(title, { timeout: 120_000 }, () => {
  let count = 0;
  const size = (megabytes: number) => mount('-o', `remount,size=${megabytes}m`, disk);
  beforeEach(() => {
    disk = join(folder, `disk-${++count}`);
    mkdirSync(disk);
    mount('-t', 'tmpfs', '-o', 'size=300m,mode=0755', 'tmpfs', disk);
  });
  afterEach(async () => {
    await stopAll();
    execFileSync('umount', ['-l', disk]);
  });

  test('too small for a database: one line, and nothing that stands in the way of a later start', async () => {
    size(20);
    const first = start();
    expect(await refusal(first)).toMatch(/^bazaar: The disk that holds the data folder \S+ is full.*64 MB.*$/);
    expect((await readdir(join(disk, 'data'))).filter((name) => name !== 'secret')).toEqual([]);
    size(300);
    await start().ready;
  });

  test('read-only: one line', async () => {
    mount('-o', 'remount,ro', disk);
    const words = await refusal(start());
    expect(words).toMatch(/^bazaar: The data folder \S+ cannot be used: the file system is read-only\..*$/);
    mount('-o', 'remount,rw', disk);
    expect(await readdir(disk)).toEqual([]);
  });

  test.each(['Creating the database', 'Starting the database', 'Preparing the database', 'Loading plugins'])(
    'full from "%s" on: a clear line, and the next start with room works',
    async (step) => {
      const first = start();
      await expect.poll(() => first.out(), { timeout: 30_000, interval: 5 }).toContain(step);
      fill();
      // The last step may have been over before the disk was full.
      const outcome = await Promise.race([first.exit, first.ready.catch(() => first.exit)]);
      if (outcome === 1) {
        const words = await refusal(first);
        expect(words).toMatch(/^bazaar: The disk that holds the data folder \S+ is full[^\n]*$/m);
        expect(words).not.toMatch(/\bat .*:\d+:\d+/);
      } else expect(outcome).toMatch(/^http:/);
      await stopAll();
      makeRoom();
      const second = start();
      await second.ready;
      expect(second.err()).toBe('');
    },
  );

  test('full while it runs: uploads are refused in words and leave nothing; with room they are taken', async () => {
    const agency = new Agency(disk);
    await agency.open();
    await agency.apply('Maya Lindqvist', await demoCv('maya-lindqvist.pdf'));
    const stored = async () => (await readdir(join(agency.dataDir, 'files'), { recursive: true })).sort();
    const before = await stored();
    fill();
    expect(left()).toBeLessThan(1024 * 1024);
    const cv = await demoCv('quinn-halvorsen.docx');
    expect(await agency.tryToApply('Quinn Halvorsen', cv)).toMatchObject({
      status: 503,
      answer: { code: 'unavailable', reason: 'storage-full', detail: expect.stringContaining('Nothing was stored') },
    });
    expect(await stored()).toEqual(before);
    await agency.stop();
    expect(await refusal(start())).toMatch(/^bazaar: The disk .* is full.*$/);
    makeRoom();
    await agency.startAgain();
    await agency.apply('Quinn Halvorsen', cv);
    expect((await stored()).length).toBeGreaterThan(before.length);
  });
});
