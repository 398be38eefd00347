import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UiProblem } from './contract.ts';
import { Reading } from './reading.ts';

const host = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('keeps what was read until the next reading has ended, and why it failed', async () => {
  const answers: (() => string)[] = [
    () => 'first',
    () => {
      throw new Error('no');
    },
    () => 'third',
  ];
  const reading = new Reading(host, async () => answers.shift()?.() ?? '');
  await reading.run();
  expect(reading).toMatchObject({ value: 'first', failure: null, busy: false });
  const second = reading.run();
  expect(reading).toMatchObject({ value: 'first', busy: true });
  await second;
  expect(reading).toMatchObject({ value: 'first', failure: expect.any(Error) as unknown, busy: false });
  await reading.run();
  expect(reading).toMatchObject({ value: 'third', failure: null });
  reading.clear();
  expect(reading.value).toBeNull();
});

test('a reading that was overtaken changes nothing', async () => {
  const pending: ((value: string) => void)[] = [];
  const reading = new Reading(host, () => new Promise<string>((resolve) => pending.push(resolve)));
  const first = reading.run();
  const second = reading.run();
  pending[1]?.('second');
  await second;
  pending[0]?.('first');
  await first;
  expect(reading.value).toBe('second');
});

const refusal = (code: string, reason?: string) =>
  new UiProblem({ status: 503, code, detail: 'Not now.', ...(reason === undefined ? {} : { reason }) });

test.each([
  ['no connection', new TypeError('Failed to fetch')],
  ['a server in trouble', refusal('unavailable', 'deadline-passed')],
  ['too much at once', refusal('rate-limited')],
])('what failed for %s is read again by itself, and what is said of it stays until then', async (_name, failure) => {
  let asked = 0;
  const reading = new Reading(host, async () => {
    asked += 1;
    if (asked < 4) throw failure;
    return 'there';
  });
  await reading.run();
  expect(reading).toMatchObject({ failure, busy: false });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toBe(2);
  // Less and less often.
  await vi.advanceTimersByTimeAsync(1_900);
  expect(asked).toBe(2);
  await vi.advanceTimersByTimeAsync(100);
  expect(reading).toMatchObject({ value: null, failure });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(reading).toMatchObject({ value: 'there', failure: null });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(4);
});

test.each([
  ['not there', new UiProblem({ status: 404, code: 'not-found', detail: 'Gone.' })],
  ['what waiting does not mend', refusal('unavailable', 'plugin-quarantined')],
  ['a fault of the page', new Error('a bug')],
])('what failed for %s is left alone', async (_name, failure) => {
  const read = vi.fn<() => Promise<string>>().mockRejectedValue(failure);
  const reading = new Reading(host, read);
  await reading.run();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledOnce();
});

test('nothing is read again for a screen that is gone, or shows something else', async () => {
  const read = vi.fn<() => Promise<string>>().mockRejectedValue(new TypeError('Failed to fetch'));
  const reading = new Reading(host, read);
  await reading.run();
  reading.clear();
  await reading.run();
  reading.hostDisconnected();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(2);
});
