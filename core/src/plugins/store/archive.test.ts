import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { beforeEach, expect, test } from 'vitest';
import { unpackArchive } from './archive.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bazaar-archive-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

/** Empty files, and folders where the path ends with a slash. */
function archiveOf(paths: readonly string[]): Buffer {
  const blocks = paths.map((path) => {
    const block = Buffer.alloc(512);
    new Header({ path, type: path.endsWith('/') ? 'Directory' : 'File', size: 0, mode: 0o644 }).encode(block);
    return block;
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** The archive with what does not belong there behind its last header. */
function damaged(paths: readonly string[], rubbish: Buffer): Buffer {
  const whole = Buffer.from(gunzipSync(archiveOf(paths)).subarray(0, -1024));
  return gzipSync(Buffer.concat([whole, rubbish]), { level: 0 });
}

const many = (count: number, path: (index: number) => string) => Array.from({ length: count }, (_, i) => path(i));

test('files and folders come out of what was put around them', async () => {
  await unpackArchive(archiveOf(['package/', 'package/src/', 'package/src/plugin.ts', 'package/empty/']), folder);
  expect(readdirSync(folder).sort()).toEqual(['empty', 'src']);
  expect(readFileSync(join(folder, 'src/plugin.ts'), 'utf8')).toBe('');
});

test.each<[string, string[], RegExp]>([
  ['too many files', many(5_001, (index) => `package/${index}`), /more than 5000 files/],
  ['too many folders', many(5_001, (index) => `package/${index}/`), /more than 5000 folders/],
  ['too many folders without entry', many(5_000, (index) => `package/${index}/b/a`), /more than 5000 folders/],
  ['too deep folders', many(200, (index) => `package/${index}${'/a'.repeat(60)}/`), /more than 5000 folders/],
  ['a folder outside', ['package/../../x/'], /lies outside of the package/],
  ['a folder at the root', ['/x/'], /lies outside of the package/],
  ['a file outside', ['package/../x'], /lies outside of the package/],
  ['a file beside the package', ['x'], /lies outside of the package/],
  ['a file twice', ['package/a', 'package/a'], /holds "a" twice/],
  ['a file in each of two folders around', ['package/a', 'other/a'], /holds "a" twice/],
  ['names that differ in case only', ['package/src/A.ts', 'package/src/a.ts'], /twice \(names that differ in case/],
  ['folders that differ in case only', ['package/SRC/a.ts', 'package/src/a.ts'], /twice \(names that differ in case/],
  [
    'names that differ in composition only',
    ['package/\u00e4.ts', 'package/a\u0308.ts'],
    /twice \(names that differ in case/,
  ],
  ['a path of another system', ['package/c:/x/'], /not a portable path/],
])('%s: nothing is written', async (_case, paths, message) => {
  await expect(unpackArchive(archiveOf(paths), folder)).rejects.toThrow(message);
  expect(readdirSync(folder)).toEqual([]);
});

test.each<[string, Buffer]>([
  ['a header that is none', Buffer.alloc(512, 'x')],
  ['many of them', Buffer.alloc(64 * 512, 'x')],
  ['more of them than are read at a time', Buffer.alloc(1024 * 1024, 'x')],
])('%s: is refused, and nothing is left unhandled', async (_case, rubbish) => {
  await expect(unpackArchive(damaged(['package/a'], rubbish), folder)).rejects.toThrow(/not a package as npm packs it/);
  expect(readdirSync(folder)).toEqual([]);
});
