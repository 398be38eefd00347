import { type Attack, HARMLESS, STOPPED } from '../support/attack.ts';

const TABLE = {
  'migrations/0001-rows.sql': `create table rows (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  body text,
  primary key (tenant_id, id)
);
select bazaar.protect('rows');
`,
};
const REFUSED: Attack['ends'] = { kind: 'refused', status: 500, code: 'plugin-failed', also: [413, 429, 503] };

/** Memory that no limit of the heap covers: outside of it, on the way to the kernel, and in the kernel itself. */
export const BEYOND: readonly Attack[] = [
  {
    name: 'buffer-bomb',
    tries: 'typed arrays, whose memory lies outside of the heap',
    run: 'const kept = []; for (;;) { const bytes = new Uint8Array(32 * 1024 * 1024).fill(1); kept.push(bytes); }',
    // The engine may refuse an array before the limit is passed.
    ends: { kind: 'refused', status: 503, code: 'unavailable', also: [500] },
  },
  {
    name: 'caught-buffer-bomb',
    tries: 'the same, whatever the engine refuses',
    run: `const kept = [];
      for (let size = 2 ** 28; ; size = size > 1024 ? size / 2 : 1024) try { kept.push(new Uint8Array(size).fill(1)); } catch {}`,
    ends: STOPPED,
  },
  {
    name: 'resizable-buffer',
    tries: 'a buffer that is small when it is made and grows afterwards',
    run: `const kept = [];
      for (;;) {
        const buffer = new ArrayBuffer(8, { maxByteLength: 2 ** 32 });
        try { buffer.resize(2 ** 31); } catch { try { buffer.resize(2 ** 27); } catch {} }
        new Uint8Array(buffer).fill(1);
        kept.push(buffer);
      }`,
    ends: STOPPED,
  },
  {
    name: 'transferred-buffer',
    tries: 'buffers that grow by being handed over',
    run: `const kept = [];
      for (let size = 2 ** 20; ; size *= 2) try { kept.push(new ArrayBuffer(8).transfer(Math.min(size, 2 ** 30))); new Uint8Array(kept.at(-1)).fill(1); } catch {}`,
    ends: STOPPED,
  },
  {
    name: 'compiled-code',
    tries: 'ever new regular expressions and functions to be compiled',
    run: "const kept = []; for (let i = 0; ; i += 1) { const r = new RegExp(('(a|b|c' + i + '){2,9}x').repeat(9)); r.test('abc'); kept.push(r, Function('return ' + i)); }",
    ends: STOPPED,
  },
  {
    name: 'giant-result',
    tries: 'to return the longest text there is',
    run: "return { text: 'x'.repeat(2 ** 29 - 24) };",
    ends: REFUSED,
  },
  {
    name: 'amplified-result',
    tries: 'to return one text of a megabyte a thousand times',
    run: "const text = 'x'.repeat(1_000_000); return { list: new Array(1_000).fill(text) };",
    ends: REFUSED,
  },
  {
    name: 'wide-result',
    tries: 'to return millions of values',
    run: 'return { list: new Array(3_000_000).fill(0) };',
    ends: REFUSED,
  },
  {
    name: 'deep-result',
    tries: 'to return a value nested a hundred thousand times',
    run: 'let value = {}; for (let i = 0; i < 100_000; i += 1) value = { value }; return value;',
    ends: REFUSED,
  },
  {
    name: 'fifteen-megabytes',
    tries: 'a result that fits into its memory several times, but not into an answer',
    run: "return { text: 'x'.repeat(15_000_000) };",
    atOnce: 4,
    ends: REFUSED,
  },
  {
    name: 'largest-result',
    tries: 'the largest result that is allowed, several times at once',
    run: "return { text: 'x'.repeat(1_950_000) };",
    atOnce: 4,
    ends: HARMLESS,
  },
  {
    name: 'sixteen-in-flight',
    tries: 'sixteen calls at once with 100 KB each way',
    run: "await ctx.settings.get(); return { echo: input.text, more: 'y'.repeat(100_000) };",
    input: { text: 'x'.repeat(100_000) },
    atOnce: 16,
    ends: HARMLESS,
  },
  {
    name: 'giant-arguments',
    tries: 'hundreds of host calls at once with arguments of eight megabytes',
    run: `const body = 'x'.repeat(8_000_000);
      const all = [];
      for (let i = 0; i < 250; i += 1) all.push(ctx.db.rows.count({ body }).catch(() => 0));
      await Promise.all(all);
      return {};`,
    files: TABLE,
    ends: { kind: 'refused', status: 200, code: '', also: [200, 429, 500, 503] },
  },
  {
    name: 'giant-log',
    tries: 'log lines of sixteen megabytes',
    run: "const text = 'x'.repeat(15_000_000); for (let i = 0; i < 100; i += 1) { ctx.log.info(text, {}); ctx.log.info('x', { text }); await ctx.settings.get(); } return {};",
    ends: { kind: 'refused', status: 200, code: '', also: [200, 429, 500, 503] },
  },
  {
    name: 'giant-rows',
    tries: 'to read back far more than it wrote: a thousand rows of a large text',
    run: `await ctx.db.rows.insertMany(Array.from({ length: 7 }, () => ({ body: 'x'.repeat(1_000_000) })));
      const found = await Promise.all(Array.from({ length: 40 }, () => ctx.db.rows.find({ limit: 100 }).catch(() => [])));
      return { found: found.length };`,
    files: TABLE,
    ends: { kind: 'refused', status: 200, code: '', also: [200, 413, 429, 500, 503] },
  },
  {
    name: 'hoard',
    tries: 'to keep 40 MB in each isolate, for as many tenants as there are',
    module: 'const hoard = [];',
    run: 'while (hoard.length < 40) hoard.push(new Array(130_000).fill(hoard.length)); return { hoard: hoard.length };',
    ends: HARMLESS,
  },
];
