import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { eventually, type SchedulesKernel, startSchedulesKernel } from './support.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TENANTS = 10_000;
let kernel: SchedulesKernel;

beforeAll(async () => {
  kernel = await startSchedulesKernel();
  await kernel.query(
    `with crowd as (
       insert into core.tenants (slug, name) select 'crowd-' || n, 'Crowd' from generate_series(1, $1::int) n returning id)
     insert into core.licences (tenant_id, plugin_id, kind) select id, 'clockwork', 'purchased' from crowd`,
    [TENANTS - 2],
  );
});

afterAll(() => kernel.close());

it('ten thousand tenants are handed out in many small transactions, and begin over a while', async () => {
  // Looks, and works on nothing: the jobs stay where they are.
  await kernel.events.start({ worker: false });
  kernel.schedules.start();
  await eventually(async () => (await kernel.query('select from core.plugin_schedules')).length).toBe(2);
  kernel.setClock('2026-11-21T02:15:00.000Z');
  const last = `select last_due = '2026-11-21T02:15:00Z' as done from core.plugin_schedules where name = 'nightly'`;
  await eventually(async () => (await kernel.query<{ done: boolean }>(last))[0]?.done).toBe(true);
  const [runs] = await kernel.query<{ tenants: number; transactions: number }>(
    `select count(*)::int as tenants, count(distinct xmin::text)::int as transactions
     from core.plugin_schedule_runs where due = '2026-11-21T02:15:00Z'`,
  );
  expect(runs).toEqual({ tenants: TENANTS, transactions: TENANTS / 500 });
  const [jobs] = await kernel.query<{ jobs: number; first: number; last: number; places: number }>(
    `select count(*)::int as jobs, extract(epoch from min(run_at) - '2026-11-21T02:15:00Z')::int as first,
       extract(epoch from max(run_at) - '2026-11-21T02:15:00Z')::int as last, count(distinct run_at)::int as places
     from graphile_worker.jobs where task_identifier = 'schedule'`,
  );
  expect(jobs?.jobs).toBe(TENANTS);
  // 50 ms for each.
  expect(jobs?.first).toBeLessThan(5);
  expect(jobs?.last).toBeGreaterThan(490);
  expect(jobs?.last).toBeLessThanOrEqual(500);
  expect(jobs?.places).toBeGreaterThan(TENANTS * 0.95);
});
