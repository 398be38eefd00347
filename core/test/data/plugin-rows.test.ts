import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type JobsPlugin, job, openJobsPlugin, slug } from '../support/jobs-plugin.ts';

let jobs: JobsPlugin;
beforeAll(async () => {
  jobs = await openJobsPlugin();
});
afterAll(() => jobs.close());

describe('rows', () => {
  test('survive a round trip in their JSON form', async () => {
    const [stored] = await jobs.writing((unit) =>
      unit.insert('jobs', [
        job({
          views: 9007199254740991,
          salary: '1234567890.10',
          openUntil: '2026-02-28',
          remote: true,
          tags: ['a,b', '"c"', 'NULL', ''],
          data: { a: [1, null, 'x'], 'b-c': { d: true } },
        }),
      ]),
    );
    expect(stored).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      slug: expect.any(String),
      title: 'Engineer',
      views: 9007199254740991,
      salary: '1234567890.10',
      openUntil: '2026-02-28',
      remote: true,
      tags: ['a,b', '"c"', 'NULL', ''],
      data: { a: [1, null, 'x'], 'b-c': { d: true } },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/),
    });
    const found = await jobs.reading().find('jobs', { where: { id: stored?.id as string } });
    expect(found).toEqual([stored]);
    expect(await jobs.reading().find('jobs', { where: { createdAt: stored?.createdAt as string } })).toEqual([stored]);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test('are another tenant’s secret, in every operation', async () => {
    const [stored] = await jobs.writing((unit) => unit.insert('jobs', [job()]));
    const where = { id: stored?.id as string };
    expect(await jobs.reading(jobs.ids.b).find('jobs', { where })).toEqual([]);
    expect(await jobs.reading(jobs.ids.b).count('jobs', {})).toBe(0);
    expect(await jobs.writing((unit) => unit.update('jobs', where, { title: 'Stolen' }), jobs.ids.b)).toEqual([]);
    expect(await jobs.writing((unit) => unit.delete('jobs', where), jobs.ids.b)).toBe(0);
    expect(
      await jobs.writing((unit) => unit.query('rename', { slug: stored?.slug, title: 'Stolen' }), jobs.ids.b),
    ).toEqual([]);
    await expect(
      jobs.writing((unit) => unit.query('steal', { tenant: jobs.ids.a, slug: slug() }), jobs.ids.b),
    ).rejects.toThrow(/row-level security/);
    await expect(
      jobs.writing((unit) => unit.insert('applications', [{ jobId: stored?.id as string }]), jobs.ids.b),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect(await jobs.reading().find('jobs', { where })).toEqual([stored]);
  });

  test('of many in one statement, each with its own defaults', async () => {
    const rows = await jobs.writing((unit) =>
      unit.insert('jobs', [job({ tags: ['x'] }), job({ remote: true }), job()]),
    );
    expect(rows.map((row) => [row.tags, row.remote])).toEqual([
      [['x'], false],
      [[], true],
      [[], false],
    ]);
  });
});

describe('named queries', () => {
  test('take camelCase parameters and return camelCase columns', async () => {
    const day = '2026-12-24';
    await jobs.writing((unit) =>
      unit.insert('jobs', [job({ openUntil: day, views: 4 }), job({ openUntil: day, views: 5 })]),
    );
    expect(await jobs.reading().query('byDay', { day })).toEqual([{ openUntil: day, jobs: 2, total: '9' }]);
    expect(await jobs.reading().query('byDay', {})).toEqual([]);
    const [one] = await jobs.writing((unit) => unit.insert('jobs', [job({ title: 'Very particular' })]));
    expect(await jobs.reading().query('search', { text: 'particular' })).toEqual([
      { id: one?.id, title: 'Very particular', createdAt: one?.createdAt },
    ]);
    expect(await jobs.reading().query('any', { slugs: [one?.slug as string, "x', 'y"] })).toEqual([
      { slug: one?.slug },
    ]);
    await expect(jobs.reading().query('any', { slugs: 'x' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(jobs.reading().query('byDay', { day: 'x' })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('one write action', () => {
  test('commits rows, events, audit and tasks together', async () => {
    const stored = await jobs.writing(async (unit) => {
      expect(unit.hasEvents).toBe(false);
      const [row] = await unit.insert('jobs', [job()]);
      unit.emit({ name: 'job.published', version: 1, subject: row?.id as string, payload: { a: 1 } });
      unit.emit({ name: 'job.shared', version: 2, subject: row?.id as string, payload: {} });
      unit.audit({ action: 'jobs.publish', entityId: row?.id as string, detail: { x: 1 } });
      unit.raiseTask({ kind: 'REVIEW', title: 'Review', audience: 'jobs:review', key: 'review' });
      expect(unit.hasEvents).toBe(true);
      return row;
    });
    const { platform } = jobs.test.database;
    const events = await platform.query(
      'select name, version, plugin_id, tenant_id, request_id from core.outbox where subject = $1 order by seq',
      [stored?.id],
    );
    expect(events.rows).toEqual([
      { name: 'job.published', version: 1, plugin_id: 'jobs', tenant_id: jobs.ids.a, request_id: 'request-1' },
      { name: 'job.shared', version: 2, plugin_id: 'jobs', tenant_id: jobs.ids.a, request_id: 'request-1' },
    ]);
    const audit = await platform.query(
      'select action, actor_kind, actor_id, ip, detail, plugin_id from core.audit_log where entity_id = $1',
      [stored?.id],
    );
    expect(audit.rows).toEqual([
      {
        action: 'jobs.publish',
        actor_kind: 'user',
        actor_id: jobs.ids.userA,
        ip: '127.0.0.1',
        detail: { x: 1 },
        plugin_id: 'jobs',
      },
    ]);
  });

  test('leaves nothing when it is rolled back, or when a statement failed and the error was swallowed', async () => {
    const [one, two, three] = [job(), job(), job()];
    const unit = jobs.plugin.open(jobs.scope(jobs.ids.a, false));
    await unit.insert('jobs', [one]);
    unit.emit({ name: 'never', version: 1, subject: 's', payload: {} });
    await unit.rollback();
    await unit.rollback();
    await expect(
      jobs.writing(async (failing) => {
        await failing.insert('jobs', [two]);
        await failing.insert('jobs', [two]).catch(() => undefined);
        failing.audit({ action: 'never' });
      }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      jobs.writing(async (failing) => {
        await failing.insert('jobs', [three]);
        failing.audit({ action: 'never' });
        failing.completeDelivery('1', jobs.ids.a);
      }),
    ).rejects.toMatchObject({ code: 'conflict' });
    const slugs = [one.slug, two.slug, three.slug];
    expect(await jobs.reading().count('jobs', { slug: { in: slugs } })).toBe(0);
    const { platform } = jobs.test.database;
    expect((await platform.query(`select from core.outbox where name = 'never'`)).rowCount).toBe(0);
    expect((await platform.query(`select from core.audit_log where action = 'never'`)).rowCount).toBe(0);
  });

  test('sees its own rows, runs statements side by side, and refuses stragglers', async () => {
    let straggler: Promise<unknown> = Promise.resolve();
    const unit = jobs.plugin.open(jobs.scope(jobs.ids.a, false));
    const many = [job(), job(), job()];
    await Promise.all(many.map((row) => unit.insert('jobs', [row])));
    expect(await unit.count('jobs', { slug: { in: many.map((row) => row.slug) } })).toBe(3);
    await unit.commit();
    straggler = unit.insert('jobs', [job()]);
    await expect(straggler).rejects.toThrow();
    await expect(unit.commit()).rejects.toThrow();
    await unit.rollback();
  });

  test('without any statement or effect it costs nothing; with effects only it commits them', async () => {
    await jobs.writing(async () => undefined);
    await jobs.writing(async (unit) => unit.audit({ action: 'only-effect' }));
    expect(
      (await jobs.test.database.platform.query(`select from core.audit_log where action = 'only-effect'`)).rowCount,
    ).toBe(1);
  });

  test('hundreds side by side do not mix tenants or run out of connections', async () => {
    const before = [await jobs.reading(jobs.ids.a).count('jobs', {}), await jobs.reading(jobs.ids.b).count('jobs', {})];
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        jobs.writing(
          async (unit) => {
            await unit.insert('jobs', [job()]);
            await unit.count('jobs', {});
          },
          index % 2 ? jobs.ids.a : jobs.ids.b,
        ),
      ),
    );
    expect(await jobs.reading(jobs.ids.a).count('jobs', {})).toBe((before[0] ?? 0) + 100);
    expect(await jobs.reading(jobs.ids.b).count('jobs', {})).toBe((before[1] ?? 0) + 100);
  });

  test('a lost connection fails the unit and nothing else', async () => {
    const unit = jobs.plugin.open(jobs.scope(jobs.ids.a, false));
    await unit.insert('jobs', [job()]);
    const admin = await jobs.test.admin();
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename like '%\\_p\\_jobs' and datname = current_database()`,
    );
    await expect(unit.insert('jobs', [job()])).rejects.toMatchObject({ code: 'unavailable' });
    await expect(unit.commit()).rejects.toThrow();
    await unit.rollback();
    // The pool hears of its idle connections' end as soon as their sockets close.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await jobs.writing((fresh) => fresh.insert('jobs', [job()]));
    expect(await jobs.reading().count('jobs', {})).toBeGreaterThan(0);
  });
});
