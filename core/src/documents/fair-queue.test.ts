import { expect, test } from 'vitest';
import { FairQueue } from './fair-queue.ts';

test('queues take turns, each in its own order', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2', 'a3', 'b1', 'a4', 'c1', 'c2']) queue.add(item.charAt(0), item);
  expect(queue.size).toBe(7);
  const taken = Array.from({ length: 8 }, () => queue.take());
  expect(taken).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', 'a4', undefined]);
  expect(queue.size).toBe(0);
});
