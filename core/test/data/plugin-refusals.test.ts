import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiError } from '../../src/errors/index.ts';
import { type JobsPlugin, job, openJobsPlugin, slug } from '../support/jobs-plugin.ts';

let jobs: JobsPlugin;
beforeAll(async () => {
  jobs = await openJobsPlugin();
});
afterAll(() => jobs.close());

describe('refusals of the database are answers, not failures', () => {
  test.each<[string, () => Promise<unknown>, object]>([
    [
      'a duplicate',
      () =>
        jobs.writing(async (unit) => {
          const one = job();
          await unit.insert('jobs', [one, one]);
        }),
      { code: 'conflict' },
    ],
    [
      'a missing reference',
      () => jobs.writing((unit) => unit.insert('applications', [{ jobId: jobs.ids.a }])),
      { code: 'not-found' },
    ],
    [
      'a required field',
      () => jobs.writing((unit) => unit.insert('jobs', [{ slug: slug() }])),
      { code: 'invalid-input', errors: [{ pointer: '/title' }] },
    ],
    [
      'a broken rule',
      () => jobs.writing((unit) => unit.insert('jobs', [job({ title: 'x'.repeat(51) })])),
      { code: 'invalid-input' },
    ],
    [
      'a malformed id',
      () => jobs.writing((unit) => unit.insert('applications', [{ jobId: 'x' }])),
      { code: 'invalid-input', errors: [{ pointer: '/jobId' }] },
    ],
    [
      'a number out of range',
      () => jobs.writing((unit) => unit.insert('applications', [{ jobId: jobs.ids.a, score: 70000 }])),
      { code: 'invalid-input' },
    ],
    [
      'a fraction for an integer',
      () => jobs.writing((unit) => unit.insert('jobs', [job({ views: 1.5 })])),
      { code: 'invalid-input' },
    ],
    [
      'a NUL character',
      () => jobs.writing((unit) => unit.insert('jobs', [job({ title: 'a\0b' })])),
      { code: 'invalid-input' },
    ],
    [
      'a NUL character in JSON',
      () => jobs.writing((unit) => unit.insert('jobs', [job({ data: { a: 'a\0b' } })])),
      { code: 'invalid-input' },
    ],
    [
      'half a surrogate in JSON',
      () => jobs.writing((unit) => unit.insert('jobs', [job({ data: { a: '\ud800' } })])),
      { code: 'invalid-input' },
    ],
    [
      'text too long for its index',
      () =>
        jobs.writing((unit) =>
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
      () => jobs.writing((unit) => unit.insert('jobs', [job({ openUntil: '2026-02-30' })])),
      { code: 'invalid-input' },
    ],
    [
      'a list for a single value',
      () => jobs.writing((unit) => unit.insert('jobs', [job({ title: ['a'] })])),
      { code: 'invalid-input' },
    ],
    [
      'a query that takes too long',
      () => jobs.reading().query('slow', {}),
      { code: 'unavailable', reason: 'statement-timeout' },
    ],
    [
      'a query that sorts hundreds of megabytes',
      () => jobs.reading().query('sprawl', {}),
      { code: 'unavailable', reason: 'temporary-files' },
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
    const [one] = await jobs.writing(async (unit) => {
      const rows = await unit.insert('jobs', [job()]);
      await unit.insert('applications', [{ jobId: rows[0]?.id as string }]);
      return rows;
    });
    await expect(jobs.writing((unit) => unit.delete('jobs', { id: one?.id as string }))).rejects.toMatchObject({
      code: 'conflict',
      reason: 'still-referenced',
    });
  });
});

describe('answers that nobody could use', () => {
  test.each<[string, string, Record<string, number>]>([
    ['one value that is too long', 'giant', { length: 20_000_000 }],
    ['one that is far too long', 'giant', { length: 100_000_000 }],
    ['too many rows', 'many', { count: 500_000 }],
  ])('%s', { timeout: 30_000 }, async (_what, query, params) => {
    for (const unit of [jobs.reading(), jobs.plugin.open(jobs.scope(jobs.ids.a, false))]) {
      await expect(unit.query(query, params)).rejects.toThrow(/larger than 16 MB|took too long|needed too much memory/);
      await unit.rollback();
    }
    expect(await jobs.reading().query('many', { count: 3 })).toHaveLength(3);
  });

  test('large ones that can be used come', async () => {
    const [row] = await jobs.reading().query('giant', { length: 10_000_000 });
    expect(row?.text).toHaveLength(10_000_000);
    expect(await jobs.reading().query('many', { count: 200_000 })).toHaveLength(200_000);
  });
});

test('tables that must not grow can be read and emptied, and a refused statement undoes nothing', async () => {
  let isFull = false;
  const beforeGrowth = () => {
    if (isFull) throw new ApiError('quota-exceeded', 'full');
  };
  const unit = jobs.plugin.open({ ...jobs.scope(jobs.ids.a, false), beforeGrowth });
  const [row] = await unit.insert('jobs', [job()]);
  const one = { id: row?.id as string };
  isFull = true;
  for (const growing of [
    () => unit.insert('jobs', [job()]),
    () => unit.update('jobs', one, { title: 'B' }),
    () => unit.query('copy', { count: 1 }),
  ]) {
    await expect(growing()).rejects.toMatchObject({ code: 'quota-exceeded' });
  }
  expect(await unit.query('many', { count: 1 })).toHaveLength(1);
  expect(await unit.count('jobs', one)).toBe(1);
  expect(await unit.delete('jobs', one)).toBe(1);
  await unit.commit();
  expect(await jobs.reading().count('jobs', one)).toBe(0);
});

test('rows that a named query changes are told of', async () => {
  const told: number[] = [];
  const unit = jobs.plugin.open({ ...jobs.scope(jobs.ids.a, false), changed: (rows) => void told.push(rows) });
  await unit.query('copy', { count: 5_000 });
  await unit.query('many', { count: 3 });
  await unit.rollback();
  expect(told).toEqual([5_000]);
});
