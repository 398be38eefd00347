import { ALLOWANCE } from '../wire/allowances.ts';

interface Call {
  size: number;
  /** Question → characters of its arguments. */
  questions: Map<number, number>;
}

/** Characters that all isolates of a process have asked with. */
export interface Total {
  size: number;
}

/** What the handlers in one isolate have asked and not been told. */
export class Unanswered {
  readonly #calls = new Map<number, Call>();
  readonly #total: Total;
  #size = 0;

  constructor(total: Total) {
    this.#total = total;
  }

  /** Tells whether it is as much as the guest's side lets through. */
  add(call: number, question: number, size: number): boolean {
    let asked = this.#calls.get(call);
    if (!asked) {
      asked = { size: 0, questions: new Map() };
      this.#calls.set(call, asked);
    }
    if (asked.questions.has(question) || asked.questions.size >= ALLOWANCE.questions) return false;
    asked.questions.set(question, size);
    asked.size += size;
    this.#add(size);
    return asked.size <= ALLOWANCE.unansweredOfCall && this.#size <= ALLOWANCE.unansweredOfIsolate;
  }

  answered(call: number, question: number): void {
    const asked = this.#calls.get(call);
    const size = asked?.questions.get(question);
    if (!asked || size === undefined) return;
    asked.questions.delete(question);
    asked.size -= size;
    this.#add(-size);
  }

  end(call: number): void {
    this.#add(-(this.#calls.get(call)?.size ?? 0));
    this.#calls.delete(call);
  }

  clear(): void {
    this.#add(-this.#size);
    this.#calls.clear();
  }

  #add(size: number): void {
    this.#size += size;
    this.#total.size += size;
  }
}
