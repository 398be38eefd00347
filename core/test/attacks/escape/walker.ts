/**
 * Module text of the escapes. `walk` goes through everything that can be reached from a value (properties, symbols,
 * prototypes, getters, constructors) and returns what does not belong into a sandbox: objects of another realm,
 * functions whose constructor compiles code in another realm, objects of the library that makes the isolates.
 */
export const WALKER = `
const FORBIDDEN = ['process', 'require', 'module', 'exports', 'Buffer', 'global', 'Deno', 'Bun', 'WebAssembly',
  'SharedArrayBuffer', 'Atomics', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'importScripts', 'navigator',
  'setImmediate', 'ivm', '_ivm', 'Boot', '$0', '$1', '__dirname', '__filename', 'internalBinding', 'primordials'];
const LIBRARY = /^(Isolate|Context|Reference|Callback|ExternalCopy|Module|Script|NativeModule|InspectorSession)$/;

function compiledElsewhere(fn) {
  for (const Compiler of [fn.constructor, Object.getPrototypeOf(fn)?.constructor]) {
    if (typeof Compiler !== 'function') continue;
    try {
      const found = Compiler('return typeof globalThis === "undefined" ? undefined : globalThis')();
      if (found instanceof Promise || typeof found?.next === 'function') continue;
      if (found !== undefined && found !== globalThis) return true;
    } catch {}
  }
  return false;
}

function nameOf(value) {
  try { return String(value.constructor?.name); } catch { return ''; }
}

function walk(roots, most = 4000) {
  const reached = [];
  const seen = new Set();
  const queue = Object.entries(roots);
  while (queue.length > 0 && seen.size < most) {
    const [path, value] = queue.shift();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    if (LIBRARY.test(nameOf(value))) reached.push(path + ' is a ' + nameOf(value));
    let top = value;
    for (let next; (next = Object.getPrototypeOf(top)) !== null; ) top = next;
    if (top !== Object.prototype && top !== value && !Object.hasOwn(top, 'isPrototypeOf')) queue.push([path + '.top', top]);
    else if (top !== Object.prototype && Object.hasOwn(top, 'isPrototypeOf')) reached.push(path + ' is of another realm');
    if (typeof value === 'function' && compiledElsewhere(value)) reached.push(path + ' compiles in another realm');
    queue.push([path + '.__proto__', Object.getPrototypeOf(value)]);
    let keys = [];
    try { keys = Reflect.ownKeys(value); } catch {}
    for (const key of keys.slice(0, 300)) {
      let property;
      try { property = Object.getOwnPropertyDescriptor(value, key); } catch {}
      if (!property) continue;
      const at = path + '.' + String(key);
      if (property.get) queue.push([at + '(get)', property.get]);
      if (property.set) queue.push([at + '(set)', property.set]);
      try { queue.push([at, value[key]]); } catch (error) { queue.push([at + '(thrown)', error]); }
    }
  }
  return reached;
}

function forbiddenGlobals(scope = globalThis) {
  return FORBIDDEN.filter((name) => {
    try { return scope[name] !== undefined; } catch { return false; }
  }).map((name) => 'global ' + name);
}

async function outcomeOf(work) {
  try { return { value: await work() }; } catch (error) { return { error }; }
}
`;
