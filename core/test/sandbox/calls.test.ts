import { afterAll, describe, expect, it } from 'vitest';
import { plugin, run, testTier } from './guest.ts';

const { tier, load } = testTier();
afterAll(() => tier.close());

describe('a call', () => {
  it('runs a handler in an isolate of another process', async () => {
    const runtime = await load(plugin('return { doubled: input.value * 2, tenant: ctx.tenant.id }'));
    expect(await run(runtime, { value: 21 })).toEqual({
      doubled: 42,
      tenant: '11111111-1111-4111-8111-111111111111',
    });
  });

  it('asks the kernel and gets its answers', async () => {
    const runtime = await load(
      plugin('const rows = await ctx.db.jobs.find({ limit: 2 }); return { rows, n: await ctx.db.jobs.count() }'),
    );
    const asked: unknown[] = [];
    const output = await run(
      runtime,
      {},
      {
        answer: (operation, args) => {
          asked.push([operation, args]);
          return operation === 'db.count' ? 7 : [{ id: 'a' }, { id: 'b' }];
        },
      },
    );
    expect(output).toEqual({ rows: [{ id: 'a' }, { id: 'b' }], n: 7 });
    expect(asked).toEqual([
      ['db.find', { table: 'jobs', options: { limit: 2 } }],
      ['db.count', { table: 'jobs', where: {} }],
    ]);
  });
});
