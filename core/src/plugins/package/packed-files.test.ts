import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { packArchive, unpackArchive } from '../store/archive.ts';
import { readPackedFiles } from './packed-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bazaar-packed-'));
  write({ 'package.json': '{"name":"a","version":"1.0.0"}', 'src/plugin.ts': 'x', 'plugin.json': '{}' });
  return () => rmSync(folder, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

const integrity = async () => (await readPackedFiles(folder, 'folder')).integrity;

describe('integrity of a package', () => {
  it('depends on paths and contents only', async () => {
    const before = await integrity();
    expect(before).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    utimesSync(join(folder, 'src/plugin.ts'), 0, 0);
    write({ 'dist/ui/a.js': 'built', 'node_modules/x/index.js': 'x', '.git/HEAD': 'x' });
    symlinkSync('/etc/passwd', join(folder, 'src/link.ts'));
    expect(await integrity()).toBe(before);
    for (const change of [{ 'src/plugin.ts': 'y' }, { 'src/more.ts': '' }]) {
      const last = await integrity();
      write(change);
      expect(await integrity()).not.toBe(last);
    }
  });

  it('tells where one file ends and the next begins', async () => {
    write({ 'src/a': 'bc', 'src/b': 'd' });
    const first = await integrity();
    write({ 'src/a': 'b', 'src/b': 'cd' });
    expect(await integrity()).not.toBe(first);
  });

  it('covers what npm would pack', async () => {
    write({ 'package.json': '{"name":"a","version":"1.0.0","files":["plugin.json","src","dist"]}' });
    write({ 'secret.txt': '1', 'README.md': '1', 'dist/ui/a.js': '1', 'dist-notes.txt': '1' });
    expect((await readPackedFiles(folder, 'folder')).paths).toEqual([
      'README.md',
      'package.json',
      'plugin.json',
      'src/plugin.ts',
    ]);
  });

  it('covers all of an archive, whatever the package says of its files', async () => {
    write({
      'package.json': '{"name":"a","version":"1.0.0","files":["plugin.json"]}',
      '.npmignore': 'src',
      'src/b/c': 'x',
    });
    write({ 'dist/ui/a.js': '1', 'node_modules/x/i.js': '1', 'src/node_modules/y.js': '1', '.git/HEAD': '1' });
    const { paths } = await readPackedFiles(folder, 'archive');
    expect(paths).toEqual(['.npmignore', 'package.json', 'plugin.json', 'src/b/c', 'src/plugin.ts']);
  });

  it('is the same of a folder and of its archive', async () => {
    write({ 'package.json': '{"name":"a","version":"1.0.0","files":["plugin.json","src"]}', 'notes.txt': 'x' });
    const { paths, integrity } = await readPackedFiles(folder, 'folder');
    const unpacked = mkdtempSync(join(tmpdir(), 'bazaar-unpacked-'));
    onTestFinished(() => rmSync(unpacked, { recursive: true, force: true }));
    await unpackArchive(await packArchive(folder, paths), unpacked);
    expect(await readPackedFiles(unpacked, 'archive')).toMatchObject({ paths, integrity });
  });

  it.each([
    ['nothing', undefined, /package.json: cannot be read \(ENOENT\)/],
    ['no JSON', '{', /package.json: is not a JSON object/],
    ['a list', '[]', /package.json: is not a JSON object/],
  ])('refuses %s', async (_what, content, message) => {
    if (content === undefined) rmSync(join(folder, 'package.json'));
    else write({ 'package.json': content });
    await expect(readPackedFiles(folder, 'folder')).rejects.toThrow(message);
  });
});
