import type { PoolClient } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DeafBackends } from './deaf-backends.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection to a process of the database, of which `active` says who is at work still. */
function connection(processID: number, active: () => number[] = () => []) {
  const destroy = vi.fn();
  const query = vi.fn(async (_text: string, [pids]: [number[]]) => ({
    rows: active()
      .filter((pid) => pids.includes(pid))
      .map((pid) => ({ pid })),
  }));
  return { destroy, client: { processID, connection: { stream: { destroy } }, query } as unknown as PoolClient };
}

it('gives a connection up that does not answer for three times as long as a statement may take', () => {
  const deaf = new DeafBackends();
  const { client, destroy } = connection(1);
  const givenUp = vi.fn();
  deaf.expectAnswer(client, givenUp);
  vi.advanceTimersByTime(14_000);
  expect(destroy).not.toHaveBeenCalled();
  expect(givenUp).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2_000);
  expect(givenUp).toHaveBeenCalledExactlyOnceWith(1);
  expect(destroy).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ code: 'unavailable', reason: 'statement-timeout' }),
  );
});

it('leaves one alone that answers', () => {
  const deaf = new DeafBackends();
  const { client, destroy } = connection(1);
  const givenUp = vi.fn();
  deaf.expectAnswer(client, givenUp)();
  vi.advanceTimersByTime(60_000);
  expect(destroy).not.toHaveBeenCalled();
  expect(givenUp).not.toHaveBeenCalled();
});

it('gives no more connections while three compute for nobody, and again when they have ended', async () => {
  const deaf = new DeafBackends();
  let active = [1, 2, 3];
  for (const pid of active) {
    expect(deaf.areTooMany).toBe(false);
    deaf.expectAnswer(connection(pid).client, vi.fn());
    vi.advanceTimersByTime(15_000);
  }
  expect(deaf.areTooMany).toBe(true);
  const { client } = connection(9, () => active);
  await expect(deaf.look(client)).rejects.toMatchObject({ code: 'unavailable', reason: 'statement-timeout' });
  expect(deaf.areTooMany).toBe(true);
  active = [2];
  await deaf.look(client);
  expect(deaf.areTooMany).toBe(false);
});
