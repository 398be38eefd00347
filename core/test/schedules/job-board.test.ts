import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestKernel, type TestKernel } from '../plugins/support/kernel.ts';

/** Time has to pass for a job to expire: here it does, in the rows. */
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await startTestKernel({ plugins: [join(import.meta.dirname, '../../../plugins/job-board')] });
});

afterAll(() => kernel.close());

function close(tenant: 'a' | 'b') {
  const schedule = kernel.loaded.registry.get('job-board')?.manifest.schedules?.[0];
  return kernel.loaded.registry.use('job-board', kernel.tenants[tenant].id, (plugin) =>
    kernel.calls.invoker.invoke(plugin, schedule?.action ?? '', {
      tenant: kernel.tenants[tenant],
      user: null,
      actor: { kind: 'system', userId: null },
      requestId: 'night-1',
      input: {},
    }),
  );
}

it('the job board closes what expired yesterday, of this tenant, and tells the audit log', async () => {
  const admin = await kernel.test.admin();
  const insert = (tenant: 'a' | 'b', slug: string, status: string, deadline: string | null, count = 1) =>
    admin.query(
      `insert into p_job_board.jobs (tenant_id, slug, title, status, deadline)
       select $1, $2 || '-' || n, 'Job', $3, (now() at time zone 'utc')::date + $4::int from generate_series(1, $5::int) n`,
      [kernel.tenants[tenant].id, slug, status, deadline, count],
    );
  await insert('a', 'yesterday', 'open', '-1');
  await insert('a', 'crowd', 'open', '-30', 1_100);
  await insert('a', 'today', 'open', '0');
  await insert('a', 'endless', 'open', null);
  await insert('a', 'paused', 'paused', '-5');
  await insert('a', 'draft', 'draft', '-5');
  await insert('b', 'neighbour', 'open', '-5');

  expect(await close('a')).toEqual({ closed: 1_101 });
  const { rows } = await admin.query(
    `select regexp_replace(slug, '-[0-9]+$', '') as job, status, revision, closed_at is not null as ended, count(*)::int
     from p_job_board.jobs group by 1, 2, 3, 4 order by 1`,
  );
  expect(rows).toEqual([
    { job: 'crowd', status: 'closed', revision: 2, ended: true, count: 1_100 },
    { job: 'draft', status: 'draft', revision: 1, ended: false, count: 1 },
    { job: 'endless', status: 'open', revision: 1, ended: false, count: 1 },
    { job: 'neighbour', status: 'open', revision: 1, ended: false, count: 1 },
    { job: 'paused', status: 'paused', revision: 1, ended: false, count: 1 },
    { job: 'today', status: 'open', revision: 1, ended: false, count: 1 },
    { job: 'yesterday', status: 'closed', revision: 2, ended: true, count: 1 },
  ]);
  expect(await close('a')).toEqual({ closed: 0 });
  const audit = await admin.query(
    `select tenant_id, action, actor_kind from core.audit_log where action ~ '^job-board'`,
  );
  expect(audit.rows).toEqual(
    Array(2).fill({
      tenant_id: kernel.tenants.a.id,
      action: 'job-board.jobs.expired-closed',
      actor_kind: 'system',
    }),
  );
});
