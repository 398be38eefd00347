import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually, type SchedulesKernel, startSchedulesKernel } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

let kernel: SchedulesKernel;

beforeEach(async () => {
  kernel = await startSchedulesKernel();
});

afterEach(() => kernel.close());

const NIGHT = 'night 2026-11-21T02:15:00.000Z';

/** Everything that was due has been handed out and has ended. */
async function settled(due: string): Promise<void> {
  await eventually(async () => {
    const [state] = await kernel.query<{ behind: number; waiting: number }>(
      `select (select count(*)::int from core.plugin_schedules where name = 'nightly' and last_due < $1) as behind,
         (select count(*)::int from core.plugin_schedule_runs where due is not null) as waiting`,
      [due],
    );
    return state;
  }).toEqual({ behind: 0, waiting: 0 });
}

describe('a schedule', () => {
  it('runs once for each tenant when its time has come, without a person, and is audited', async () => {
    await kernel.work();
    expect(await kernel.ticks('a')).toEqual([]);
    kernel.setClock('2026-11-21T02:15:00.000Z');
    await eventually(() => kernel.ticks('a')).toEqual([NIGHT]);
    await eventually(() => kernel.ticks('b')).toEqual([NIGHT]);
    kernel.setClock('2026-11-21T23:00:00.000Z');
    await settled('2026-11-21T02:15:00.000Z');
    kernel.setClock('2026-11-22T02:15:59.999Z');
    await eventually(() => kernel.ticks('a')).toEqual([NIGHT, 'night 2026-11-22T02:15:00.000Z']);
    await settled('2026-11-22T02:15:00.000Z');
    expect(await kernel.row('a')).toMatchObject({ due: null, attempts: 0, outcome: 'done', locked: false });
    const audit = await kernel.query(
      `select actor_kind, actor_id, action from core.audit_log where tenant_id = $1 and plugin_id = 'clockwork'`,
      [kernel.tenants.a.id],
    );
    expect(audit).toEqual(Array(2).fill({ actor_kind: 'system', actor_id: null, action: 'clockwork.tick' }));
  });

  it('owes nothing from before it was there', async () => {
    kernel.setClock('2026-11-21T02:15:00.000Z');
    await kernel.work();
    kernel.setClock('2026-11-22T02:14:59.999Z');
    await settled('2026-11-21T02:15:00.000Z');
    expect(await kernel.ticks('a')).toEqual([]);
  });

  it('makes up for what was missed by one run of the latest time', async () => {
    await kernel.work();
    await kernel.schedules.stop();
    kernel.setClock('2028-02-29T08:00:00.000Z');
    const again = await restarted();
    try {
      await eventually(() => kernel.ticks('a')).toHaveLength(2);
      await settled('2028-02-29T02:15:00.000Z');
      // Nothing of the 464 nights between.
      expect((await kernel.ticks('a')).sort()).toEqual([
        'leap 2028-02-29T00:00:00.000Z',
        'night 2028-02-29T02:15:00.000Z',
      ]);
    } finally {
      await again.stop();
    }
  });

  it('handles no time twice when the clock steps back', async () => {
    await kernel.work();
    kernel.setClock('2026-11-21T02:15:10.000Z');
    await eventually(() => kernel.ticks('a')).toEqual([NIGHT]);
    kernel.setClock('2026-11-21T02:14:00.000Z');
    await settled('2026-11-21T02:15:00.000Z');
    kernel.setClock('2026-11-21T02:15:20.000Z');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await kernel.ticks('a')).toEqual([NIGHT]);
  });

  it('is planned once, however often its planner dies half-way', async () => {
    await kernel.work();
    kernel.setClock('2026-11-21T02:15:10.000Z');
    await eventually(() => kernel.ticks('b')).toEqual([NIGHT]);
    await settled('2026-11-21T02:15:00.000Z');
    // As if it had been killed after it had handed out everything and before it noted so.
    await kernel.query(`update core.plugin_schedules set last_due = '2026-11-20T02:15:00Z'`);
    await settled('2026-11-21T02:15:00.000Z');
    expect(await kernel.ticks('a')).toEqual([NIGHT]);
    expect(await kernel.ticks('b')).toEqual([NIGHT]);
  });
});

describe('a run whose job is lost', () => {
  it('is put back into the queue', async () => {
    await kernel.work();
    await kernel.query(
      `insert into core.plugin_schedule_runs (tenant_id, plugin_id, name, due) values ($1, 'clockwork', 'nightly', '2026-11-21T02:15:00Z')`,
      [kernel.tenants.a.id],
    );
    await eventually(() => kernel.ticks('a')).toEqual([NIGHT]);
  });

  it('is taken over from a node that is no more', async () => {
    await kernel.work();
    for (const [tenant, node] of [
      [kernel.tenants.a.id, '11111111-1111-4111-8111-111111111111'],
      [kernel.tenants.b.id, '22222222-2222-4222-8222-222222222222'],
    ]) {
      if (tenant === kernel.tenants.b.id) await kernel.query('insert into core.nodes (id) values ($1)', [node]);
      await kernel.query(
        `insert into core.plugin_schedule_runs
           (tenant_id, plugin_id, name, due, running_due, attempts, locked_by, locked_until)
         values ($1, 'clockwork', 'nightly', '2026-11-21T02:15:00Z', '2026-11-21T02:15:00Z', 1, $2, now() + interval '1 hour')`,
        [tenant, node],
      );
    }
    await eventually(() => kernel.ticks('a')).toEqual([NIGHT]);
    // The sweep over nodes finds that the other one holds no lock, either.
    await eventually(() => kernel.ticks('b')).toEqual([NIGHT]);
    expect(await kernel.row('b')).toMatchObject({ due: null, outcome: 'done', locked: false });
  });
});

describe('a tenant that may not use the plugin', () => {
  it.each<[string, () => Promise<unknown> | unknown]>([
    [
      'has switched it off',
      () =>
        kernel.query(
          `insert into core.tenant_plugins (tenant_id, plugin_id, enabled) values ($1, 'clockwork', false)`,
          [kernel.tenants.a.id],
        ),
    ],
    ['has no licence', () => kernel.query('delete from core.licences where tenant_id = $1', [kernel.tenants.a.id])],
    [
      'has a licence that ran out',
      () =>
        kernel.query(`update core.licences set expires_at = now() - interval '4 days' where tenant_id = $1`, [
          kernel.tenants.a.id,
        ]),
    ],
    [
      'has a licence that was taken away',
      () => kernel.query('update core.licences set revoked_at = now() where tenant_id = $1', [kernel.tenants.a.id]),
    ],
    [
      'is suspended',
      () => kernel.query('update core.tenants set suspended_at = now() where id = $1', [kernel.tenants.a.id]),
    ],
  ])('is passed over when it %s', async (_what, change) => {
    await change();
    await kernel.work();
    kernel.setClock('2026-11-21T02:15:10.000Z');
    await eventually(() => kernel.ticks('b')).toEqual([NIGHT]);
    await settled('2026-11-21T02:15:00.000Z');
    expect(await kernel.ticks('a')).toEqual([]);
    expect(await kernel.row('a')).toBeUndefined();
  });

  it('is passed over when that became so after the run was planned', async () => {
    kernel.licences.states.set(`${kernel.tenants.a.id}/clockwork`, { writable: false });
    kernel.licences.disabled.add(`${kernel.tenants.b.id}/clockwork`);
    await kernel.work();
    kernel.setClock('2026-11-21T02:15:10.000Z');
    await eventually(() => kernel.row('a')).toMatchObject({
      outcome: 'skipped',
      detail: 'The licence does not allow changes.',
    });
    await eventually(() => kernel.row('b')).toMatchObject({
      outcome: 'skipped',
      detail: 'The plugin is switched off.',
    });
    await settled('2026-11-21T02:15:00.000Z');
    kernel.licences.suspendedTenants.add(kernel.tenants.b.id);
    kernel.setClock('2026-11-22T02:15:10.000Z');
    await eventually(() => kernel.row('b')).toMatchObject({ detail: 'The workspace is suspended.' });
    await settled('2026-11-22T02:15:00.000Z');
    expect([kernel.attempts('a'), kernel.attempts('b')]).toEqual([0, 0]);
  });
});

describe('a run that fails', () => {
  it('is tried again, and has its effect once', async () => {
    kernel.suffer('a', 'fail-2');
    await kernel.work();
    kernel.setClock('2026-11-21T02:15:10.000Z');
    await eventually(() => kernel.ticks('a')).toEqual([NIGHT]);
    await settled('2026-11-21T02:15:00.000Z');
    expect(kernel.attempts('a')).toBe(3);
    expect(await kernel.ticks('b')).toEqual([NIGHT]);
    expect(await tasks()).toEqual([]);
  });

  it('becomes a task of the admins at last, which closes itself when the next one succeeds', async () => {
    kernel.suffer('a', 'fail-99');
    await kernel.work();
    kernel.setClock('2026-11-21T02:15:10.000Z');
    await eventually(() => kernel.row('a')).toMatchObject({ outcome: 'failed', detail: 'attempt 4 fails', due: null });
    expect(kernel.attempts('a')).toBe(4);
    expect(await kernel.ticks('a')).toEqual([]);
    const open = {
      tenant: 'tenant-a',
      kind: 'SCHEDULE_FAILED',
      title: 'Clockwork could not do its scheduled work',
      description: '"nightly" was tried 4 times. The last error: attempt 4 fails',
      audience: 'core:plugins.manage',
      state: 'open',
    };
    expect(await tasks()).toEqual([open]);
    expect(kernel.realtime).toContainEqual({ tenantId: kernel.tenants.a.id, event: 'task.changed', payload: {} });

    kernel.suffer('a', 'fine');
    kernel.setClock('2026-11-22T02:15:10.000Z');
    await eventually(() => kernel.ticks('a')).toEqual(['night 2026-11-22T02:15:00.000Z']);
    await eventually(tasks).toEqual([{ ...open, state: 'done' }]);
  });

  it('counts its failures on while the times follow one another', async () => {
    kernel.suffer('a', 'fail-99');
    await kernel.work();
    for (const day of [22, 23, 24, 25]) {
      kernel.setClock(`2026-11-${day}T02:15:10.000Z`);
      await eventually(() => kernel.attempts('a')).toBeGreaterThanOrEqual(day - 21);
    }
    await eventually(() => kernel.row('a')).toMatchObject({ outcome: 'failed' });
    await eventually(tasks).toHaveLength(1);
  });
});

async function tasks() {
  return kernel.query(
    `select t.slug as tenant, kind, title, description, audience, state from core.tasks join core.tenants t on t.id = tenant_id`,
  );
}

/** As if this node had been started again. */
async function restarted() {
  const { composeSchedules, clockOf } = await import('./compose.ts');
  const { schedules } = composeSchedules(kernel.test.database, kernel, clockOf(kernel.misfortune));
  schedules.start();
  return schedules;
}
