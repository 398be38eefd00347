import { expect, test } from 'vitest';
import { Reading } from './reading.ts';

const host = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

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
