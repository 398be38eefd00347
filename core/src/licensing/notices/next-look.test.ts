import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NextLook, pauseUntil } from './next-look.ts';

const NOW = new Date('2026-11-21T03:00:00.000Z');

describe('the pause before the next look', () => {
  it.each<[string, number | null, number]>([
    ['nothing to come', null, 60_000],
    ['a boundary soon', 5_000, 5_010],
    ['a boundary far away', 90_000, 60_000],
    ['a boundary now', 0, 10],
    ['a boundary that passed during the last look', -3_000, 10],
  ])('%s', (_what, inMs, pause) => {
    expect(pauseUntil(inMs === null ? null : new Date(NOW.getTime() + inMs), NOW)).toBe(pause);
  });
});

describe('the next look', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('comes when it was asked for first, however often it is asked for after that', async () => {
    const look = vi.fn(async () => {});
    const next = new NextLook(look);
    next.within(60_000);
    for (let asked = 0; asked < 15; asked += 1) {
      next.within(1_000);
      await vi.advanceTimersByTimeAsync(100);
    }
    // One after a second, for all who had asked by then; the others have one of their own.
    expect(look).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(look).toHaveBeenCalledTimes(2);
  });

  it('is brought nearer, not put off', async () => {
    const look = vi.fn(async () => {});
    const next = new NextLook(look);
    next.within(5_000);
    next.within(2_000);
    next.within(60_000);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(look).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(look).toHaveBeenCalledTimes(1);
  });

  it('waits for the one before it, and is not forgotten when that asks for a later one', async () => {
    const finish: (() => void)[] = [];
    const look = vi.fn(() => new Promise<void>((resolve) => finish.push(resolve)));
    const next = new NextLook(look);
    next.within(0);
    await vi.advanceTimersByTimeAsync(0);
    next.within(1_000);
    await vi.advanceTimersByTimeAsync(500);
    next.within(60_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(look).toHaveBeenCalledTimes(1);
    finish.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(look).toHaveBeenCalledTimes(2);
    const stopped = next.stop();
    next.within(0);
    finish.shift()?.();
    await stopped;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(look).toHaveBeenCalledTimes(2);
  });
});
