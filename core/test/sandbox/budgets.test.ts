import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@bazaar/sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SandboxTierOptions } from '../../src/sandbox/index.ts';
import { plugin, run, testTier } from './guest.ts';

const MB = 1024 * 1024;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const tier of open.splice(0)) await tier.close();
});

function watched(options: Partial<SandboxTierOptions> = {}) {
  const kills: string[] = [];
  // What megabytes cost in time is another test's subject, and differs between machines.
  const limits = { cpuMs: 60_000, ...options.limits };
  const made = testTier({ ...options, limits, onKilled: (id, _version, reason) => kills.push(`${id} ${reason}`) });
  open.push(made.tier);
  const rss = async () =>
    Math.max(...(await made.tier.processes()).processes.filter((p) => p.kind !== 'trial').map((p) => p.rssBytes)) / MB;
  return { ...made, kills, rss };
}

/** An answer that is given when the gate opens, and what was asked so far. */
function gated() {
  const gate = Promise.withResolvers<number>();
  const sizes: number[] = [];
  const answer = (_operation: string, args: JsonObject) => {
    sizes.push(JSON.stringify(args).length);
    return gate.promise;
  };
  return { gate, sizes, answer };
}

const FLOOD = `const body = 'x'.repeat(input.size);
  const ends = await Promise.all(Array.from({ length: input.count }, () =>
    ctx.db.jobs.count({ body }).then(() => 'answered', (error) => error.message)));
  return { answered: ends.filter((end) => end === 'answered').length, words: ends.find((end) => end !== 'answered') ?? '' };`;

describe('arguments that wait for an answer', () => {
  it.each([
    ['', ''],
    [
      'whatever is done to the language',
      `for (const name of ['get', 'set', 'delete', 'has', 'forEach']) Map.prototype[name] = () => undefined;
       Object.defineProperty(Map.prototype, 'size', { get: () => 0 });
       for (const name of ['slice', 'substring', 'toWellFormed']) String.prototype[name] = () => '';
       JSON.stringify = () => '"'; Object.keys = () => []; Number.isFinite = () => true; Array.isArray = () => true;`,
    ],
  ])('are limited for one call %s', async (_what, patches) => {
    const { load, kills } = watched();
    const runtime = await load(plugin(FLOOD, patches));
    const { gate, sizes, answer } = gated();
    const result = run(runtime, { size: 3_000_000, count: 200 }, { answer });
    await vi.waitFor(() => expect(sizes).toHaveLength(2), 30_000);
    gate.resolve(1);
    expect(await result).toEqual({ answered: 2, words: expect.stringContaining('too much was still waiting') });
    expect(await run(runtime, { size: 3_000_000, count: 1 }, { answer })).toEqual({ answered: 1, words: '' });
    expect(sizes).toHaveLength(3);
    expect(kills).toEqual([]);
  });

  it('are limited for all calls of an isolate', async () => {
    const { load } = watched();
    const runtime = await load(plugin(FLOOD));
    const { gate, sizes, answer } = gated();
    const results = Array.from({ length: 4 }, () => run(runtime, { size: 3_000_000, count: 2 }, { answer }));
    await vi.waitFor(() => expect(sizes).toHaveLength(5), 30_000);
    gate.resolve(1);
    const answered = (await Promise.all(results)).map((result) => (result as { answered: number }).answered);
    expect(answered.reduce((sum, one) => sum + one, 0)).toBe(5);
  });

  it('may be large one after the other', async () => {
    const { load, kills } = watched();
    const runtime = await load(
      plugin(
        'for (let i = 0; i < 10; i += 1) await ctx.db.jobs.count({ body: "ä".repeat(4_000_000) }); return input.n ?? 1',
      ),
    );
    const results = Array.from({ length: 2 }, () => run(runtime, {}, { answer: () => 1 }));
    expect(await Promise.all(results)).toEqual([1, 1]);
    expect(kills).toEqual([]);
  });

  it('of more than is allowed end an isolate whose own side lets them pass', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-tampered-'));
    chmodSync(folder, 0o755);
    const { load, kills, tier } = watched({ folder });
    await tier.hardening();
    const code = join(folder, readdirSync(folder).find((name) => /^sandbox-\w+$/.test(name)) ?? '');
    const guest = readFileSync(join(code, 'guest.js'), 'utf8');
    const tampered = guest.replace(/(unansweredOfCall|unansweredOfIsolate): /g, '$1: 1000 * ');
    expect(tampered).not.toBe(guest);
    chmodSync(join(code, 'guest.js'), 0o644);
    writeFileSync(join(code, 'guest.js'), tampered);
    const runtime = await load(plugin(FLOOD));
    const { sizes, answer } = gated();
    await expect(run(runtime, { size: 3_000_000, count: 20 }, { answer })).rejects.toMatchObject({
      reason: 'sandbox-stopped',
    });
    expect(sizes.length).toBeLessThanOrEqual(2);
    expect(kills).toEqual(['guest asked for more than it may']);
    await tier.close();
    await rm(folder, { recursive: true });
  });
});

describe('what is too large', () => {
  it('is refused as an argument and as a result, though megabytes are not', async () => {
    const { load, kills, rss } = watched();
    const runtime = await load(
      plugin(
        `const text = "x".repeat(input.n);
        if (input.ask) await ctx.db.jobs.count({ text });
        return { text: input.ask === 'only' ? '' : text }`,
      ),
    );
    const most = { result: 2 * MB, argument: 4 * MB };
    const text = 'x'.repeat(most.result - 100);
    expect(await run(runtime, { n: text.length, ask: true }, { answer: () => 1 })).toEqual({ text });
    expect(await run(runtime, { n: most.argument - 100, ask: 'only' }, { answer: () => 1 })).toEqual({ text: '' });
    for (const n of [most.result, 2 ** 29 - 24]) {
      await expect(run(runtime, { n })).rejects.toThrow('the result of "run" must be JSON: the value is too large');
    }
    for (const n of [most.argument, 2 ** 29 - 24]) {
      await expect(run(runtime, { n, ask: true })).rejects.toThrow(
        'arguments of "db.count" must be JSON: the value is too large',
      );
    }
    expect(await rss()).toBeLessThan(300);
    expect(kills).toEqual([]);
  });

  it.each([
    ['one text many times', 'return new Array(1_000).fill("x".repeat(1_000_000))'],
    ['one list many times', 'let a = [1]; for (let i = 0; i < 9; i += 1) a = new Array(1_000).fill(a); return a'],
    ['a long name many times', 'return new Array(1_000).fill({ ["x".repeat(1_000_000)]: 1 })'],
    ['millions of values', 'return new Array(3_000_000).fill(0)'],
  ])('is found before it is written: %s', async (_what, body) => {
    const { load, rss } = watched();
    const runtime = await load(plugin(body));
    await expect(run(runtime)).rejects.toThrow('the value is too large');
    expect(await rss()).toBeLessThan(250);
  });

  it.each([
    ['a text', 'throw "x".repeat(2 ** 29 - 24)', 'threw (a text of 536870888 characters)'],
    ['an error', 'throw new Error("x".repeat(2 ** 29 - 24))', '(a text of 536870888 characters)'],
    [
      'a problem',
      'throw Object.assign(new Error("a"), { name: "Problem", code: "conflict", errors: [{ pointer: "/a", message: "x".repeat(2 ** 29 - 24) }] })',
      'a',
    ],
  ])('is not put together to be thrown: %s', async (_what, body, message) => {
    const { load, kills, rss } = watched();
    const runtime = await load(plugin(`if (input.good) return 1; ${body}`));
    await expect(run(runtime)).rejects.toMatchObject({ message });
    expect(await run(runtime, { good: true })).toBe(1);
    expect(await rss()).toBeLessThan(250);
    expect(kills).toEqual([]);
  });

  it('cannot be had by a patched language', async () => {
    const { load, rss } = watched();
    const patches = `const long = () => 'x'.repeat(1e8);
      String.prototype.slice = String.prototype.substring = Array.prototype.join = long; JSON.stringify = long;`;
    const runtime = await load(plugin('throw new Error("y".repeat(3_000))', patches));
    await expect(run(runtime)).rejects.toMatchObject({ message: 'y'.repeat(2_000) });
    expect(await rss()).toBeLessThan(250);
  });
});

describe('lines of the log', () => {
  it('stay in the isolate when they are long', async () => {
    const { load } = watched();
    const runtime = await load(
      plugin(`const text = 'x'.repeat(15_000_000);
        for (let i = 0; i < 50; i += 1) { ctx.log.info(text); ctx.log.info('x', { text }); await ctx.settings.get(); }
        ctx.log.info('short', { n: 1 }); console.log('a', text); console.log('y'.repeat(3_000)); await ctx.settings.get();
        return 1`),
    );
    const lines: JsonObject[] = [];
    const answer = (operation: string, args: JsonObject) => operation === 'log.write' && lines.push(args);
    expect(await run(runtime, {}, { answer })).toBe(1);
    expect(lines).toEqual([
      { level: 'info', message: 'short', data: { n: 1 } },
      { level: 'info', message: 'a (a text of 15000000 characters)', data: {} },
      { level: 'info', message: 'y'.repeat(2_000), data: {} },
    ]);
  });
});

describe('an isolate that holds more memory than it may', () => {
  it('is ended after the call that has taken it, and that counts', async () => {
    const { load, kills, rss } = watched();
    const runtime = await load(
      plugin(
        'if (!input.good) { globalThis.kept = "x".repeat(2 ** 29 - 24); kept.charCodeAt(5); } return typeof globalThis.kept',
      ),
    );
    expect(await run(runtime)).toBe('string');
    await vi.waitFor(() => expect(kills).toEqual(['guest used too much memory']), 30_000);
    expect(await run(runtime, { good: true })).toBe('undefined');
    await vi.waitFor(async () => expect(await rss()).toBeLessThan(250), 30_000);
  });

  it('is ended while its call waits', async () => {
    const { load, kills } = watched();
    const runtime = await load(
      plugin(
        'const text = "x".repeat(2 ** 29 - 24); text.charCodeAt(5); await ctx.db.jobs.count(); return text.length',
      ),
    );
    const { answer } = gated();
    await expect(run(runtime, {}, { answer })).rejects.toMatchObject({ reason: 'sandbox-stopped' });
    expect(kills).toEqual(['guest used too much memory']);
  });

  it('is not one that uses what it may', async () => {
    const { load, kills } = watched();
    const runtime = await load(
      plugin(`globalThis.kept ??= Array.from({ length: 45 }, (_one, n) => JSON.stringify('x'.repeat(1_000_000) + n));
        for (let i = 0; i < 20; i += 1) { new Uint8Array(4_000_000).fill(i); await ctx.db.jobs.count(); }
        return JSON.stringify('x'.repeat(1_000_000))`),
    );
    for (let turn = 0; turn < 5; turn += 1) await run(runtime, {}, { answer: () => 1 });
    expect(kills).toEqual([]);
  });
});
