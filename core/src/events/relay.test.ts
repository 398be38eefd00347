import { expect, test } from 'vitest';
import { DEFAULT_TIMING, type EventsOptions } from './options.ts';
import { Relay } from './relay.ts';

test('told to stop, the relay leaves what waits behind the batch at hand', async () => {
  let moved = 0;
  const platform = {
    query: async () => ({ rows: [{ waiting: true }] }),
    transaction: async () => {
      moved += 1;
      if (moved === 3) relay.stop();
      return { batch: { events: [], deliveries: [] }, subscriptions: { all: [], route: () => undefined } };
    },
  };
  const relay = new Relay({ db: { platform } } as unknown as EventsOptions, DEFAULT_TIMING);
  await relay.run();
  expect(moved).toBe(3);
  await relay.run();
  expect(moved).toBe(3);
});
