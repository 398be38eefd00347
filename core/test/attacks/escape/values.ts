import { type Attack, FAILED, NOTHING_REACHED, STOPPED } from '../support/attack.ts';

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

/** Values that are something else than they seem, on their way across the boundary. */
export const VALUES: readonly Attack[] = [
  {
    name: 'pollute-by-result',
    tries: 'to pollute prototypes of the kernel by names in its result',
    run: `return JSON.parse('{"a":{"__proto__":{"polluted":true}},"constructor":{"prototype":{"polluted":true}}}');`,
    ends: FAILED,
  },
  {
    name: 'pollute-by-arguments',
    tries: 'to pollute prototypes of the kernel by names in arguments of host calls',
    run: `const parse = JSON.parse;
      const bad = ['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}'];
      const went = [];
      for (const text of bad) {
        for (const work of [
          () => ctx.db.rows.insert({ body: parse(text) }),
          () => ctx.db.rows.find({ where: parse(text) }),
          () => ctx.db.rows.find(parse(text)),
          () => ctx.log.info('x', parse(text)),
          () => ctx.http.fetch({ url: 'https://example.com', headers: parse(text) }),
          () => ctx.settings.get(parse(text)),
        ]) await Promise.resolve().then(work).then((value) => value && went.push(value), () => {});
      }
      const polluted = went.filter((value) => value.polluted === true || Object.getPrototypeOf(value) === null);
      return { reached: polluted };`,
    files: TABLE,
    ends: NOTHING_REACHED,
  },
  {
    name: 'hostile-to-json',
    tries: 'to decide with toJSON what is written after it was looked at',
    run: `const turns = [() => 1n, () => () => 1, () => { throw { toString: null }; }, () => undefined, () => Symbol('x')];
      for (const toJSON of turns) await ctx.db.rows.insert({ body: { toJSON } }).catch(() => {});
      return { nested: { toJSON: () => ({ polluted: true }) } };`,
    files: TABLE,
    // A function is no JSON value.
    ends: FAILED,
  },
  {
    name: 'inherited-to-json',
    tries: 'to swap its result by a toJSON that every object inherits',
    run: `Object.defineProperty(Object.prototype, 'toJSON', { configurable: true, enumerable: false,
        value() { return { __proto__: null, swapped: true }; } });
      setTimeout(() => { delete Object.prototype.toJSON; }, 0);
      return { reached: [] };`,
    // Its own result, in its own words.
    ends: { kind: 'harmless', output: { swapped: true } },
  },
  {
    name: 'resolve-twice',
    tries: 'to answer several times over a "then" of its own',
    run: `return { then(resolve, reject) { resolve({ reached: [] }); resolve({ reached: ['twice'] }); reject(1); throw 2; } };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'hostile-error',
    tries: 'to throw an error whose parts are none',
    run: `throw { name: Symbol('n'), message: { length: 1e9, slice: () => ({}) }, stack: 5, code: [], get reason() { throw 1; },
        errors: { length: -1 }, [Symbol.toPrimitive]() { throw 2; }, toString: null };`,
    ends: FAILED,
  },
  {
    name: 'proxy-error',
    tries: 'to throw a Proxy that throws whatever is done with it',
    run: `const traps = new Proxy({}, { get: () => () => { throw proxy; } });
      const proxy = new Proxy(function () {}, traps);
      throw proxy;`,
    ends: FAILED,
  },
  {
    name: 'forged-problem',
    tries: 'to have the kernel say what it likes by a problem of its own making',
    run: `throw Object.assign(new Error('x'.repeat(1_000)), { name: 'Problem', code: 'unauthenticated', status: 302,
        reason: '<script>', headers: { location: 'https://evil.example' }, action: { href: 'javascript:alert(1)' },
        errors: [{ pointer: '__proto__', message: { toString: 1 } }] });`,
    ends: FAILED,
  },
  {
    name: 'wide-problem',
    tries: 'to have the kernel repeat a problem with a hundred thousand field errors',
    run: `throw Object.assign(new Error('no'), { name: 'Problem', code: 'unprocessable',
        errors: Array.from({ length: 2_000 }, () => ({ pointer: '/a', message: 'x' })) });`,
    ends: { kind: 'refused', status: 422, code: 'unprocessable' },
  },
  {
    name: 'changing-proxy',
    tries: 'to show one thing while it is checked and another when it is written',
    run: `let reads = 0;
      const proxy = new Proxy({}, {
        ownKeys: () => ['body'],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
        get: (_target, key) => (key === 'body' ? (reads++ % 2 === 0 ? 'small' : 'x'.repeat(20_000_000)) : undefined),
      });
      const went = [];
      for (let round = 0; round < 4; round += 1) await ctx.db.rows.insert(proxy).then((row) => went.push(row), () => {});
      return { reached: went.filter(({ body }) => String(body).length > 10_000_000).map(() => 'too large') };`,
    files: TABLE,
    ends: NOTHING_REACHED,
  },
  {
    name: 'array-in-disguise',
    tries: 'arrays and objects whose length, prototype or keys are not what they seem',
    run: `const long = Object.setPrototypeOf({ length: 2 ** 32 }, Array.prototype);
      const sparse = []; sparse.length = 2 ** 32 - 1;
      const went = [];
      for (const value of [long, new Proxy([], { get: (t, key) => (key === 'length' ? 2 ** 31 : 1) })]) {
        await ctx.db.rows.insert({ body: value }).then(() => went.push('stored'), () => {});
      }
      return { reached: went, sparse };`,
    files: TABLE,
    ends: { ...FAILED, also: [503] } as Attack['ends'],
  },
  {
    name: 'symbols',
    tries: 'symbols that redefine conversion, kind and construction of what it passes',
    run: `class Evil extends Array {
        static get [Symbol.species]() { return class { constructor() { throw 1; } }; }
        get [Symbol.isConcatSpreadable]() { throw 2; }
      }
      const odd = { [Symbol.toPrimitive]: () => ({}), [Symbol.toStringTag]: 'Array', [Symbol.iterator]: null };
      const went = [];
      for (const work of [
        () => ctx.db[odd].find(), () => ctx.db[Symbol.iterator]?.find?.(), () => ctx.events.emit(odd, odd),
        () => ctx.db.rows.insertMany(new Evil()), () => ctx.actions.call(odd, odd), () => ctx.files.info(odd),
        () => ctx.http.fetch({ url: odd }), () => ctx.tasks.raise(odd), () => ctx.progress.report(odd, odd, odd),
        () => ctx.users.page(odd), () => ctx.users.find(odd), () => ctx.users.find([odd]),
      ]) await Promise.resolve().then(work).then((value) => value !== undefined && went.push(JSON.stringify(value)), () => {});
      return { reached: went.filter((text) => text !== '[]') };`,
    files: TABLE,
    ends: NOTHING_REACHED,
  },
  {
    name: 'definition-proxy',
    tries: 'to export a definition that is another one each time it is looked at',
    run: '',
    files: {
      'src/plugin.ts': `let reads = 0;
        const handlers = new Proxy({}, {
          ownKeys: () => ((reads += 1) > 2 ? ['run', 'more' + reads] : ['run']),
          getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
          get: () => async () => ({ reached: [] }),
        });
        export default new Proxy({}, { get: (_target, key) => (key === 'actions' ? handlers : undefined) });`,
    },
    ends: NOTHING_REACHED,
  },
  {
    name: 'looping-definition',
    tries: 'to loop in its definition when its handlers are listed',
    run: '',
    files: {
      'src/plugin.ts':
        'export default { actions: new Proxy({}, { ownKeys() { for (;;); }, get() { for (;;); }, getPrototypeOf() { for (;;); } }) };',
    },
    ends: { kind: 'not-loaded', reason: /processor time/ },
  },
  {
    name: 'global-functions',
    tries: 'giant arguments to every global function that the runtime provides',
    run: `const giant = 'x'.repeat(30_000_000);
      const tries = [
        () => btoa(giant), () => atob(giant), () => new URL('https://a/' + giant), () => new TextEncoder().encode(giant),
        () => structuredClone({ a: giant, get b() { throw 1; } }), () => new URLSearchParams(giant),
        () => crypto.getRandomValues(new Uint8Array(1_000_000)), () => console.log(giant), () => queueMicrotask(giant),
        () => encodeURIComponent(giant), () => setTimeout(giant, 1), () => crypto.getRandomValues({ byteLength: 2 ** 40 }),
        () => new TextDecoder('utf-16').decode(new Uint8Array(10_000_000)),
      ];
      for (const work of tries) try { await work(); } catch {}
      return { reached: [] };`,
    ends: { kind: 'refused', status: 200, code: '', also: [200, 500, 503] },
  },
  {
    name: 'endless-name',
    tries: 'to loop in Symbol.toPrimitive of a name',
    run: 'ctx.db[{ [Symbol.toPrimitive]() { for (;;); } }];',
    ends: STOPPED,
  },
];
