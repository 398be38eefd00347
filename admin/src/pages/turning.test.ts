import { expect, test } from 'vitest';
import { Turning } from './turning.ts';

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
  const turning = new Turning(host, async (cursor) => {
    asked.push(cursor);
    const nextCursor = next.get(cursor);
    return { items: [], ...(nextCursor === undefined ? {} : { nextCursor }) };
  });
  await turning.run();
  await turning.newer();
  await turning.older();
  await turning.older();
  expect([turning.page, turning.hasOlder]).toEqual([3, false]);
  await turning.older();
  await turning.newer();
  expect([turning.page, turning.hasOlder]).toEqual([2, true]);
  await turning.restart();
  expect(turning.page).toBe(1);
  expect(asked).toEqual([undefined, 'second', 'third', 'second', undefined]);
});
