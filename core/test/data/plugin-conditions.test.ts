import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type JobsPlugin, job, openJobsPlugin } from '../support/jobs-plugin.ts';

let jobs: JobsPlugin;
beforeAll(async () => {
  jobs = await openJobsPlugin();
});
afterAll(() => jobs.close());

describe('conditions', () => {
  beforeAll(async () => {
    await jobs.writing((unit) =>
      unit.insert('jobs', [
        job({ title: 'C 100% (remote)', views: 1, tags: ['cond'] }),
        job({ title: 'c_plus', views: 2, tags: ['cond'], salary: '10' }),
        job({ title: 'O\'Brien \\ "quoted"; drop table jobs', views: 3, tags: ['cond'] }),
      ]),
    );
  });
  const titles = async (where: object) =>
    (
      await jobs.reading().find('jobs', { where: { ...where, views: { in: [1, 2, 3] } } as never, order: ['views'] })
    ).map((row) => row.views);

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
    const outcome = await jobs
      .reading()
      .find('jobs', { where: where as never })
      .catch((error: unknown) => error);
    if (!Array.isArray(outcome)) expect(outcome).toMatchObject({ code: 'invalid-input' });
    else expect(outcome).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['an unknown table', () => jobs.reading().find('users', {}), /table “users”/],
    ['an unknown column', () => jobs.reading().find('jobs', { where: { nothing: 1 } }), /“nothing”/],
    ['the tenant column', () => jobs.reading().find('jobs', { where: { tenantId: jobs.ids.b } }), /tenantId/],
    ['a prototype member', () => jobs.reading().find('jobs', { where: { constructor: 1 } as never }), /constructor/],
    ['an unknown operator', () => jobs.reading().find('jobs', { where: { title: { like: 'x' } } as never }), /like/],
    ['an unknown order', () => jobs.reading().find('jobs', { order: ['title; drop table jobs'] }), /title; drop/],
    ['an unknown query', () => jobs.reading().query('nothing', {}), /query “nothing”/],
    ['an unknown parameter', () => jobs.reading().query('search', { txt: 'x' }), /txt/],
    ['too many rows', () => jobs.reading().find('jobs', { limit: 5000 }), /limit/],
    [
      'no condition for update',
      () => jobs.writing((unit) => unit.update('jobs', {}, { title: 'x' })),
      /without a condition/,
    ],
    ['no condition for delete', () => jobs.writing((unit) => unit.delete('jobs', {})), /without a condition/],
    ['an unknown field', () => jobs.writing((unit) => unit.insert('jobs', [job({ nothing: 1 })])), /nothing/],
    [
      'another tenant in a row',
      () => jobs.writing((unit) => unit.insert('jobs', [job({ tenantId: jobs.ids.b })])),
      /tenantId/,
    ],
    ['a generated field', () => jobs.writing((unit) => unit.insert('applications', [{ position: 1 }])), /position/],
    ['writing in a read', () => jobs.reading().insert('jobs', [job()]), /read/],
    ['a writing query in a read', () => jobs.reading().query('rename', { slug: 'x', title: 'y' }), /read/],
  ])('names the mistake: %s', async (_what, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});

describe('pages', () => {
  beforeAll(async () => {
    await jobs.writing((unit) =>
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
      const page = await jobs.reading().page('jobs', { where, order: order as never, limit, cursor });
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
      const found = await jobs.reading().find('jobs', {
        where,
        order: [...order, order[0]?.startsWith('-') && order.length === 1 ? '-id' : 'id'] as never,
        limit: 100,
      });
      if (order.length === 1) expect(seen).toEqual(found.map((row) => row.id));
    },
  );

  test('cursors are bound to their question', async () => {
    const { nextCursor: cursor } = await jobs.reading().page('jobs', { where, order: ['title'], limit: 2 });
    for (const options of [
      { where, order: ['-title'] as never, cursor },
      { order: ['title'] as never, cursor },
      { where: { title: { startsWith: 'Other' } }, order: ['title'] as never, cursor },
      { where, order: ['title'] as never, cursor: 'nonsense' },
      { where, order: ['title'] as never, cursor: Buffer.from('["x"]').toString('base64url') },
      { where, order: ['title'] as never, cursor: `${cursor}x` },
      { where, order: ['title'] as never, cursor: '' },
    ]) {
      await expect(jobs.reading().page('jobs', { limit: 2, ...options })).rejects.toMatchObject({
        code: 'invalid-input',
      });
    }
    await expect(jobs.reading().page('applications', { cursor })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('a cursor taken over by another tenant shows nothing of the first', async () => {
    const { nextCursor: cursor } = await jobs.reading().page('jobs', { where, order: ['title'], limit: 2 });
    const page = await jobs
      .reading(jobs.ids.b)
      .page('jobs', { where, order: ['title'], limit: 2, cursor })
      .catch(() => ({ items: [] }));
    expect(page.items).toEqual([]);
  });
});
