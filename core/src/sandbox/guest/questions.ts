import type { Host } from '@bazaar/sdk/host';
import { ALLOWANCE, argumentsAllowance } from '../wire/allowances.ts';
import { reviveError } from './errors.ts';
import { ownMap } from './intrinsics.ts';
import { fromJson, toJson } from './json-text.ts';

const NativePromise = Promise;

/** Leads to the kernel. */
export type Ask = (call: number, question: number, operation: string, args: string) => void;

interface Waiting {
  size: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** What all calls in this isolate have asked. */
export class Asked {
  readonly ask: Ask;
  /** Characters of arguments that wait for an answer. */
  size = 0;
  #last = 0;

  constructor(ask: Ask) {
    this.ask = ask;
  }

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}

/** What one call asks of the kernel, and what it is answered. */
export class Questions implements Host {
  readonly #call: number;
  readonly #asked: Asked;
  readonly #waiting = ownMap<number, Waiting>();
  #size = 0;
  #count = 0;
  #isOver = false;

  constructor(call: number, asked: Asked) {
    this.#call = call;
    this.#asked = asked;
  }

  call: Host['call'] = (operation, args) =>
    new NativePromise((resolve, reject) => {
      if (typeof operation !== 'string' || operation.length > ALLOWANCE.operation) throw new TypeError('no operation');
      if (this.#isOver) throw new Error(`"${operation}" was called after its handler had ended; await every call`);
      if (this.#count >= ALLOWANCE.questions) {
        throw new Error(`"${operation}" was called while ${this.#count} calls before it were still waiting`);
      }
      const text = toJson(args, `arguments of "${operation}"`, argumentsAllowance(operation));
      const size = text.length;
      if (this.#size + size > ALLOWANCE.unansweredOfCall || this.#asked.size + size > ALLOWANCE.unansweredOfIsolate) {
        throw new Error(`"${operation}" was called while too much was still waiting; await calls with large arguments`);
      }
      this.#count += 1;
      this.#add(size);
      const question = this.#asked.next();
      this.#waiting.set(question, { size, resolve: resolve as (value: unknown) => void, reject });
      this.#asked.ask(this.#call, question, operation, text);
    });

  #add(size: number): void {
    this.#size += size;
    this.#asked.size += size;
  }

  answer(question: number, ok: boolean, text: string): void {
    const asked = this.#waiting.get(question);
    if (!asked) return;
    this.#waiting.delete(question);
    this.#count -= 1;
    this.#add(-asked.size);
    if (ok) asked.resolve(fromJson(text));
    else asked.reject(reviveError(text));
  }

  /** Its handler has ended: it asks no more, and is told no more. */
  end(): void {
    this.#isOver = true;
    this.#waiting.clear();
    this.#add(-this.#size);
  }
}
