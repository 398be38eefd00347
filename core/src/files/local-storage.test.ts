import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalStorage } from './local-storage.ts';
import { storageFailure } from './storage-failure.ts';

const key = '11111111-1111-4111-8111-111111111111/22/22222222-2222-4222-8222-222222222222';
let folder: string;
let storage: LocalStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storage-'));
  storage = new LocalStorage(join(folder, 'files'));
  await writeFile(join(folder, 'incoming'), 'content');
});
afterEach(() => rm(folder, { recursive: true }));

async function all(keys: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of keys) found.push(entry);
  return found;
}

test('keeps a local file under its key, for the kernel only', async () => {
  await storage.keep(join(folder, 'incoming'), key);
  const content = await storage.open(key);
  if (!content) throw new Error('no content');
  expect(await text(content)).toBe('content');
  expect(await storage.localPath(key)).toBe(join(folder, 'files', key));
  expect((await stat(join(folder, 'files', key, '..'))).mode & 0o077).toBe(0);
  await expect(stat(join(folder, 'incoming'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('what is not there is null, and removing it is no error', async () => {
  expect(await storage.open(key)).toBeNull();
  expect(await storage.localPath(key)).toBeNull();
  await storage.keep(join(folder, 'incoming'), key);
  await storage.remove(key);
  await storage.remove(key);
  expect(await storage.localPath(key)).toBeNull();
});

test.each(['../x', '/etc/passwd', `${key}/../x`, key.toUpperCase().replace('1', 'A'), ''])(
  'refuses %j as a key',
  async (bad) => {
    await expect(storage.open(bad)).rejects.toThrow('not a storage key');
  },
);

test('lists the keys of old contents and nothing else', async () => {
  expect(await all(storage.keysOlderThan(new Date()))).toEqual([]);
  await storage.keep(join(folder, 'incoming'), key);
  await mkdir(join(folder, 'files', '.incoming'));
  await writeFile(join(folder, 'files', '.incoming', 'x'), '');
  await writeFile(join(folder, 'files', key, '..', 'foreign'), '');
  expect(await all(storage.keysOlderThan(new Date(0)))).toEqual([]);
  await utimes(join(folder, 'files', key), new Date(0), new Date(0));
  expect(await all(storage.keysOlderThan(new Date(1)))).toEqual([key]);
});

test.each([
  ['ENOSPC', 'storage-full'],
  ['EDQUOT', 'storage-full'],
  ['EROFS', 'storage-read-only'],
  ['EIO', 'storage-failed'],
])('%s is told as %s', (code, reason) => {
  const error = Object.assign(new Error(code), { code, syscall: 'write' });
  expect(storageFailure(error)).toMatchObject({ code: 'unavailable', reason, cause: error });
});

test('an error that is not the disk’s stays as it is', () => {
  const error = new TypeError('bug');
  expect(storageFailure(error)).toBe(error);
});
