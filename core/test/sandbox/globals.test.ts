import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PluginRuntime } from '../../src/plugins/index.ts';
import { plugin, run, testTier } from './guest.ts';

// What docs/plugins-reference.md promises in every tier. Each expression is evaluated here, as inline, and in a sandbox.
const EXPRESSIONS = [
  'new TextEncoder().encode("aä€😀\\ud800")',
  'new TextEncoder().encodeInto("ä€", new Uint8Array(4))',
  'new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 97, 0xc3, 0xa4, 0xf0, 0x9f, 0x98, 0x80]))',
  'new TextDecoder().decode(new Uint8Array([0xff, 97, 0xe2, 0x82, 98, 0xf0, 0x9f, 0x98, 0xed, 0xa0, 0x80, 0xc0, 0x80]))',
  'new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([0xff]))',
  'new TextDecoder("latin9999")',
  'btoa("Ärger \\x00\\xff")',
  'btoa("€")',
  'atob(" QUJD RA== ")',
  'atob("A")',
  'atob("****")',
  '["", "a", "ab", "abc", "abcd"].map((text) => [btoa(text), atob(btoa(text))])',
  'new URL("../x/./y?q=ä b#f", "https://User:pw@EXAMPLE.org:443/a/b/c").href',
  '((u) => [u.origin, u.host, u.pathname, u.search, u.hash, u.port, String(u), JSON.stringify(u)])(new URL("http://müller.de:8080/p?a=1#h"))',
  'new URL("nonsense")',
  'URL.canParse("mailto:a@b")',
  '((u) => { u.search = "?x=1"; u.pathname = "/ä"; u.hash = "z"; u.searchParams.append("y", "2 3"); return [u.href, u.searchParams.get("x")]; })(new URL("https://a.example/"))',
  '((u) => { u.port = "99999"; u.protocol = "nonsense"; return u.href; })(new URL("https://a.example:1/"))',
  'new URLSearchParams("?a=1&b=%C3%A4+c&a=2&bad=%zz&=x&y").toString()',
  '[...new URLSearchParams({ a: "1", "b c": "ä&=*()~\'!" })].concat(new URLSearchParams([["x", "y"]]).getAll("x"))',
  '((p) => { p.set("a", "9"); p.delete("b"); p.append("c", "d"); p.sort(); return [String(p), p.has("a"), p.has("a", "1"), p.size, [...p.keys()], [...p.values()]]; })(new URLSearchParams("b=1&a=2&a=3"))',
  'new URLSearchParams([["a"]])',
  'structuredClone({ a: [1, { b: new Date(5) }], m: new Map([[1, new Set(["x"])]]), r: /x/gi, u: new Uint8Array([1, 2]) })',
  '((a) => { a.self = a; const b = structuredClone(a); return b !== a && b.self === b; })({})',
  'structuredClone(() => 1)',
  'structuredClone(new RangeError("far")).message',
  'new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" }).format(1234.5)',
  'new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "Europe/Berlin" }).format(new Date(0))',
  '["ö", "z", "a"].sort(new Intl.Collator("de").compare)',
  '[typeof WeakRef, typeof BigInt, typeof Proxy, typeof Reflect, typeof globalThis]',
  'crypto.randomUUID().replace(/[0-9a-f]/g, "x").slice(0, 14)',
  'crypto.getRandomValues(new Uint8Array(8)).length',
  'crypto.getRandomValues(new Float32Array(8)).length',
  'crypto.getRandomValues(new Uint8Array(70000)).length',
  'await new Promise((resolve) => setTimeout(resolve, 5, "later"))',
  'await new Promise((resolve) => { const t = setTimeout(resolve, 1, "no"); clearTimeout(t); setTimeout(resolve, 30, "yes"); })',
  'await new Promise((resolve) => queueMicrotask(() => resolve("soon")))',
  'queueMicrotask(5)',
  'setTimeout("code")',
];

/** Everything about a value that a plugin could see, as text. */
const SHOW = `const show = (value) => {
  if (ArrayBuffer.isView(value)) return value.constructor.name + '[' + Array.from(value) + ']';
  if (value instanceof Map) return { map: [...value].map(show) };
  if (value instanceof Set) return { set: [...value].map(show) };
  if (value instanceof Date) return { date: value.toISOString() };
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.map(show);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, show(v)]));
  }
  return value === undefined ? 'undefined' : value;
};`;

const attempt = (expression: string) =>
  `${SHOW} try { return { value: show(${expression}) }; } catch (error) { return { failed: error.name }; }`;

const { tier, load } = testTier();
let runtime: PluginRuntime;
beforeAll(async () => {
  const cases = EXPRESSIONS.map((expression) => `async () => { ${attempt(expression)} }`);
  runtime = await load(plugin('return await cases[input.index]()', `const cases = [${cases.join(', ')}];`));
});
afterAll(() => tier.close());

const AsyncFunction = (async () => undefined).constructor as new (body: string) => () => Promise<unknown>;

describe('promised in every tier', () => {
  it.each(EXPRESSIONS.map((expression, index) => ({ expression, index })))(
    '$expression',
    async ({ expression, index }) => {
      const inline = await new AsyncFunction(attempt(expression))();
      expect(await run(runtime, { index })).toEqual(inline);
    },
  );
});

describe('in a sandbox only', () => {
  it('console writes to the log of the plugin', async () => {
    const chatty = await load(
      plugin('console.warn("odd", { n: 1 }, new Error("x")); return await ctx.db.jobs.count()'),
    );
    const lines: unknown[] = [];
    const answer = (operation: string, args: object) => (operation === 'log.write' ? lines.push(args) && null : 0);
    await run(chatty, {}, { answer });
    expect(lines).toEqual([{ level: 'warn', message: 'odd {"n":1} Error: x', data: {} }]);
  });

  it('there is no way out of the language', async () => {
    const names = [
      'process',
      'require',
      'Buffer',
      'fetch',
      'WebAssembly',
      'SharedArrayBuffer',
      'Atomics',
      'setInterval',
    ];
    const curious = await load(plugin(`return ${JSON.stringify(names)}.map((name) => typeof globalThis[name])`));
    expect(await run(curious)).toEqual(names.map(() => 'undefined'));
  });

  it('timers end with the last handler at work', async () => {
    const body = `if (input.start) { setTimeout(() => { globalThis.fired = true; }, 20); return null; }
      await new Promise((resolve) => setTimeout(resolve, 60)); return globalThis.fired === true;`;
    const patient = await load(plugin(body));
    await run(patient, { start: true });
    expect(await run(patient)).toBe(false);
  });
});
