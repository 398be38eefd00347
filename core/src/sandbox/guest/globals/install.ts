import { atob, btoa } from './base64.ts';
import { consoleObject, type LogLevel } from './console.ts';
import { cryptoObject, type RandomBytes } from './random.ts';
import { structuredClone } from './structured-clone.ts';
import { GuestTextDecoder, GuestTextEncoder } from './text-coding.ts';
import type { GuestTimers } from './timers.ts';
import { type ParseUrl, urlClass } from './url.ts';
import { GuestUrlSearchParams } from './url-search-params.ts';

export interface GlobalServices {
  parseUrl: ParseUrl;
  randomBytes: RandomBytes;
  timers: GuestTimers;
  log(level: LogLevel, message: string): void;
}

/** Shared memory and machine code: nothing a plugin needs, much that an attack does. */
const REMOVED = ['WebAssembly', 'SharedArrayBuffer', 'Atomics'];

/** Gives the isolate the globals that docs/plugins-reference.md promises in every tier, and takes away what none may have. */
export function installGlobals({ parseUrl, randomBytes, timers, log }: GlobalServices): void {
  for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);
  const resolved = Promise.resolve();
  const globals: Record<string, unknown> = {
    atob,
    btoa,
    clearTimeout: (id: unknown) => timers.clear(id),
    console: consoleObject(log),
    crypto: cryptoObject(randomBytes),
    queueMicrotask: (callback: () => void) => {
      if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
      void resolved.then(() => callback());
    },
    setTimeout: (callback: unknown, delay?: unknown, ...args: unknown[]) => timers.set(callback, delay, args),
    structuredClone,
    TextDecoder: Object.defineProperty(GuestTextDecoder, 'name', { value: 'TextDecoder' }),
    TextEncoder: Object.defineProperty(GuestTextEncoder, 'name', { value: 'TextEncoder' }),
    URL: urlClass(parseUrl),
    URLSearchParams: Object.defineProperty(GuestUrlSearchParams, 'name', { value: 'URLSearchParams' }),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
  }
}
