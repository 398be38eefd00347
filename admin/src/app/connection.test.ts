import { expect, test, vi } from 'vitest';
import { Connection } from './connection.ts';

test('lost until the server answers again', async () => {
  vi.useFakeTimers();
  let reachable = false;
  const target = new EventTarget();
  const connection = new Connection(target, async () => reachable);
  const seen: boolean[] = [];
  connection.onChange(() => seen.push(connection.offline));

  connection.lost();
  connection.lost();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(seen).toEqual([true]);

  reachable = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seen).toEqual([true, false]);

  target.dispatchEvent(new Event('offline'));
  expect(connection.offline).toBe(true);
  expect(await connection.retry()).toBe(true);
  expect(seen).toEqual([true, false, true, false]);
  vi.useRealTimers();
});
