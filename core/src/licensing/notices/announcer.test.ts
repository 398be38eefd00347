import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LicensingDependencies } from '../dependencies.ts';
import { DEFAULT_POLICY } from '../evaluate.ts';
import { Announcer } from './announcer.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-21T03:00:00.000Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

/** An announcer over a database that knows only when the next boundary is. */
function setUp({ next, lookTakesMs = 0 }: { next: Date | null; lookTakesMs?: number }) {
  const looks: number[] = [];
  let taken = false;
  const begun = Date.now();
  const wakers: (() => void)[] = [];
  const query = async (sql: string, values: readonly unknown[]) => {
    if (!sql.includes('as next')) return { rows: [], rowCount: 0 };
    const after = values[0] as Date;
    return { rows: [{ next: next && next > after ? next : null }], rowCount: 1 };
  };
  const tryAcquire = async () => {
    looks.push(Date.now() - begun);
    if (taken) return null;
    await new Promise((resolve) => setTimeout(resolve, lookTakesMs));
    return { lost: new AbortController().signal, release: async () => {} };
  };
  const announcer = new Announcer(
    {
      db: { locks: { tryAcquire }, platform: { query } },
      changes: { listen: (_kind: string, listener: () => void) => wakers.push(listener) && (() => {}) },
      log: pino({ level: 'silent' }),
      now: () => new Date(),
      policy: DEFAULT_POLICY,
    } as unknown as LicensingDependencies,
    { announce: async () => {} },
  );
  const change = () => {
    for (const wake of wakers) wake();
  };
  const hold = (held: boolean) => {
    taken = held;
  };
  return { announcer, looks, change, hold };
}

it('meets a boundary that passes while it looks right after that look', async () => {
  const { announcer, looks } = setUp({ next: new Date(Date.now() + 2_000), lookTakesMs: 5_000 });
  announcer.start();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(looks).toEqual([0, 5_010]);
  await announcer.stop();
});

it('looks again within a second when another node was at it', async () => {
  const { announcer, looks, hold } = setUp({ next: null });
  hold(true);
  announcer.start();
  await vi.advanceTimersByTimeAsync(1_500);
  hold(false);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(looks).toEqual([0, 1_000, 2_000]);
  await announcer.stop();
});

it('meets a boundary to the moment while licences change all the time', async () => {
  const { announcer, looks, change } = setUp({ next: new Date(Date.now() + 10_000) });
  announcer.start();
  for (let changes = 0; changes < 40; changes += 1) {
    await vi.advanceTimersByTimeAsync(300);
    change();
  }
  expect(looks).toContain(10_010);
  await announcer.stop();
});
