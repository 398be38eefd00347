import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StartupError } from '../errors/index.ts';
import { processMark } from '../processes/index.ts';
import { keptSecret, prepareDataDir } from './data-dir.ts';
import { lockInstance } from './instance-lock.ts';

const [PLACE, , BIRTH] = processMark().split('-');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-data-dir-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('prepareDataDir', () => {
  test('makes the folder and leaves nothing in it', async () => {
    const dataDir = join(folder, 'a/b');
    await prepareDataDir(dataDir);
    expect(await readdir(dataDir)).toEqual([]);
  });

  test.each(['file', 'file/below'])('refuses %s in words', async (path) => {
    await writeFile(join(folder, 'file'), '');
    await expect(prepareDataDir(join(folder, path))).rejects.toThrow(
      /data folder .* cannot be used: .*a file.*BAZAAR_DATA_DIR/,
    );
  });
});

describe('keptSecret', () => {
  test('is made once, for its owner only', async () => {
    const secrets = await Promise.all([keptSecret(folder), keptSecret(folder), keptSecret(folder)]);
    expect(new Set(secrets).size).toBe(1);
    expect(await keptSecret(folder)).toBe(secrets[0]);
    expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secret']);
  });

  test('a damaged one is not replaced: sealed data would be lost', async () => {
    await writeFile(join(folder, 'secret'), '');
    await expect(keptSecret(folder)).rejects.toThrow(StartupError);
    expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('');
  });
});

describe('lockInstance', () => {
  test('one holder at a time', async () => {
    const release = await lockInstance(folder);
    await expect(lockInstance(folder)).rejects.toThrow(/already running on .*process/);
    await release();
    expect(await readdir(folder)).toEqual([]);
    await (await lockInstance(folder))();
  });

  test.each([
    ['of a dead process', JSON.stringify({ mark: `${PLACE}-${2 ** 22 - 1}-${BIRTH}`, running: true })],
    [
      'of another process that had our number',
      JSON.stringify({ mark: `${PLACE}-${process.pid}-00000000`, running: true }),
    ],
    ['cut short by a power failure', '{"pid":'],
    ['empty', ''],
  ])('a file %s does not count, and only one of many gets past it', async (_case, content) => {
    await writeFile(join(folder, `bazaar-${randomUUID()}.lock`), content);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockInstance(folder)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(StartupError);
      else await outcome.value();
    }
    expect(await readdir(folder)).toEqual([]);
  });
});
