import { type Attack, NOTHING_REACHED } from '../support/attack.ts';
import { WALKER } from './walker.ts';

const TABLE = {
  'migrations/0001-rows.sql': `create table rows (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  body jsonb,
  primary key (tenant_id, id)
);
select bazaar.protect('rows');
`,
};

/** Ways out of the isolate over objects and functions that are within reach. */
export const REACH: readonly Attack[] = [
  {
    name: 'walk-context',
    tries: 'constructor chains from everything in its context',
    module: WALKER,
    run: `const names = ['plugin', 'tenant', 'user', 'requestId', 'db', 'queries', 'events', 'actions', 'settings', 'files',
        'documents', 'tasks', 'progress', 'http', 'log'];
      return { reached: walk({ ctx, input, ...Object.fromEntries(names.map((name) => [name, ctx[name]])) }) };`,
    input: { some: { nested: ['input'] } },
    ends: NOTHING_REACHED,
  },
  {
    name: 'walk-tables',
    tries: 'constructor chains from tables, queries and names that nobody declared',
    module: WALKER,
    run: `const tables = ['rows', 'constructor', '__proto__', 'prototype', 'toString', 'then', 'call', 'apply'];
      const of = (group) => Object.fromEntries(tables.map((name) => [name, ctx[group][name]]));
      return { reached: walk({ ...of('db'), more: of('queries'), proxy: ctx.db, other: ctx.queries }) };`,
    files: TABLE,
    ends: NOTHING_REACHED,
  },
  {
    name: 'walk-errors',
    tries: 'constructor chains from errors that the kernel throws',
    module: WALKER,
    run: `const errors = [];
      for (const work of [
        () => ctx.db.nothing.find(),
        () => ctx.db.rows.find({ where: { nothing: 1 } }),
        () => ctx.queries.nothing({}),
        () => ctx.files.info('nothing'),
        () => ctx.actions.call('nothing.at.all', {}),
        () => ctx.http.fetch({ url: 'https://example.com/' }),
        () => ctx.events.emit('nothing', {}),
        () => ctx.tasks.raise(null),
        () => ctx.db.rows.insert({ body: () => 1 }),
        () => ctx.db.rows.insert({ body: 1n }),
        () => new URL('::'),
        () => crypto.getRandomValues(new Uint8Array(70_000)),
        () => atob('*'),
        () => structuredClone(() => 1),
      ]) errors.push((await outcomeOf(work)).error);
      const unexpected = errors.flatMap((error, at) => (error instanceof Error ? [] : ['no error of ours at ' + at]));
      const told = errors.filter((error) => /node:|\\/core\\/|node_modules|main\\.mjs/.test(String(error?.stack)));
      return { reached: [...walk({ ...errors }), ...unexpected, ...told.map((error) => error.stack)] };`,
    files: TABLE,
    ends: NOTHING_REACHED,
  },
  {
    name: 'walk-promises',
    tries: 'constructor chains from the promises and results of host calls',
    module: WALKER,
    run: `const promise = ctx.settings.get();
      const row = await ctx.db.rows.insert({ body: { deep: [{ er: true }] } });
      const page = await ctx.db.rows.page({ limit: 2 });
      const roots = { promise, settings: await promise, row, page, pending: ctx.db.rows.count() };
      return { reached: walk(roots) };`,
    files: TABLE,
    ends: NOTHING_REACHED,
  },
  {
    name: 'walk-globals',
    tries: 'to find what the runtime left in its global object, and to walk from there',
    module: `${WALKER}\nconst before = walk({ globalThis, ...Object.fromEntries(Reflect.ownKeys(globalThis).map((key) => [String(key), globalThis[key]])) }, 20_000);`,
    run: 'return { reached: [...before, ...forbiddenGlobals(), ...walk({ globalThis }, 3_000)] };',
    ends: NOTHING_REACHED,
  },
  {
    name: 'compile',
    tries: 'to compile code into another realm with eval, Function and its relatives',
    module: WALKER,
    run: `const Async = (async () => {}).constructor;
      const Generator = (function* () {}).constructor;
      const probe = 'return typeof process + typeof require + typeof module + typeof Buffer + typeof WebAssembly';
      const found = [];
      for (const make of [
        () => Function(probe)(),
        () => new Function(probe)(),
        () => Async(probe)(),
        () => Generator(probe)().next().value,
        () => eval('(() => { ' + probe + ' })()'),
        () => (0, eval)('(() => { ' + probe + ' })()'),
        () => Reflect.construct(Function, [probe], Object)(),
        () => [].constructor.constructor(probe)(),
        () => Function.prototype.constructor.call(null, probe)(),
        () => (class extends Function {})(probe)?.(),
      ]) found.push((await outcomeOf(make)).value);
      return { reached: found.filter((value) => typeof value === 'string' && value !== 'undefined'.repeat(5)) };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'import-by-expression',
    tries: 'to import what it decides on only when it runs',
    run: "return { fs: Object.keys(await import(['node', 'fs'].join(':'))) };",
    ends: { kind: 'not-loaded', reason: /imports a module by an expression/ },
  },
  {
    name: 'import-of-modules',
    tries: 'to import modules in code that it makes at run time',
    module: WALKER,
    run: `const reached = [];
      const names = ['node:fs', 'fs', 'process', 'isolated-vm', '@bazaar/sdk', './plugin.ts', '/etc/passwd', '../main.mjs',
        'file:///etc/passwd', 'data:text/javascript,export default 1', 'https://example.com/x.js', ''];
      for (const name of names) {
        for (const load of [() => Function('name', 'return import(name)')(name), () => eval('import(name)')]) {
          const { value } = await outcomeOf(load);
          if (value !== undefined) reached.push(name);
        }
      }
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'literal-import',
    tries: 'to import a module of node on its first line',
    module: "import { readFileSync } from 'node:fs';",
    run: "return { text: readFileSync('/etc/passwd', 'utf8') };",
    ends: { kind: 'not-loaded', reason: /node:fs/ },
  },
  {
    name: 'file-outside',
    tries: 'to have files from outside of its package built into it',
    module: "import secret from '../../../../../../../../../../etc/hostname' with { type: 'text' };",
    run: 'return { secret };',
    ends: { kind: 'not-loaded', reason: /hostname/ },
  },
  {
    name: 'import-meta',
    tries: 'to learn where it lies from import.meta',
    module: WALKER,
    run: `const { meta } = { meta: import.meta };
      const told = Reflect.ownKeys(meta).map(String).filter((key) => meta[key] !== undefined);
      return { reached: [...told, ...walk({ meta })] };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'shared-memory',
    tries: 'to get WebAssembly, SharedArrayBuffer and Atomics back',
    module: WALKER,
    run: `const reached = forbiddenGlobals();
      const other = Function('return this')();
      reached.push(...forbiddenGlobals(other));
      for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics']) {
        for (const scope of [globalThis, other, Object.getPrototypeOf(globalThis)]) {
          if (scope && name in scope && scope[name] !== undefined) reached.push(name);
        }
      }
      const kinds = [Int32Array, Uint8Array, ArrayBuffer, DataView, Promise].flatMap((kind) => [kind, kind.prototype]);
      for (const kind of kinds) for (const key of Reflect.ownKeys(kind)) if (/shared/i.test(String(key))) reached.push(String(key));
      const cloned = await outcomeOf(() => structuredClone(new ArrayBuffer(8, { maxByteLength: 16 })));
      if (cloned.value && cloned.value.constructor !== ArrayBuffer) reached.push('a clone of another kind');
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'call-sites',
    tries: 'functions and receivers of the runtime through structured stack traces',
    module: `${WALKER}
      const grabbed = [];
      Error.stackTraceLimit = 1_000;
      Error.prepareStackTrace = (error, sites) => {
        for (const site of sites) {
          for (const read of ['getThis', 'getFunction', 'getEvalOrigin', 'getFileName', 'getScriptHash']) {
            try {
              const value = site[read]?.();
              if ((typeof value === 'function' || typeof value === 'object') && value !== null) grabbed.push(value);
            } catch {}
          }
        }
        return 'prepared';
      };`,
    run: `const step = () => { new Error('x').stack; return 1; };
      await outcomeOf(() => ctx.db.rows.find({ get where() { return step(); } }));
      await outcomeOf(() => ctx.db[{ toString: step }]);
      [3, 1, 2].sort(step);
      setTimeout(step, 1);
      await ctx.settings.get().then(step);
      for (const fn of [...grabbed]) {
        for (const key of ['caller', 'arguments', 'callee']) try { grabbed.push(fn[key]); } catch {}
      }
      return { reached: walk({ ...grabbed }) };`,
    files: TABLE,
    ends: NOTHING_REACHED,
  },
  {
    name: 'callers',
    tries: 'the functions that call it, through "caller" and "arguments"',
    module: WALKER,
    run: `const grabbed = [];
      const collect = Function('grabbed', \`return function step() {
        for (let at = step, depth = 0; at && depth < 50; depth += 1) {
          try { grabbed.push(at, ...(at.arguments ?? [])); at = at.caller; } catch { break; }
        }
        return 1;
      }\`)(grabbed);
      await outcomeOf(() => ctx.db.rows.find({ get where() { return collect(); } }));
      collect();
      setTimeout(collect, 1);
      await ctx.settings.get().then(collect);
      await ctx.settings.get();
      return { reached: walk({ ...grabbed }) };`,
    files: TABLE,
    ends: NOTHING_REACHED,
  },
  {
    name: 'collected-objects',
    tries: 'to observe and hold objects of the runtime by WeakRef and FinalizationRegistry',
    module: `${WALKER}
      const held = [];
      const registry = new FinalizationRegistry((value) => held.push(value));`,
    run: `const refs = [];
      for (let round = 0; round < 20; round += 1) {
        const answer = ctx.settings.get();
        refs.push(new WeakRef(answer), new WeakRef(ctx));
        registry.register(answer, { round, registry });
        await answer;
        Array.from({ length: 20_000 }, () => ({}));
      }
      return { reached: walk({ ...held, refs: refs.map((ref) => ref.deref()) }) };`,
    ends: NOTHING_REACHED,
  },
];
