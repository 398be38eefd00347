import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Gate } from './gate.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function isOpen(gate: Gate): Promise<boolean> {
  await vi.advanceTimersByTimeAsync(0);
  return gate.opening === undefined;
}

test('an open gate costs nothing, a closed one is passed when it opens', async () => {
  const gate = new Gate();
  expect(gate.opening).toBeUndefined();
  gate.close(1_000);
  const passed = vi.fn();
  void gate.opening?.then(passed);
  await vi.advanceTimersByTimeAsync(999);
  expect(passed).not.toHaveBeenCalled();
  gate.open();
  expect(await isOpen(gate)).toBe(true);
  expect(passed).toHaveBeenCalledOnce();
  gate.open();
});

test('it opens by itself, counted from when it was closed last', async () => {
  const gate = new Gate();
  gate.close(1_000);
  const passed = vi.fn();
  void gate.opening?.then(passed);
  await vi.advanceTimersByTimeAsync(900);
  gate.close(1_000);
  await vi.advanceTimersByTimeAsync(900);
  expect(await isOpen(gate)).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(await isOpen(gate)).toBe(true);
  expect(passed).toHaveBeenCalledOnce();
});
