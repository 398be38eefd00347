import { type Attack, HARMLESS } from '../support/attack.ts';

/**
 * Each leaves something behind when `input.leave` is given, and otherwise says what it finds. In another tenant's
 * call that must be nothing: `found` is empty there.
 */
function trace(name: string, tries: string, leave: string, find: string, module = ''): Attack {
  const run = `if (input.leave) { ${leave} return {}; }\nconst found = []; ${find} return { found };`;
  return { name, tries, module, run, ends: HARMLESS };
}

export const TRACES: readonly Attack[] = [
  trace(
    'left-globals',
    'to leave data in global variables',
    'globalThis.left = ctx.user; globalThis.Left = class { static user = ctx.user; };',
    "for (const name of ['left', 'Left']) if (globalThis[name] !== undefined) found.push(name);",
  ),
  trace(
    'left-module-state',
    'to leave data in its module',
    'kept.push(ctx.user); table.set(ctx.tenant.id, ctx); cell.value = ctx;',
    'if (kept.length + table.size > 0 || cell.value) found.push(String(kept.length));',
    'const kept = [], table = new Map(), cell = {};',
  ),
  trace(
    'left-prototypes',
    'to leave data in prototypes of built-ins',
    'for (const kind of [Object, Array, Function, Promise, Map, String, Error]) kind.prototype.left = ctx.tenant.id; Array.isArray = () => ctx.tenant.id;',
    "for (const value of [{}, [], () => 1, Promise.resolve(), new Map(), 'x', new Error()]) if (value.left !== undefined) found.push(typeof value); if (Array.isArray({})) found.push('isArray');",
  ),
  trace(
    'left-symbols',
    'to leave data in registries that the engine itself keeps',
    "RegExp.prototype.exec.call(/(.*)/, ctx.tenant.id); Object.defineProperty(Symbol.prototype, 'left', { value: ctx.tenant.id, configurable: true }); Date.now = () => 42; Math.random = () => 0.5; Error.prepareStackTrace = () => ctx.tenant.id;",
    "if (RegExp.$1 !== '') found.push('RegExp.$1'); if (Symbol.for('left').left !== undefined) found.push('Symbol'); if (Date.now() === 42) found.push('Date'); if (Math.random() === 0.5) found.push('Math'); if (Error.prepareStackTrace) found.push('Error');",
  ),
  trace(
    'left-timers',
    'to leave timers that read what comes after them',
    'const tick = () => { globalThis.ticks = (globalThis.ticks ?? 0) + 1; seen.push(ctx.tenant.id); setTimeout(tick, 5); }; setTimeout(tick, 1); (globalThis.setInterval ?? (() => 0))(tick, 5);',
    "const before = globalThis.ticks; await ctx.settings.get(); await new Promise((resolve) => setTimeout(resolve, 60)); if (globalThis.ticks !== before || seen.length > 0) found.push('ticks');",
    'const seen = [];',
  ),
  trace(
    'left-promises',
    'to leave promises that are resolved by what comes after them',
    'waiting.push(new Promise((resolve) => { release = resolve; }).then((other) => ctx.db.rows.find({}).then(() => other))); ctx.settings.get().then(() => waiting.push(ctx));',
    "release?.(ctx); if (waiting.length > 0) found.push('promises');",
    'const waiting = []; let release;',
  ),
  trace(
    'left-hooks',
    'to leave accessors that catch what the runtime hands to the next call',
    "const { set } = Map.prototype; Map.prototype.set = function (key, value) { caught.push(key, value); return set.call(this, key, value); }; Object.defineProperty(Object.prototype, 'tenant', { configurable: true, set(value) { caught.push(value); Object.defineProperty(this, 'tenant', { value, enumerable: true, configurable: true, writable: true }); }, get() { return undefined; } });",
    "await ctx.settings.get(); if (caught.length > 0) found.push('caught ' + caught.length); if (Object.getOwnPropertyDescriptor(Object.prototype, 'tenant')) found.push('accessor');",
    'const caught = [];',
  ),
  trace(
    'left-weak',
    'to leave finalisers that run during the calls of others',
    'const registry = new FinalizationRegistry((held) => { globalThis.finalised = held; }); globalThis.registry = registry; for (let i = 0; i < 50_000; i += 1) registry.register({ i }, ctx.tenant.id);',
    "Array.from({ length: 200_000 }, () => ({})); await ctx.settings.get(); if (globalThis.finalised !== undefined || globalThis.registry) found.push('finalised');",
  ),
];
