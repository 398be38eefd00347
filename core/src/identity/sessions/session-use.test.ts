import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSessionUse } from './session-use.ts';

const MINUTE = 60_000;
const query = vi.fn(async (_text: string, _values?: readonly unknown[]) => ({ rows: [], rowCount: 0 }));
const warn = vi.fn();
const use = () => createSessionUse({ platform: { query } } as never, { warn });
const session = (sessionId: string, lastUsedAt = 0) => ({ tenantId: 't', sessionId, lastUsedAt });
const writtenSessions = () => query.mock.calls.map(([, values]) => values?.[1]);

beforeEach(() => {
  vi.useFakeTimers();
  query.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
});

test('however many requests of however many sessions: one statement, each session once in five minutes', async () => {
  const { note } = use();
  const [first, second] = [session('a'), session('b')];
  for (let at = 5 * MINUTE; at < 6 * MINUTE; at += 1000) {
    note(first, at);
    note(second, at);
  }
  expect(query).not.toHaveBeenCalled();
  await vi.runAllTimersAsync();
  expect(writtenSessions()).toEqual([['a', 'b']]);
  expect(query.mock.calls[0]?.[1]?.[2]).toEqual([new Date(5 * MINUTE), new Date(5 * MINUTE)]);

  note(first, 10 * MINUTE - 1);
  await vi.runAllTimersAsync();
  expect(query).toHaveBeenCalledTimes(1);
  note(first, 10 * MINUTE);
  await vi.runAllTimersAsync();
  expect(writtenSessions()).toEqual([['a', 'b'], ['a']]);
});

test('what was noted is written when the platform stops', async () => {
  const { note, close } = use();
  note(session('a'), 5 * MINUTE);
  await close();
  expect(writtenSessions()).toEqual([['a']]);
  await vi.runAllTimersAsync();
  expect(query).toHaveBeenCalledTimes(1);
});

test('a database that refuses is told of in the log, and nowhere else', async () => {
  const { note } = use();
  query.mockRejectedValueOnce(new Error('gone'));
  note(session('a'), 5 * MINUTE);
  await vi.runAllTimersAsync();
  expect(warn).toHaveBeenCalledExactlyOnceWith({ err: new Error('gone'), sessions: 1 }, expect.any(String));
});
