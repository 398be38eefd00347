import { GuestTextDecoder, GuestTextEncoder } from './text-coding.ts';

const encoder = new GuestTextEncoder();
const decoder = new GuestTextDecoder('utf-8', { ignoreBOM: true });

function encode(text: string): string {
  let output = '';
  for (const byte of encoder.encode(text)) {
    const character = String.fromCharCode(byte);
    if (byte === 0x20) output += '+';
    else if (/[A-Za-z0-9*\-._]/.test(character)) output += character;
    else output += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return output;
}

function decode(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const source = encoder.encode(text.replaceAll('+', ' '));
  const bytes: number[] = [];
  for (let index = 0; index < source.length; index += 1) {
    const byte = source[index] ?? 0;
    const digits = String.fromCharCode(source[index + 1] ?? 0, source[index + 2] ?? 0);
    if (byte === 0x25 && /^[0-9A-Fa-f]{2}$/.test(digits)) {
      bytes.push(Number.parseInt(digits, 16));
      index += 2;
    } else bytes.push(byte);
  }
  return decoder.decode(Uint8Array.from(bytes));
}

function parse(text: string): [string, string][] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
    });
}

type Init = string | Iterable<Iterable<string>> | Record<string, string> | undefined;

function pairsOf(init: Init): [string, string][] {
  if (init === undefined) return [];
  if (typeof init !== 'object' || init === null) {
    const text = String(init).toWellFormed();
    return parse(text.startsWith('?') ? text.slice(1) : text);
  }
  const entries = Symbol.iterator in init ? [...init] : Object.entries(init);
  return entries.map((entry) => {
    const [name, value, ...rest] = [...entry];
    if (name === undefined || value === undefined || rest.length > 0) {
      throw new TypeError('Each query pair must be an iterable [name, value] tuple');
    }
    return [String(name).toWellFormed(), String(value).toWellFormed()];
  });
}

export class GuestUrlSearchParams {
  #pairs: [string, string][];
  #changed: (() => void) | undefined;

  constructor(init?: Init) {
    this.#pairs = init instanceof GuestUrlSearchParams ? init.#pairs.map(([n, v]) => [n, v]) : pairsOf(init);
  }

  /** The parameters of a URL, which is told when they change. */
  static of(query: string, changed: () => void): GuestUrlSearchParams {
    const params = new GuestUrlSearchParams(query);
    params.#changed = changed;
    return params;
  }

  /** Other parameters in the same object, after the URL itself has changed. */
  static renew(params: GuestUrlSearchParams, query: string): void {
    params.#pairs = pairsOf(query);
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: string, value: string): void {
    this.#pairs.push([String(name).toWellFormed(), String(value).toWellFormed()]);
    this.#changed?.();
  }

  delete(name: string, value?: string): void {
    this.#pairs = this.#pairs.filter(([n, v]) => n !== String(name) || (value !== undefined && v !== String(value)));
    this.#changed?.();
  }

  get(name: string): string | null {
    return this.#pairs.find(([other]) => other === String(name))?.[1] ?? null;
  }

  getAll(name: string): string[] {
    return this.#pairs.filter(([other]) => other === String(name)).map(([, value]) => value);
  }

  has(name: string, value?: string): boolean {
    return this.#pairs.some(([n, v]) => n === String(name) && (value === undefined || v === String(value)));
  }

  set(name: string, value: string): void {
    const first = this.#pairs.findIndex(([other]) => other === String(name));
    if (first < 0) this.#pairs.push([String(name).toWellFormed(), String(value).toWellFormed()]);
    else {
      this.#pairs = this.#pairs.filter(([other], index) => index <= first || other !== String(name));
      this.#pairs[first] = [String(name), String(value).toWellFormed()];
    }
    this.#changed?.();
  }

  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed?.();
  }

  forEach(visit: (value: string, name: string, params: GuestUrlSearchParams) => void, thisArg?: unknown): void {
    for (const [name, value] of this.#pairs) visit.call(thisArg, value, name, this);
  }

  *entries(): IterableIterator<[string, string]> {
    for (const [name, value] of this.#pairs) yield [name, value];
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.#pairs) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.#pairs) yield value;
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return 'URLSearchParams';
  }

  toString(): string {
    return this.#pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  }
}
