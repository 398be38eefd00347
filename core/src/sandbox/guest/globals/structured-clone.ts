type Seen = Map<object, unknown>;

function refuse(value: unknown): never {
  const error = new Error(`${typeof value === 'symbol' ? 'a symbol' : 'a function'} could not be cloned.`);
  error.name = 'DataCloneError';
  throw error;
}

const ERRORS: Record<string, ErrorConstructor> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

function cloneError(error: Error): Error {
  const copy = new (ERRORS[error.name] ?? Error)(error.message);
  Object.defineProperty(copy, 'stack', { value: error.stack, writable: true, configurable: true });
  return copy;
}

function cloneBuffer(value: ArrayBuffer | ArrayBufferView, seen: Seen): unknown {
  if (!ArrayBuffer.isView(value)) return value.slice(0);
  const buffer = clone(value.buffer, seen) as ArrayBuffer;
  const length = value instanceof DataView ? value.byteLength : (value as Uint8Array).length;
  const View = value.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => ArrayBufferView;
  return new View(buffer, value.byteOffset, length);
}

/** What keeps no other values; `undefined` for everything else. */
function cloneLeaf(value: object, seen: Seen): unknown {
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof Error) return cloneError(value);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return cloneBuffer(value, seen);
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return Object(value.valueOf());
  return undefined;
}

function clone(value: unknown, seen: Seen): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') refuse(value);
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const leaf = cloneLeaf(value, seen);
  if (leaf !== undefined) {
    seen.set(value, leaf);
    return leaf;
  }
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    seen.set(value, copy);
    for (const [key, entry] of value) copy.set(clone(key, seen), clone(entry, seen));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set<unknown>();
    seen.set(value, copy);
    for (const entry of value) copy.add(clone(entry, seen));
    return copy;
  }
  if (value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise) refuse(value);
  const copy: object = Array.isArray(value) ? new Array(value.length) : {};
  seen.set(value, copy);
  for (const key of Object.keys(value)) {
    const entry = clone((value as Record<string, unknown>)[key], seen);
    Object.defineProperty(copy, key, { value: entry, writable: true, enumerable: true, configurable: true });
  }
  return copy;
}

export function structuredClone<T>(value: T): T {
  return clone(value, new Map()) as T;
}
