import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LockEntry } from '../types.ts';
import { LockKeeper } from './keep-lock.ts';
import { changeLock, formatLock, readLock } from './lock-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-change-lock-'));
  path = join(folder, 'plugins.lock.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  note.mockClear();
});

const note = vi.fn(async (_generations: ReadonlyMap<string, number>) => undefined);
const keeper = () => new LockKeeper(path, { note });

function entry(id: string): LockEntry {
  const integrity = `sha512-${'A'.repeat(86)}==`;
  return { id, version: '1.0.0', integrity, source: `./plugins/${id}`, tier: 'inline', grantedCapabilities: [] };
}

test('of what several write at once nothing is lost, and nothing is left beside the file', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `p${String(index).padStart(2, '0')}`);
  // Half of them as kernels do, each of its own, and half as the command line does.
  const writes = ids.map((id, index) =>
    index % 2 === 0
      ? keeper().put(new Map([[id, { entry: entry(id), generation: index }]]))
      : changeLock(path, (entries) => [...entries, entry(id)]),
  );
  await Promise.all(writes);
  expect((await readLock(path)).map(({ id }) => id)).toEqual(ids);
  expect(await readdir(folder)).toEqual(['plugins.lock.json']);
});

test('what is changed is what is there when nobody else writes any more', async () => {
  await writeFile(path, formatLock([entry('a')]));
  const seen: string[][] = [];
  await changeLock(path, (entries) => {
    seen.push(entries.map(({ id }) => id));
    return [...entries, entry('b')];
  });
  expect(seen).toEqual([['a'], ['a']]);
});

test('what may stay as it is is looked at once, and nothing is claimed for it', async () => {
  await writeFile(path, '{ "lockVersion": 1, "plugins": {} }');
  const change = vi.fn(() => null);
  expect(await changeLock(path, change)).toBe(false);
  expect(change).toHaveBeenCalledExactlyOnceWith([], '{ "lockVersion": 1, "plugins": {} }');
  await keeper().put(new Map([['a', { entry: undefined, generation: 1 }]]));
});

test('what was put is noted once the file says it; of what is left, only the word of the operator', async () => {
  const states = new Map(['a', 'b', 'c'].map((id, index) => [id, { entry: entry(id), generation: index + 1 }]));
  const kept = keeper();
  kept.leave('b', true);
  kept.leave('c', false);
  note.mockImplementationOnce(async () => {
    expect((await readLock(path)).map(({ id }) => id)).toEqual(['a']);
  });
  await kept.put(states);
  expect(note.mock.calls).toEqual([
    [
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    ],
  ]);
});
