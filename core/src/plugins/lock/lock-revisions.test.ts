import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LockRevisions } from './lock-revisions.ts';

let folder: string;
const warn = vi.fn();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-lock-revisions-'));
  warn.mockClear();
});
afterEach(() => rm(folder, { recursive: true }));

async function revisions(lockFile = '/etc/plugins.lock.json', below = folder): Promise<LockRevisions> {
  const found = new LockRevisions(below, lockFile, { warn });
  await found.read();
  return found;
}

test('what was noted is known after a restart, for this file only', async () => {
  const before = await revisions();
  expect(before.isCurrent({ id: 'crm', generation: 2 })).toBe(true);
  await before.note(new Map([['crm', 3]]));
  await before.note(new Map([['stock', 4]]));
  const after = await revisions();
  for (const known of [before, after]) {
    expect(known.isCurrent({ id: 'crm', generation: 3 })).toBe(true);
    expect(known.isCurrent({ id: 'stock', generation: 4 })).toBe(true);
    // Later, or of a database that was put back.
    for (const generation of [2, 4]) expect(known.isCurrent({ id: 'crm', generation })).toBe(false);
  }
  expect((await revisions('/srv/plugins.lock.json')).isCurrent({ id: 'crm', generation: 2 })).toBe(true);
  expect(warn).not.toHaveBeenCalled();
});

test('what cannot be read is not known, and what cannot be written is said', async () => {
  await (await revisions()).note(new Map([['crm', 3]]));
  const [file = ''] = await readdir(folder);
  await writeFile(join(folder, file), '{');
  expect((await revisions()).isCurrent({ id: 'crm', generation: 2 })).toBe(true);
  expect(warn).toHaveBeenCalledOnce();
  const nowhere = await revisions(undefined, join(folder, file));
  await nowhere.note(new Map([['crm', 3]]));
  expect(warn).toHaveBeenCalledTimes(3);
});
