import { type Attack, FAILED, HARMLESS, STOPPED } from '../support/attack.ts';

/** It may be stopped, or fail in time: which of the two is up to the engine. */
const STOPPED_OR_FAILED: Attack['ends'] = { kind: 'refused', status: 503, code: 'unavailable', also: [500] };

/** Memory of the isolate's own heap, which has a limit. */
export const HEAP: readonly Attack[] = [
  {
    name: 'array-bomb',
    tries: 'an array that grows for ever',
    run: 'const a = []; for (;;) a.push([1, 2, 3]);',
    ends: STOPPED,
  },
  {
    name: 'wide-arrays',
    tries: 'arrays of the greatest length, filled',
    run: 'const kept = []; for (;;) kept.push(new Array(5_000_000).fill(kept.length));',
    ends: STOPPED,
  },
  {
    name: 'map-bomb',
    tries: 'a Map that grows for ever',
    run: 'const map = new Map(); for (let i = 0; ; i += 1) map.set(i, { i });',
    ends: STOPPED,
  },
  {
    name: 'set-bomb',
    tries: 'a Set of ever new texts',
    run: "const set = new Set(); for (let i = 0; ; i += 1) set.add('text ' + i);",
    ends: STOPPED,
  },
  {
    name: 'text-doubling',
    tries: 'texts that double until the engine refuses, all of them kept',
    run: `const kept = [];
      for (;;) {
        let text = 'x' + kept.length;
        try { for (;;) { text += text; kept.push(text, text.split('').length); } } catch {}
      }`,
    ends: STOPPED,
  },
  {
    name: 'closure-bomb',
    tries: 'closures that each keep what the one before kept',
    run: 'let last = () => 0; for (;;) { const before = last, data = new Array(100).fill(1); last = () => [before, data]; }',
    ends: STOPPED,
  },
  {
    name: 'promise-bomb',
    tries: 'promises that wait for one another without end',
    run: 'let last = new Promise(() => {}); for (;;) last = last.then(() => {}, () => {});',
    ends: STOPPED,
  },
  {
    name: 'weak-bomb',
    tries: 'weak references and finalisers, which outlive what they speak of',
    run: `const registry = new FinalizationRegistry(() => {});
      const kept = [];
      for (;;) { const one = {}; registry.register(one, {}, one); kept.push(new WeakRef(one)); }`,
    ends: STOPPED,
  },
  {
    name: 'module-bomb',
    tries: 'to take all memory while it is being loaded',
    module: 'const kept = []; for (;;) kept.push(new Array(1_000).fill({}));',
    run: 'return {};',
    ends: { kind: 'not-loaded', reason: /./ },
  },
  {
    name: 'deep-recursion',
    tries: 'to exhaust the stack',
    run: 'const down = (n) => 1 + down(n + 1); return { n: down(0) };',
    ends: FAILED,
  },
  {
    name: 'deep-recursion-everywhere',
    tries: 'to exhaust the stack inside of sort, replace, JSON and Proxy',
    run: `const tries = [
        () => { const f = () => [2, 1].sort(f); f(); },
        () => { const f = () => 'a'.replace(/a/, f); f(); },
        () => { const f = { toJSON: () => JSON.stringify(f) }; JSON.stringify(f); },
        () => { const p = new Proxy({}, { get: (t, key, r) => r[key + 1] }); p.x; },
        () => { let deep = []; for (let i = 0; i < 100_000; i += 1) deep = [deep]; JSON.stringify(deep); },
        () => { let deep = '['.repeat(100_000) + ']'.repeat(100_000); JSON.parse(deep); },
        () => new RegExp('('.repeat(50_000) + ')'.repeat(50_000)),
        () => Function('return ' + '('.repeat(50_000) + '1' + ')'.repeat(50_000)),
        () => Function('return ' + '['.repeat(50_000) + ']'.repeat(50_000)),
      ];
      let caught = 0;
      for (const work of tries) try { work(); } catch { caught += 1; }
      return { caught };`,
    ends: HARMLESS,
  },
  {
    name: 'giant-trace',
    tries: 'an error with an endless stack trace and a giant message',
    run: `Error.stackTraceLimit = Infinity;
      const down = (n) => { if (n === 0) throw new Error('x'.repeat(50_000_000)); down(n - 1); };
      down(5_000);`,
    ends: { kind: 'refused', status: 500, code: 'plugin-failed', also: [503] },
  },
  {
    name: 'thrown-giant',
    tries: 'to throw the longest text there is',
    run: "throw 'x'.repeat(2 ** 29 - 24);",
    ends: STOPPED_OR_FAILED,
  },
];
