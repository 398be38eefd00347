import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { readPackedFiles } from '../package/packed-files.ts';
import { PackageStore } from './package-store.ts';

let root: string;
const forgotten: string[] = [];
const built = { forget: async (integrity: string) => void forgotten.push(integrity) };
/** Of packages in the database. */
let kept: string[] = [];
const sql = {
  query: async () => ({ rows: kept.map((integrity) => ({ integrity })), rowCount: kept.length }),
} as unknown as ConstructorParameters<typeof PackageStore>[0];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bazaar-store-'));
  forgotten.length = 0;
  kept = [];
  return () => rmSync(root, { recursive: true, force: true });
});

async function unpacked(id: string, version: string): Promise<string> {
  const folder = join(root, id, version);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: id, version }));
  return (await readPackedFiles(folder, 'archive')).integrity;
}

test('of a plugin that is removed nothing stays, neither unpacked nor built', async () => {
  const gone = [await unpacked('a', '1.0.0-x'), await unpacked('a', '1.1.0-y')];
  mkdirSync(join(root, 'a', 'damaged'));
  await unpacked('b', '1.0.0-z');
  await new PackageStore(sql, root, built).dropAll('a');
  expect(forgotten.sort()).toEqual(gone.sort());
  expect(readdirSync(root)).toEqual(['b']);
});

test('of a version that is removed nothing stays', async () => {
  const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
  await new PackageStore(sql, root, built).drop('a', '1.0.0', integrity);
  expect(forgotten).toEqual([integrity]);
});

test('what was dropped while the node was away goes when it starts; what is kept stays', async () => {
  const place = async (id: string, version: string) => {
    const integrity = await unpacked(id, version);
    const short = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex').slice(0, 12);
    renameSync(join(root, id, version), join(root, id, `${version}-${short}`));
    return integrity;
  };
  const stays = await place('a', '1.0.0-rc-1');
  const gone = [await place('a', '1.1.0'), await place('purged', '1.0.0')];
  mkdirSync(join(root, 'a', 'damaged'));
  mkdirSync(join(root, '.unpacking-now'));
  kept = [stays];
  await new PackageStore(sql, root, built).sweep();
  expect(forgotten.sort()).toEqual(gone.sort());
  expect(readdirSync(root).sort()).toEqual(['.unpacking-now', 'a']);
  expect(readdirSync(join(root, 'a'))).toEqual([expect.stringMatching(/^1\.0\.0-rc-1-/)]);
});
