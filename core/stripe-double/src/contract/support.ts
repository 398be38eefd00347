import { notImplemented } from '../http/errors.ts';
import type { Parameters } from './parameters.ts';

/** The parameters that a handler heeds: `a` with all that is in it, or `a.b` for only that part of it. */
export class Support {
  readonly #whole = new Set<string>();
  readonly #parts = new Set<string>();

  constructor(names: string) {
    for (const name of names.split(/\s+/).filter((text) => text !== '')) {
      this.#whole.add(name);
      for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) this.#parts.add(name.slice(0, dot));
    }
    for (const name of ['expand', 'metadata']) this.#whole.add(name);
  }

  get names(): readonly string[] {
    return [...this.#whole].filter((name) => name !== 'expand' && name !== 'metadata');
  }

  /** @throws StripeError 501 naming the first parameter that would have been ignored. */
  demand(route: string, params: Parameters): void {
    this.#check(route, params, '');
  }

  #check(route: string, params: Parameters, path: string): void {
    for (const [name, value] of Object.entries(params)) {
      const inner = path === '' ? name : `${path}.${name}`;
      if (this.#whole.has(inner)) continue;
      if (!this.#parts.has(inner)) throw notImplemented(`the parameter ${inner} of ${route}`);
      for (const part of Array.isArray(value) ? value : [value]) {
        if (typeof part === 'object' && part !== null) this.#check(route, part as Parameters, inner);
      }
    }
  }
}
