import { expect, test } from 'vitest';
import { Pager } from './pager.ts';

const host = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
  app: { realtime: { on: () => () => undefined } },
};

test('goes to older pages and back, and starts again', async () => {
  const asked: (string | undefined)[] = [];
  const next = new Map<string | undefined, string>([
    [undefined, 'second'],
    ['second', 'third'],
  ]);
  const pager = new Pager(host, async (cursor) => {
    asked.push(cursor);
    const nextCursor = next.get(cursor);
    return { items: [], ...(nextCursor === undefined ? {} : { nextCursor }) };
  });
  await pager.run();
  await pager.newer();
  await pager.older();
  await pager.older();
  expect([pager.page, pager.hasOlder]).toEqual([3, false]);
  await pager.older();
  await pager.newer();
  expect([pager.page, pager.hasOlder]).toEqual([2, true]);
  await pager.restart();
  expect(pager.page).toBe(1);
  expect(asked).toEqual([undefined, 'second', 'third', 'second', undefined]);
});
