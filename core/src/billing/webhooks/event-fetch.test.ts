import { expect, test } from 'vitest';
import type { ProviderEvent } from '../gateway/index.ts';
import { EventFetch } from './event-fetch.ts';

const HOUR = 3_600_000;

const event = (id: string, account: string | null, at: number): ProviderEvent => ({
  id,
  type: account === null ? 'customer.updated' : 'payout.failed',
  account,
  customer: null,
  object: 'some_1',
  subjects: account === null ? { customer: 'cus_1' } : {},
  occurredAt: new Date(at),
});

test('the platform’s events and those of each account are fetched, each from where it was last', async () => {
  const now = Date.now();
  const told = new Map<string | null, ProviderEvent[]>([
    [null, [event('evt_1', null, now)]],
    ['acct_new', [event('evt_2', 'acct_new', now)]],
    ['acct_known', [event('evt_3', 'acct_known', now), event('evt_4', 'acct_known', now)]],
  ]);
  const asked = new Map<string | null, number>();
  const stored: string[] = [];
  const warnings: object[] = [];
  let woken = 0;
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const locks = { tryAcquire: async () => ({ release: async () => resolve() }) };
  const fetch = new EventFetch(
    {
      db: { locks } as never,
      log: { warn: (data: object) => warnings.push(data) } as never,
      gateway: {
        async eventsSince(since: Date, account: string | null) {
          asked.set(account, now - since.getTime());
          if (account === 'acct_gone') throw new Error('not connected');
          return told.get(account) ?? [];
        },
      } as never,
    },
    {
      inbox: {
        latest: async (account) => (account === 'acct_known' ? new Date(now - 240 * HOUR) : null),
        async store({ id }, ignored) {
          if (!ignored) stored.push(id);
          return true;
        },
      },
      worker: {
        wake: () => {
          woken += 1;
        },
      },
      accounts: {
        handles: (type) => type === 'payout.failed',
        accounts: async () => ['acct_gone', 'acct_known', 'acct_new'],
        handle: async () => undefined,
      },
    },
  );
  fetch.start();
  await done;
  await fetch.stop();
  expect(stored).toEqual(['evt_1', 'evt_3', 'evt_4', 'evt_2']);
  expect(woken).toBe(1);
  expect(warnings).toEqual([expect.objectContaining({ account: 'acct_gone' })]);
  // A day back at first; from then on a little before the newest that is known.
  const hours = [...asked].map(([account, ms]) => [account, Math.round(ms / HOUR)]);
  expect(hours).toEqual([
    [null, 24],
    ['acct_gone', 24],
    ['acct_known', 240],
    ['acct_new', 24],
  ]);
});
