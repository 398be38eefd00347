import type { Host } from '@bazaar/sdk/host';
import { ALLOWANCE, argumentsAllowance } from '../wire/allowances.ts';
import { reviveError } from './errors.ts';
import { OwnMap } from './intrinsics.ts';
import { fromJson, toJson } from './json-text.ts';

const NativePromise = Promise;

/** Leads to the kernel. */
export type Ask = (call: number, question: number, operation: string, args: string) => void;

/** A call that may ask. */
export interface Asker {
  readonly call: number;
  /** Questions without an answer, and the characters of their arguments. */
  count: number;
  size: number;
  isOver: boolean;
}

interface Waiting {
  asker: Asker;
  size: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The host calls of this isolate that wait for an answer. */
export class Questions {
  readonly #ask: Ask;
  readonly #waiting = new OwnMap<number, Waiting>();
  #size = 0;
  #last = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  begin(call: number): Asker {
    return { call, count: 0, size: 0, isOver: false };
  }

  hostOf(asker: Asker): Host {
    return {
      call: (operation, args) =>
        new NativePromise((resolve, reject) => {
          this.#put(asker, operation, args, resolve as (value: unknown) => void, reject);
        }),
    };
  }

  #put(asker: Asker, operation: string, args: unknown, resolve: Waiting['resolve'], reject: Waiting['reject']): void {
    if (typeof operation !== 'string' || operation.length > ALLOWANCE.operation) throw new TypeError('no operation');
    if (asker.isOver) throw new Error(`"${operation}" was called after its handler had ended; await every call`);
    if (asker.count >= ALLOWANCE.questions) {
      throw new Error(`"${operation}" was called while ${asker.count} calls before it were still waiting`);
    }
    const text = toJson(args, `arguments of "${operation}"`, argumentsAllowance(operation));
    const size = text.length;
    if (asker.size + size > ALLOWANCE.unansweredOfCall || this.#size + size > ALLOWANCE.unansweredOfIsolate) {
      throw new Error(`"${operation}" was called while too much was still waiting; await calls with large arguments`);
    }
    asker.count += 1;
    asker.size += size;
    this.#size += size;
    this.#last += 1;
    this.#waiting.set(this.#last, { asker, size, resolve, reject });
    this.#ask(asker.call, this.#last, operation, text);
  }

  answer(question: number, ok: boolean, text: string): void {
    const waiting = this.#waiting.get(question);
    if (!waiting) return;
    this.#waiting.delete(question);
    waiting.asker.count -= 1;
    waiting.asker.size -= waiting.size;
    this.#size -= waiting.size;
    if (ok) waiting.resolve(fromJson(text));
    else waiting.reject(reviveError(text));
  }

  /** To be called when its handler has ended: its host calls are no longer made or answered. */
  end(asker: Asker): void {
    asker.isOver = true;
    if (asker.count === 0) return;
    this.#size -= asker.size;
    this.#waiting.forEach((waiting, question) => {
      if (waiting.asker === asker) this.#waiting.delete(question);
    });
  }
}
