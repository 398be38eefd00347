import { expect, test } from 'vitest';
import type { ShellData } from '../api/types.ts';
import { ShellStore } from './shell-store.ts';

const shell = (openTasks: number): ShellData => ({
  tenant: { id: 't', slug: 'acme', name: 'Acme' },
  user: { id: 'u', name: 'Ada', email: 'a@b', permissions: [] },
  plugins: [],
  navigation: [],
  screens: [],
  widgets: [],
  openTasks,
  demo: false,
});

function store() {
  const waiting: { resolve(data: ShellData): void; reject(error: unknown): void }[] = [];
  const json = () => {
    const { promise, ...settle } = Promise.withResolvers<ShellData>();
    waiting.push(settle);
    return promise;
  };
  return { store: new ShellStore({ json } as never), waiting };
}

test('asked during a reading, it reads once more, however often it was asked', async () => {
  const { store: shellStore, waiting } = store();
  const first = shellStore.load();
  void shellStore.load();
  void shellStore.load();
  waiting[0]?.resolve(shell(1));
  await expect.poll(() => waiting.length).toBe(2);
  expect(shellStore.data?.openTasks).toBe(1);
  waiting[1]?.resolve(shell(2));
  await first;
  expect([waiting.length, shellStore.data?.openTasks]).toEqual([2, 2]);
});

test('a failure leaves what was known and is told', async () => {
  const { store: shellStore, waiting } = store();
  let changes = 0;
  shellStore.onChange(() => {
    changes += 1;
  });
  const reading = shellStore.load();
  waiting[0]?.resolve(shell(1));
  await reading;
  const failing = shellStore.load();
  waiting[1]?.reject(new Error('gone'));
  await failing;
  expect(shellStore.data?.openTasks).toBe(1);
  expect(shellStore.failure).toEqual(new Error('gone'));
  expect(changes).toBe(2);
});

test('an answer for somebody who has left is not taken', async () => {
  const { store: shellStore, waiting } = store();
  const reading = shellStore.load();
  shellStore.clear();
  waiting[0]?.resolve(shell(9));
  await reading;
  expect(shellStore.data).toBeNull();
});
