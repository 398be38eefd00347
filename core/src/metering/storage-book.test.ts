import { expect, it, vi } from 'vitest';
import { StorageBook } from './storage-book.ts';

function book(sizes: Record<string, () => number>) {
  const measure = vi.fn(async (plugin: string) => sizes[plugin]?.() ?? 0);
  const warn = vi.fn();
  const log = { debug: vi.fn(), info: vi.fn(), warn, error: vi.fn() };
  return { measure, warn, storage: new StorageBook(measure, log) };
}

it('measures what was written to since the last look, and nothing else', async () => {
  let bytes = 10;
  const { storage, measure } = book({ crm: () => bytes });
  await storage.look();
  expect(measure).not.toHaveBeenCalled();
  expect(storage.beforeGrowth('crm')).toBe(0);
  await storage.look();
  await storage.look();
  expect(measure).toHaveBeenCalledExactlyOnceWith('crm');
  bytes = 20;
  // Asking is enough: what was refused must be looked at again, too.
  expect(storage.beforeGrowth('crm')).toBe(10);
  await storage.look();
  expect(storage.bytes).toEqual(new Map([['crm', 20]]));
});

it('tries again what could not be measured, keeps what it knew, and goes on with the others', async () => {
  let isLocked = false;
  const crm = () => {
    if (isLocked) throw new Error('locked');
    return 10;
  };
  const { storage, warn } = book({ crm, jobs: () => 5 });
  storage.beforeGrowth('crm');
  await storage.look();
  isLocked = true;
  storage.beforeGrowth('crm');
  storage.beforeGrowth('jobs');
  await storage.look();
  expect(warn).toHaveBeenCalledOnce();
  expect(Object.fromEntries(storage.bytes)).toEqual({ crm: 10, jobs: 5 });
  isLocked = false;
  await storage.look();
  expect(warn).toHaveBeenCalledOnce();
});
