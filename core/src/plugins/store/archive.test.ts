import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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
  ['a path of another system', ['package/c:/x/'], /not a portable path/],
])('%s: nothing is written', async (_case, paths, message) => {
  await expect(unpackArchive(archiveOf(paths), folder)).rejects.toThrow(message);
  expect(readdirSync(folder)).toEqual([]);
});
