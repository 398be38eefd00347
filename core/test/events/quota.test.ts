import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ApiError } from '../../src/errors/index.ts';
import { type EventsKernel, eventually, startEventsKernel } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

let kernel: EventsKernel;
let refusals = 0;

beforeAll(async () => {
  kernel = await startEventsKernel({ maxAttempts: 2 }, (deliver) => async (plugin, tenant, event, delivery) => {
    if (event.subject !== 'thirsty' || refusals === 5) return deliver(plugin, tenant, event, delivery);
    refusals += 1;
    throw new ApiError('quota-exceeded', 'Not now.', { headers: { 'Retry-After': '0.05' } });
  });
  await kernel.events.start({ worker: true });
});

afterAll(() => kernel.close());

it('waits for the quota as long as it takes, and in order', async () => {
  await kernel.note('thirsty', 1);
  await kernel.note('thirsty', 2);
  await kernel.note('other', 3);
  await eventually(() => kernel.entries('other')).toEqual([3]);
  await eventually(() => kernel.entries('thirsty')).toEqual([1, 2]);
  expect(refusals).toBe(5);
  const log = await kernel.query(
    `select l.outcome, l.attempts from core.delivery_log l join core.events e on e.id = l.event_id
     where e.subject = 'thirsty' and e.name = 'note.created' order by e.seq`,
  );
  expect(log).toEqual([
    { outcome: 'delivered', attempts: 1 },
    { outcome: 'delivered', attempts: 1 },
  ]);
  expect(await kernel.query('select 1 from core.tasks')).toEqual([]);
});
