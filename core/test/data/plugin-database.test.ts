import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PluginDatabase, PluginScope, PluginUnitOfWork } from '../../src/data/index.ts';
import { ApiError } from '../../src/errors/index.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
let plugin: PluginDatabase;
let ids: Awaited<ReturnType<typeof seedTenants>>;

const SCHEMA = `
  create table jobs (
    tenant_id uuid not null default bazaar.current_tenant(),
    id uuid not null default gen_random_uuid(),
    slug text not null,
    title text not null check (length(title) <= 50),
    views bigint not null default 0,
    salary numeric(12, 2),
    open_until date,
    remote boolean not null default false,
    tags text[] not null default '{}',
    data jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, id),
    unique (tenant_id, slug)
  );
  select bazaar.protect('jobs');
  create index jobs_created on jobs (tenant_id, created_at);
  create table applications (
    tenant_id uuid not null default bazaar.current_tenant(),
    id uuid not null default gen_random_uuid(),
    job_id uuid not null,
    position integer generated always as identity,
    score smallint check (score between 0 and 100),
    primary key (tenant_id, id),
    foreign key (tenant_id, job_id) references jobs (tenant_id, id)
  );
  select bazaar.protect('applications');`;

beforeAll(async () => {
  test_ = await createTestDatabase();
  ids = await seedTenants(test_.database);
  plugin = await test_.database.plugins.install({
    pluginId: 'jobs',
    version: '1.0.0',
    migrations: [{ name: '0001-jobs', up: SCHEMA, down: '' }],
    queries: [
      {
        name: 'search',
        sql: `select id, title, created_at from jobs where title ilike '%' || :text || '%' order by title`,
      },
      { name: 'slow', sql: 'select count(*) from generate_series(1, 1000000000)' },
      { name: 'rename', sql: 'update jobs set title = :title where slug = :slug returning id, title' },
      {
        name: 'byDay',
        sql: 'select open_until, count(*) as jobs, sum(views) as total from jobs where open_until = :day group by 1',
      },
      { name: 'steal', sql: 'insert into jobs (tenant_id, slug, title) values (:tenant, :slug, :slug)' },
      { name: 'any', sql: 'select slug from jobs where slug = any(:slugs::text[]) order by slug' },
    ],
    sharedTables: [],
  });
});
afterAll(async () => {
  await plugin.close();
  await test_.drop();
});

const scope = (tenantId: string, readOnly: boolean): PluginScope => ({
  tenantId,
  readOnly,
  actor: { kind: 'user', userId: ids.userA, ip: '127.0.0.1' },
  requestId: 'request-1',
});
const reading = (tenant = ids.a) => plugin.open(scope(tenant, true));

async function writing<T>(work: (unit: PluginUnitOfWork) => Promise<T>, tenant = ids.a): Promise<T> {
  const unit = plugin.open(scope(tenant, false));
  try {
    const result = await work(unit);
    await unit.commit();
    return result;
  } finally {
    await unit.rollback();
  }
}

let counter = 0;
const slug = () => `job-${++counter}`;
const job = (extra = {}) => ({ slug: slug(), title: 'Engineer', ...extra });

describe('rows', () => {
  test('survive a round trip in their JSON form', async () => {
    const [stored] = await writing((unit) =>
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
    const found = await reading().find('jobs', { where: { id: stored?.id as string } });
    expect(found).toEqual([stored]);
    expect(await reading().find('jobs', { where: { createdAt: stored?.createdAt as string } })).toEqual([stored]);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test('are another tenant’s secret, in every operation', async () => {
    const [stored] = await writing((unit) => unit.insert('jobs', [job()]));
    const where = { id: stored?.id as string };
    expect(await reading(ids.b).find('jobs', { where })).toEqual([]);
    expect(await reading(ids.b).count('jobs', {})).toBe(0);
    expect(await writing((unit) => unit.update('jobs', where, { title: 'Stolen' }), ids.b)).toEqual([]);
    expect(await writing((unit) => unit.delete('jobs', where), ids.b)).toBe(0);
    expect(await writing((unit) => unit.query('rename', { slug: stored?.slug, title: 'Stolen' }), ids.b)).toEqual([]);
    await expect(writing((unit) => unit.query('steal', { tenant: ids.a, slug: slug() }), ids.b)).rejects.toThrow(
      /row-level security/,
    );
    await expect(
      writing((unit) => unit.insert('applications', [{ jobId: stored?.id as string }]), ids.b),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect(await reading().find('jobs', { where })).toEqual([stored]);
  });

  test('of many in one statement, each with its own defaults', async () => {
    const rows = await writing((unit) => unit.insert('jobs', [job({ tags: ['x'] }), job({ remote: true }), job()]));
    expect(rows.map((row) => [row.tags, row.remote])).toEqual([
      [['x'], false],
      [[], true],
      [[], false],
    ]);
  });
});

describe('conditions', () => {
  beforeAll(async () => {
    await writing((unit) =>
      unit.insert('jobs', [
        job({ title: 'C 100% (remote)', views: 1, tags: ['cond'] }),
        job({ title: 'c_plus', views: 2, tags: ['cond'], salary: '10' }),
        job({ title: 'O\'Brien \\ "quoted"; drop table jobs', views: 3, tags: ['cond'] }),
      ]),
    );
  });
  const titles = async (where: object) =>
    (await reading().find('jobs', { where: { ...where, views: { in: [1, 2, 3] } } as never, order: ['views'] })).map(
      (row) => row.views,
    );

  test.each<[object, number[]]>([
    [{ title: { contains: '100%' } }, [1]],
    [{ title: { contains: '%' } }, [1]],
    [{ title: { contains: '_' } }, [2]],
    [{ title: { startsWith: 'C' } }, [1, 2]],
    [{ title: { contains: '\\' } }, [3]],
    [{ title: 'O\'Brien \\ "quoted"; drop table jobs' }, [3]],
    [{ salary: null }, [1, 3]],
    [{ salary: { ne: null } }, [2]],
    [{ salary: { ne: '10' } }, [1, 3]],
    [{ salary: { gte: '9.5', lt: '10.01' } }, [2]],
    [{ or: [{ title: 'c_plus' }, { salary: null, title: { contains: 'remote' } }] }, [1, 2]],
    [{ title: { in: [] } }, []],
    [{ id: 'nonsense' }, []],
    [{ id: { in: ['nonsense'] } }, []],
    [{ id: { ne: 'nonsense' } }, [1, 2, 3]],
    [{ title: 'nul\0byte' }, []],
    [{ createdAt: { gt: '2000-01-01T00:00:00.000Z' } }, [1, 2, 3]],
  ])('%j', async (where, expected) => {
    expect(await titles(where)).toEqual(expected);
  });

  test.each<[string, object]>([
    ['a date that is none', { openUntil: 'yesterday or so' }],
    ['a number that is none', { views: 'many' }],
    ['a number beyond all bounds', { views: 1e300 }],
    ['a timestamp that is none', { createdAt: { gt: 'x' } }],
    ['an object', { title: { eq: { a: 1 } } }],
  ])('never a crash: %s', async (_what, where) => {
    const outcome = await reading()
      .find('jobs', { where: where as never })
      .catch((error: unknown) => error);
    if (!Array.isArray(outcome)) expect(outcome).toMatchObject({ code: 'invalid-input' });
    else expect(outcome).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['an unknown table', () => reading().find('users', {}), /table “users”/],
    ['an unknown column', () => reading().find('jobs', { where: { nothing: 1 } }), /“nothing”/],
    ['the tenant column', () => reading().find('jobs', { where: { tenantId: ids.b } }), /tenantId/],
    ['a prototype member', () => reading().find('jobs', { where: { constructor: 1 } as never }), /constructor/],
    ['an unknown operator', () => reading().find('jobs', { where: { title: { like: 'x' } } as never }), /like/],
    ['an unknown order', () => reading().find('jobs', { order: ['title; drop table jobs'] }), /title; drop/],
    ['an unknown query', () => reading().query('nothing', {}), /query “nothing”/],
    ['an unknown parameter', () => reading().query('search', { txt: 'x' }), /txt/],
    ['too many rows', () => reading().find('jobs', { limit: 5000 }), /limit/],
    [
      'no condition for update',
      () => writing((unit) => unit.update('jobs', {}, { title: 'x' })),
      /without a condition/,
    ],
    ['no condition for delete', () => writing((unit) => unit.delete('jobs', {})), /without a condition/],
    ['an unknown field', () => writing((unit) => unit.insert('jobs', [job({ nothing: 1 })])), /nothing/],
    ['another tenant in a row', () => writing((unit) => unit.insert('jobs', [job({ tenantId: ids.b })])), /tenantId/],
    ['a generated field', () => writing((unit) => unit.insert('applications', [{ position: 1 }])), /position/],
    ['writing in a read', () => reading().insert('jobs', [job()]), /read/],
    ['a writing query in a read', () => reading().query('rename', { slug: 'x', title: 'y' }), /read/],
  ])('names the mistake: %s', async (_what, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});

describe('refusals of the database are answers, not failures', () => {
  test.each<[string, () => Promise<unknown>, object]>([
    [
      'a duplicate',
      () =>
        writing(async (unit) => {
          const one = job();
          await unit.insert('jobs', [one, one]);
        }),
      { code: 'conflict' },
    ],
    [
      'a missing reference',
      () => writing((unit) => unit.insert('applications', [{ jobId: ids.a }])),
      { code: 'not-found' },
    ],
    [
      'a required field',
      () => writing((unit) => unit.insert('jobs', [{ slug: slug() }])),
      { code: 'invalid-input', errors: [{ pointer: '/title' }] },
    ],
    [
      'a broken rule',
      () => writing((unit) => unit.insert('jobs', [job({ title: 'x'.repeat(51) })])),
      { code: 'invalid-input' },
    ],
    [
      'a malformed id',
      () => writing((unit) => unit.insert('applications', [{ jobId: 'x' }])),
      { code: 'invalid-input', errors: [{ pointer: '/jobId' }] },
    ],
    [
      'a number out of range',
      () => writing((unit) => unit.insert('applications', [{ jobId: ids.a, score: 70000 }])),
      { code: 'invalid-input' },
    ],
    [
      'a fraction for an integer',
      () => writing((unit) => unit.insert('jobs', [job({ views: 1.5 })])),
      { code: 'invalid-input' },
    ],
    [
      'a NUL character',
      () => writing((unit) => unit.insert('jobs', [job({ title: 'a\0b' })])),
      { code: 'invalid-input' },
    ],
    [
      'a NUL character in JSON',
      () => writing((unit) => unit.insert('jobs', [job({ data: { a: 'a\0b' } })])),
      { code: 'invalid-input' },
    ],
    [
      'half a surrogate in JSON',
      () => writing((unit) => unit.insert('jobs', [job({ data: { a: '\ud800' } })])),
      { code: 'invalid-input' },
    ],
    [
      'text too long for its index',
      () =>
        writing((unit) =>
          unit.insert('jobs', [
            job({
              slug: Array.from(
                { length: 9000 },
                (_, i) => String.fromCharCode(33 + ((i * 7919) % 90)) + Math.random(),
              ).join(''),
            }),
          ]),
        ),
      { code: 'invalid-input' },
    ],
    [
      'a date that does not exist',
      () => writing((unit) => unit.insert('jobs', [job({ openUntil: '2026-02-30' })])),
      { code: 'invalid-input' },
    ],
    [
      'a list for a single value',
      () => writing((unit) => unit.insert('jobs', [job({ title: ['a'] })])),
      { code: 'invalid-input' },
    ],
    [
      'a query that takes too long',
      () => reading().query('slow', {}),
      { code: 'unavailable', reason: 'statement-timeout' },
    ],
  ])(
    '%s',
    async (_what, call, expected) => {
      const error = await call().then(
        () => new Error('accepted'),
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(ApiError);
      const { errors = [], ...rest } = expected as { errors?: object[] };
      expect(error).toMatchObject(rest);
      for (const [index, one] of errors.entries()) expect((error as ApiError).errors?.[index]).toMatchObject(one);
    },
    15_000,
  );

  test('what is still referenced', async () => {
    const [one] = await writing(async (unit) => {
      const rows = await unit.insert('jobs', [job()]);
      await unit.insert('applications', [{ jobId: rows[0]?.id as string }]);
      return rows;
    });
    await expect(writing((unit) => unit.delete('jobs', { id: one?.id as string }))).rejects.toMatchObject({
      code: 'conflict',
      reason: 'still-referenced',
    });
  });
});

describe('pages', () => {
  beforeAll(async () => {
    await writing((unit) =>
      unit.insert(
        'jobs',
        Array.from({ length: 25 }, (_, index) =>
          job({ title: `Page ${index % 3}`, views: 1000 + (index % 5), tags: ['page'] }),
        ),
      ),
    );
  });
  const where = { title: { startsWith: 'Page ' } };

  async function all(order: string[], limit: number): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await reading().page('jobs', { where, order: order as never, limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items.map((row) => row.id as string));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return seen;
  }

  test.each([[[]], [['title']], [['-title']], [['-views', 'title']], [['title', '-createdAt']], [['-createdAt']]])(
    'in order %j neither repeat nor skip',
    async (order) => {
      const seen = await all(order, 4);
      expect(seen).toHaveLength(25);
      expect(new Set(seen).size).toBe(25);
      const found = await reading().find('jobs', {
        where,
        order: [...order, order[0]?.startsWith('-') && order.length === 1 ? '-id' : 'id'] as never,
        limit: 100,
      });
      if (order.length === 1) expect(seen).toEqual(found.map((row) => row.id));
    },
  );

  test('cursors are bound to their question', async () => {
    const { nextCursor: cursor } = await reading().page('jobs', { where, order: ['title'], limit: 2 });
    for (const options of [
      { where, order: ['-title'] as never, cursor },
      { order: ['title'] as never, cursor },
      { where: { title: { startsWith: 'Other' } }, order: ['title'] as never, cursor },
      { where, order: ['title'] as never, cursor: 'nonsense' },
      { where, order: ['title'] as never, cursor: Buffer.from('["x"]').toString('base64url') },
      { where, order: ['title'] as never, cursor: `${cursor}x` },
      { where, order: ['title'] as never, cursor: '' },
    ]) {
      await expect(reading().page('jobs', { limit: 2, ...options })).rejects.toMatchObject({ code: 'invalid-input' });
    }
    await expect(reading().page('applications', { cursor })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('a cursor taken over by another tenant shows nothing of the first', async () => {
    const { nextCursor: cursor } = await reading().page('jobs', { where, order: ['title'], limit: 2 });
    const page = await reading(ids.b)
      .page('jobs', { where, order: ['title'], limit: 2, cursor })
      .catch(() => ({ items: [] }));
    expect(page.items).toEqual([]);
  });
});

describe('named queries', () => {
  test('take camelCase parameters and return camelCase columns', async () => {
    const day = '2026-12-24';
    await writing((unit) =>
      unit.insert('jobs', [job({ openUntil: day, views: 4 }), job({ openUntil: day, views: 5 })]),
    );
    expect(await reading().query('byDay', { day })).toEqual([{ openUntil: day, jobs: 2, total: '9' }]);
    expect(await reading().query('byDay', {})).toEqual([]);
    const [one] = await writing((unit) => unit.insert('jobs', [job({ title: 'Very particular' })]));
    expect(await reading().query('search', { text: 'particular' })).toEqual([
      { id: one?.id, title: 'Very particular', createdAt: one?.createdAt },
    ]);
    expect(await reading().query('any', { slugs: [one?.slug as string, "x', 'y"] })).toEqual([{ slug: one?.slug }]);
    await expect(reading().query('any', { slugs: 'x' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(reading().query('byDay', { day: 'x' })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('one write action', () => {
  test('commits rows, events, audit and tasks together', async () => {
    const stored = await writing(async (unit) => {
      expect(unit.hasEvents).toBe(false);
      const [row] = await unit.insert('jobs', [job()]);
      unit.emit({ name: 'job.published', version: 1, subject: row?.id as string, payload: { a: 1 } });
      unit.emit({ name: 'job.shared', version: 2, subject: row?.id as string, payload: {} });
      unit.audit({ action: 'jobs.publish', entityId: row?.id as string, detail: { x: 1 } });
      unit.raiseTask({ kind: 'REVIEW', title: 'Review', audience: 'jobs:review', key: 'review' });
      expect(unit.hasEvents).toBe(true);
      return row;
    });
    const { platform } = test_.database;
    const events = await platform.query(
      'select name, version, plugin_id, tenant_id, request_id from core.outbox where subject = $1 order by seq',
      [stored?.id],
    );
    expect(events.rows).toEqual([
      { name: 'job.published', version: 1, plugin_id: 'jobs', tenant_id: ids.a, request_id: 'request-1' },
      { name: 'job.shared', version: 2, plugin_id: 'jobs', tenant_id: ids.a, request_id: 'request-1' },
    ]);
    const audit = await platform.query(
      'select action, actor_kind, actor_id, ip, detail, plugin_id from core.audit_log where entity_id = $1',
      [stored?.id],
    );
    expect(audit.rows).toEqual([
      {
        action: 'jobs.publish',
        actor_kind: 'user',
        actor_id: ids.userA,
        ip: '127.0.0.1',
        detail: { x: 1 },
        plugin_id: 'jobs',
      },
    ]);
  });

  test('leaves nothing when it is rolled back, or when a statement failed and the error was swallowed', async () => {
    const [one, two, three] = [job(), job(), job()];
    const unit = plugin.open(scope(ids.a, false));
    await unit.insert('jobs', [one]);
    unit.emit({ name: 'never', version: 1, subject: 's', payload: {} });
    await unit.rollback();
    await unit.rollback();
    await expect(
      writing(async (failing) => {
        await failing.insert('jobs', [two]);
        await failing.insert('jobs', [two]).catch(() => undefined);
        failing.audit({ action: 'never' });
      }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      writing(async (failing) => {
        await failing.insert('jobs', [three]);
        failing.audit({ action: 'never' });
        failing.completeDelivery('1', ids.a);
      }),
    ).rejects.toMatchObject({ code: 'conflict' });
    const slugs = [one.slug, two.slug, three.slug];
    expect(await reading().count('jobs', { slug: { in: slugs } })).toBe(0);
    const { platform } = test_.database;
    expect((await platform.query(`select from core.outbox where name = 'never'`)).rowCount).toBe(0);
    expect((await platform.query(`select from core.audit_log where action = 'never'`)).rowCount).toBe(0);
  });

  test('sees its own rows, runs statements side by side, and refuses stragglers', async () => {
    let straggler: Promise<unknown> = Promise.resolve();
    const unit = plugin.open(scope(ids.a, false));
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
    await writing(async () => undefined);
    await writing(async (unit) => unit.audit({ action: 'only-effect' }));
    expect(
      (await test_.database.platform.query(`select from core.audit_log where action = 'only-effect'`)).rowCount,
    ).toBe(1);
  });

  test('hundreds side by side do not mix tenants or run out of connections', async () => {
    const before = [await reading(ids.a).count('jobs', {}), await reading(ids.b).count('jobs', {})];
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        writing(
          async (unit) => {
            await unit.insert('jobs', [job()]);
            await unit.count('jobs', {});
          },
          index % 2 ? ids.a : ids.b,
        ),
      ),
    );
    expect(await reading(ids.a).count('jobs', {})).toBe((before[0] ?? 0) + 100);
    expect(await reading(ids.b).count('jobs', {})).toBe((before[1] ?? 0) + 100);
  });

  test('a lost connection fails the unit and nothing else', async () => {
    const unit = plugin.open(scope(ids.a, false));
    await unit.insert('jobs', [job()]);
    const admin = await test_.admin();
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename like '%\\_p\\_jobs' and datname = current_database()`,
    );
    await expect(unit.insert('jobs', [job()])).rejects.toMatchObject({ code: 'unavailable' });
    await expect(unit.commit()).rejects.toThrow();
    await unit.rollback();
    // The pool hears of its idle connections' end as soon as their sockets close.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await writing((fresh) => fresh.insert('jobs', [job()]));
    expect(await reading().count('jobs', {})).toBeGreaterThan(0);
  });
});
