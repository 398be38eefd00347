import { type Attack, FAILED, NOTHING_REACHED } from '../support/attack.ts';
import { WALKER } from './walker.ts';

/** Built-ins of its own realm that the plugin changes under the runtime's feet. */
export const PATCHES: readonly Attack[] = [
  {
    name: 'patched-intrinsics',
    tries: 'to see what the runtime passes to built-ins that it has replaced',
    module: `${WALKER}
      const grabbed = new Set();
      const apply = Reflect.apply;
      const add = Set.prototype.add;
      const keep = (value) => {
        if ((typeof value === 'object' || typeof value === 'function') && value !== null) apply(add, grabbed, [value]);
      };
      for (const owner of [Array.prototype, Map.prototype, Promise.prototype, Function.prototype, String.prototype,
        Object, Reflect, JSON, Promise, Number, Array, Error, Symbol]) {
        for (const key of Reflect.ownKeys(owner)) {
          const property = Object.getOwnPropertyDescriptor(owner, key);
          if (typeof property.value !== 'function' || key === 'constructor' || !property.configurable) continue;
          const original = property.value;
          const spy = function (...args) {
            if (grabbed.size < 2_000) { keep(this); for (let i = 0; i < args.length; i += 1) keep(args[i]); }
            return new.target ? Reflect.construct(original, args, new.target) : apply(original, this, args);
          };
          spy.prototype = original.prototype;
          try { Object.defineProperty(owner, key, { ...property, value: spy }); } catch {}
        }
      }`,
    run: `await ctx.settings.get();
      await outcomeOf(() => ctx.db.rows.find());
      ctx.log.info('x', {});
      const all = [];
      for (const value of grabbed) all[all.length] = value;
      return { reached: walk({ ...all }, 20_000) };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'forged-operations',
    tries: 'to get hold of the line to the kernel through patched built-ins, and to ask for what is no operation',
    module: `${WALKER}
      let host;
      for (const kind of [Map, WeakMap, Set, Array, Promise, Function]) {
        for (const key of Reflect.ownKeys(kind.prototype)) {
          const property = Object.getOwnPropertyDescriptor(kind.prototype, key);
          if (key === 'constructor' || typeof property.value !== 'function') continue;
          const original = property.value, apply = Reflect.apply;
          const spy = function (...args) {
            for (let at = -1; at < args.length; at += 1) {
              const value = at < 0 ? this : args[at], line = value?.host ?? value;
              if (typeof line === 'object' && typeof line?.call === 'function') host = line;
            }
            return apply(original, this, args);
          };
          try { Object.defineProperty(kind.prototype, key, { ...property, value: spy }); } catch {}
        }
      }`,
    run: `const reached = [];
      const names = ['constructor', '__proto__', 'toString', 'db.find.call', 'core.users', 'session', 'hasOwnProperty', '', 'DB.FIND',
        'settings.get\\u0000', 'x'.repeat(99), 'x'.repeat(200), 5, null, undefined, {}, [], ['db.find']];
      for (const name of names) {
        for (const args of [{}, null, 5, 'text', [], [[]], { session: {} }, { table: 'users', options: {} }]) {
          // Whether it is answered at all is the runtime's affair; that it means nothing is what counts.
          let timer;
          const silence = new Promise((resolve) => { timer = setTimeout(() => resolve({}), 30); });
          const { value } = await Promise.race([outcomeOf(() => host?.call(name, args) ?? Promise.reject()), silence]);
          clearTimeout(timer);
          if (value !== undefined) reached.push(String(name) + ': ' + JSON.stringify(value));
        }
      }
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'patched-string',
    tries: 'to send something else than text where the runtime converts to text',
    module: 'const original = String; globalThis.String = () => 5;',
    run: `await Promise.race([ctx.settings.get(), new Promise((resolve) => setTimeout(resolve, 200))]).catch(() => {});
      globalThis.String = () => ({ length: 1, toString: () => 'x' });
      await Promise.race([ctx.settings.get(), new Promise((resolve) => setTimeout(resolve, 200))]).catch(() => {});
      globalThis.String = original;
      return { reached: [] };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'patched-slice',
    tries: 'to make the text of an error 100 million characters long where the runtime shortens it',
    module: `const giant = 'x'.repeat(100_000_000);
      String.prototype.slice = () => giant;
      String.prototype.substring = () => giant;`,
    run: "throw new Error('x');",
    ends: { ...FAILED, also: [503] } as Attack['ends'],
  },
  {
    name: 'patched-json',
    tries: 'to answer with a text of its own making where the runtime writes JSON',
    run: `const { stringify, parse } = JSON;
      JSON.stringify = () => '{"polluted":true,"__proto__":{"polluted":true}}';
      JSON.parse = () => ({ polluted: true });
      const settings = await ctx.settings.get();
      await ctx.settings.get({ polluted: true });
      setTimeout(() => Object.assign(JSON, { stringify, parse }), 0);
      return { reached: settings.polluted ? ['a result of its own'] : [] };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'patched-json-at-load',
    tries: 'to lie about its handlers by a patched JSON while it is being loaded',
    module: `JSON.stringify = () => '{"actions":["run"],"subscriptions":[],"demo":false,"__proto__":{"polluted":true}}';
      Object.prototype.toJSON = () => ({ polluted: true });`,
    run: 'return { reached: [] };',
    // Whether it gets as far as that or not: nothing of it is in any answer.
    ends: { kind: 'refused', status: 503, code: 'unavailable', also: [200, 500] },
  },
  {
    name: 'patched-object-prototype',
    tries: 'getters and setters on Object.prototype and Array.prototype for every name the runtime may use',
    run: `const names = ['resolve', 'reject', 'waiting', 'host', 'call', 'code', 'reason', 'errors', 'name', 'get', 'set',
        'value', 'writable', 'message', 'stack', 'actions', 'subscriptions', 'demo', 'reference', 'copy', 'timeout'];
      const seen = [];
      for (const name of names) {
        Object.defineProperty(Object.prototype, name, {
          __proto__: null,
          configurable: true,
          get() { return undefined; },
          set(value) {
            seen.push([name, typeof value]);
            Object.defineProperty(this, name, { __proto__: null, value, writable: true, configurable: true, enumerable: true });
          },
        });
      }
      for (let index = 0; index < 4; index += 1) {
        Object.defineProperty(Array.prototype, index, {
          __proto__: null,
          configurable: true,
          set(value) {
            Object.defineProperty(this, index, { __proto__: null, value, writable: true, configurable: true, enumerable: true });
          },
        });
      }
      await ctx.settings.get();
      for (const name of names) delete Object.prototype[name];
      for (let index = 0; index < 4; index += 1) delete Array.prototype[index];
      return { reached: [] };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'thenable-everything',
    tries: 'to make every object a promise and so to be handed what the runtime resolves',
    module: `${WALKER}
      const grabbed = [];
      let isOn = true;
      Object.defineProperty(Object.prototype, 'then', {
        configurable: true,
        get() {
          if (!isOn) return undefined;
          if (grabbed.length < 500) grabbed.push(this);
          return undefined;
        },
      });`,
    run: `await ctx.settings.get();
      await outcomeOf(() => ctx.db.rows.find());
      isOn = false;
      delete Object.prototype.then;
      return { reached: walk({ ...grabbed }, 8_000) };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'stack-exhaustion',
    tries: 'to break the runtime half-way by calling it with hardly any stack left',
    run: `let calls = 0;
      const descend = () => {
        try { descend(); } catch { calls += 1; if (calls < 300) ctx.settings.get().catch(() => {}); }
      };
      for (let round = 0; round < 5; round += 1) descend();
      const { plugin } = ctx;
      return { reached: [], plugin: plugin.id, still: typeof (await ctx.settings.get()) };`,
    ends: { kind: 'harmless', output: { reached: [], plugin: 'stack-exhaustion', still: 'object' } },
  },
  {
    name: 'trace-limit',
    tries: 'hostile getters and values where the engine itself reads Error.stackTraceLimit',
    module: `Object.defineProperty(Error, 'stackTraceLimit', { configurable: true, get() { throw this; }, set() {} });
      Error.prepareStackTrace = () => { throw new Proxy({}, { get() { throw null; } }); };`,
    run: `for (let round = 0; round < 50; round += 1) await ctx.db.nothing.find().catch((error) => { try { error.stack; } catch {} });
      throw new Error('x');`,
    ends: FAILED,
  },
];
