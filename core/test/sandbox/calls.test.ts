import { type JsonObject, Problem } from '@bazaar/sdk';
import { afterAll, describe, expect, it } from 'vitest';
import { type Answer, callOf, OTHER_TENANT, plugin, run, TENANT, testTier } from './guest.ts';

const { tier, load } = testTier();
afterAll(() => tier.close());

describe('a call', () => {
  it('runs a handler in an isolate of another process', async () => {
    const runtime = await load(plugin('return { doubled: input.value * 2, tenant: ctx.tenant.id }'));
    expect(await run(runtime, { value: 21 })).toEqual({ doubled: 42, tenant: TENANT });
  });

  it('asks the kernel and gets its answers', async () => {
    const runtime = await load(
      plugin('return { rows: await ctx.db.jobs.find({ limit: 2 }), n: await ctx.db.jobs.count() }'),
    );
    const asked: unknown[] = [];
    const answer = (operation: string, args: unknown) => {
      asked.push([operation, args]);
      return operation === 'db.count' ? 7 : [{ id: 'a' }, { id: 'b' }];
    };
    expect(await run(runtime, {}, { answer })).toEqual({ rows: [{ id: 'a' }, { id: 'b' }], n: 7 });
    expect(asked).toEqual([
      ['db.find', { table: 'jobs', options: { limit: 2 } }],
      ['db.count', { table: 'jobs', where: {} }],
    ]);
  });

  it('gives its place to the actions that it calls', async () => {
    const runtime = await load(
      plugin(
        'if (input.depth === 0) return 1; const calls = [1, 2].map(() => ctx.actions.call("guest.run", { depth: input.depth - 1 })); return (await Promise.all(calls)).reduce((sum, one) => sum + one)',
      ),
    );
    const answer: Answer = (_operation, args) => run(runtime, args.input as JsonObject, { answer });
    const results = Array.from({ length: 6 }, () => run(runtime, { depth: 3 }, { answer }));
    expect(await Promise.all(results)).toEqual(Array(6).fill(8));
  });

  it('is answered while another plugin of its process asks without end', async () => {
    const flood = await load(
      plugin(
        'for (let i = 0; i < 100; i += 1) await Promise.all(Array.from({ length: 250 }, () => ctx.db.jobs.count())); return 1',
      ),
      { id: 'flood' },
    );
    const runtime = await load(plugin('return await ctx.db.jobs.count()'), { id: 'other' });
    let isOver = false;
    const end = run(flood, {}, { answer: () => 1 }).finally(() => {
      isOver = true;
    });
    let answered = 0;
    for (; !isOver; answered += 1) expect(await run(runtime, {}, { answer: () => 7 })).toBe(7);
    await end;
    expect(answered).toBeGreaterThan(50);
  });

  it('reaches subscriptions and the demo handler', async () => {
    const code = `export default {
      actions: {},
      subscriptions: { 'other.thing.done': async (ctx, event) => { await ctx.tasks.resolve(event.payload.key); } },
      demo: async (ctx, data) => { await ctx.tasks.resolve(data.key); },
    };`;
    const runtime = await load(code, { actions: [], subscriptions: ['other.thing.done'], demo: true });
    const keys: unknown[] = [];
    const call = callOf({ answer: (_operation, args) => keys.push(args.key) });
    const event = {
      id: 'e',
      name: 'other.thing.done',
      version: 1,
      subject: 's',
      occurredAt: '2026-11-21T03:00:00.000Z',
    };
    await runtime.subscription('other.thing.done', call, { ...event, payload: { key: 'from the event' } });
    await runtime.demo(call, { key: 'from the demo' });
    expect(keys).toEqual(['from the event', 'from the demo']);
  });

  it('asks for what is known of a person part by part', async () => {
    const code = `export default { actions: {}, exportPerson: async (_ctx, { email, cursor = '0' }) => ({
      collections: [{ name: 'letters', title: email, records: [{ text: 'x'.repeat(1_500_000) }] }],
      ...(cursor === '2' ? {} : { nextCursor: String(Number(cursor) + 1) }),
    }) };`;
    const runtime = await load(code, { actions: [], exports: true });
    const person = { email: 'a@b.test', userId: null, files: [] };
    const cursors: unknown[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const question = { ...person, ...(cursor === undefined ? {} : { cursor }) };
      const answer = (await runtime.privacy('exportPerson', callOf(), question)) as { nextCursor?: string };
      cursor = answer.nextCursor;
      cursors.push(cursor);
    }
    expect(cursors).toEqual(['1', '2', undefined]);
  });

  it('carries a result and an input of a megabyte, and refuses what is beyond the limit', async () => {
    const runtime = await load(plugin('return input.count === undefined ? input : { text: "x".repeat(input.count) }'));
    const input = { text: 'ä"\u2028'.repeat(300_000) };
    expect(await run(runtime, input)).toEqual(input);
    await expect(run(runtime, { count: 17 * 1024 * 1024 })).rejects.toThrow(/must be JSON.*too large/);
  });

  it('gets nothing where the kernel answers nothing', async () => {
    const runtime = await load(plugin('return { answer: await ctx.settings.get() }'));
    expect(await run(runtime, {}, { answer: () => undefined })).toEqual({ answer: null });
  });

  it('is refused when the input, or an answer of the kernel, is too large', async () => {
    const runtime = await load(plugin('await ctx.db.jobs.count(); return 1'));
    const huge = 'x'.repeat(17 * 1024 * 1024);
    await expect(run(runtime, { huge })).rejects.toMatchObject({ code: 'too-large' });
    await expect(run(runtime, {}, { answer: () => huge })).rejects.toThrow('the answer to "db.count" is too large');
  });

  it('tells what it took', async () => {
    const runtime = await load(plugin('let x = 0; for (let i = 0; i < 2e6; i += 1) x += i; return x'));
    let cpuMs = 0;
    await run(runtime, {}, { usage: (used) => (cpuMs += used.cpuMs ?? 0) });
    expect(cpuMs).toBeGreaterThan(2);
    expect(cpuMs).toBeLessThan(2_000);
  });
});

describe('results', () => {
  it.each([
    ['undefined', 'return undefined', 'the value is undefined; use null'],
    ['a date', 'return { at: new Date(0) }', '"at" is a Date; use toISOString()'],
    ['a class instance', 'class Job {} return { job: new Job() }', '"job" is a Job'],
    ['a function', 'return { f: () => 1 }', '"f" is a function'],
    ['a number that is none', 'return [NaN]', '"0" is NaN, which JSON cannot hold'],
    ['a circle', 'const a = {}; a.a = a; return a', 'the value is nested deeper than 64 levels, or in itself'],
    ['a NUL character', 'return { a: "\\0" }', '"a" holds a NUL character'],
    ['half a character', 'return { a: "\\ud800" }', '"a" holds half a surrogate pair'],
    [
      'a way to a prototype',
      'return JSON.parse(\'{"__proto__":{"x":1}}\')',
      '"__proto__" has a name that is not allowed',
    ],
  ])('refuses %s in the words of the inline tier', async (_what, body, words) => {
    const runtime = await load(plugin(body));
    await expect(run(runtime)).rejects.toThrow(`the result of "run" must be JSON: ${words}`);
  });

  it('leaves out properties that are undefined', async () => {
    const runtime = await load(plugin('return { a: undefined, b: 1 }'));
    expect(await run(runtime)).toEqual({ b: 1 });
  });
});

describe('errors', () => {
  const sdk = `class Problem extends Error { constructor(code, detail, o = {}) {
    super(detail); this.name = 'Problem'; this.code = code; this.reason = o.reason; this.errors = o.errors; } }`;

  it('come across as data: a refusal keeps its parts', async () => {
    const thrown = `throw new Problem('invalid-input', 'No.', { reason: 'too-late', errors: [{ pointer: '/a', message: 'b' }] })`;
    const runtime = await load(plugin(thrown, sdk));
    await expect(run(runtime)).rejects.toMatchObject({
      name: 'Problem',
      code: 'invalid-input',
      message: 'No.',
      reason: 'too-late',
      errors: [{ pointer: '/a', message: 'b' }],
    });
  });

  it('keep name, message and place for the log', async () => {
    const runtime = await load(plugin('null.x'));
    const error = await run(runtime).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'TypeError', message: "Cannot read properties of null (reading 'x')" });
    expect((error as Error).stack).toContain('guest@1.0.0/src/plugin.ts');
  });

  it('of the kernel reach the handler as the refusals they are', async () => {
    const body = `try { await ctx.db.jobs.insert({ a: 1 }); } catch (e) {
      return { name: e.name, code: e.code, reason: e.reason, message: e.message, isError: e instanceof Error }; }`;
    const runtime = await load(plugin(body));
    const answer = () => {
      throw new Problem('conflict', 'There is one already.', { reason: 'duplicate' });
    };
    expect(await run(runtime, {}, { answer })).toEqual({
      name: 'Problem',
      code: 'conflict',
      reason: 'duplicate',
      message: 'There is one already.',
      isError: true,
    });
  });

  it('name arguments that cannot cross', async () => {
    const runtime = await load(plugin('await ctx.db.jobs.insert({ at: new Date(0) })'));
    await expect(run(runtime)).rejects.toThrow(
      'arguments of "db.insert" must be JSON: "rows.0.at" is a Date; use toISOString()',
    );
  });

  it('say that a call came too late', async () => {
    const runtime = await load(
      plugin('if (input.first) { globalThis.kept = ctx; return 1; } return await globalThis.kept.db.jobs.count()'),
    );
    await run(runtime, { first: true });
    await expect(run(runtime, {})).rejects.toThrow(
      '"db.count" was called after its handler had ended; await every call',
    );
  });
});

describe('loading', () => {
  it.each([
    ['throws', 'throw new Error("not today")', 'src/plugin.ts could not be loaded: not today'],
    ['is no JavaScript', 'export default {', 'src/plugin.ts could not be loaded: Unexpected token'],
    ['has no default export', 'export const a = 1', 'src/plugin.ts has no default export'],
    ['imports something', 'import "node:fs"; export default {}', 'imports "node:fs"'],
    ['lacks a handler', 'export default { actions: {} }', '"run" is declared under "actions" but has no handler'],
    ['has one too many', plugin('').replace('run(', 'run() {}, async other('), 'the handler "other" is not declared'],
  ])('a module that %s is refused in words', async (_what, code, words) => {
    await expect(load(code)).rejects.toThrow(words);
  });

  it('waits for the top level of a module, though not for ever', async () => {
    const runtime = await load(`const n = await Promise.resolve(5); ${plugin('return n')}`);
    expect(await run(runtime)).toBe(5);
    const impatient = testTier({ limits: { loadMs: 300 } });
    const asBundled = plugin('return 1').replace('export default', 'export { plugin as default }; var plugin =');
    for (const code of [plugin('return 1'), asBundled]) {
      await expect(impatient.load(`await new Promise(() => {}); ${code}`)).rejects.toThrow(
        'did not finish loading within 0.3 s',
      );
    }
    await impatient.tier.close();
  });
});

describe('state', () => {
  it('of one tenant is out of reach for the next', async () => {
    const runtime = await load(
      plugin('globalThis.seen = [...(globalThis.seen ?? []), ctx.tenant.id]; return globalThis.seen'),
    );
    expect(await run(runtime)).toEqual([TENANT]);
    expect(await run(runtime, {}, { tenant: OTHER_TENANT })).toEqual([OTHER_TENANT]);
  });
});
