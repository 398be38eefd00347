import { ALLOWANCE } from '../wire/allowances.ts';

interface Question {
  call: number;
  /** Characters of its arguments. */
  size: number;
}

/** Characters of all unanswered host calls in a process. */
export interface Total {
  size: number;
}

/** The host calls of one isolate that have not been answered. */
export class Unanswered {
  readonly #questions = new Map<number, Question>();
  /** Call → how many questions, with how many characters. */
  readonly #calls = new Map<number, { count: number; size: number }>();
  readonly #total: Total;
  #size = 0;

  constructor(total: Total) {
    this.#total = total;
  }

  /** Tells whether it is as much as the guest's side lets through. */
  add(call: number, question: number, size: number): boolean {
    let asked = this.#calls.get(call);
    if (!asked) {
      asked = { count: 0, size: 0 };
      this.#calls.set(call, asked);
    }
    if (asked.count >= ALLOWANCE.questions || this.#questions.has(question)) return false;
    this.#questions.set(question, { call, size });
    asked.count += 1;
    asked.size += size;
    this.#add(size);
    return asked.size <= ALLOWANCE.unansweredOfCall && this.#size <= ALLOWANCE.unansweredOfIsolate;
  }

  answered(question: number): void {
    const found = this.#questions.get(question);
    if (!found) return;
    this.#questions.delete(question);
    const asked = this.#calls.get(found.call);
    if (asked) {
      asked.count -= 1;
      asked.size -= found.size;
    }
    this.#add(-found.size);
  }

  end(call: number): void {
    const asked = this.#calls.get(call);
    if (!asked) return;
    this.#calls.delete(call);
    if (asked.count === 0) return;
    this.#add(-asked.size);
    for (const [question, one] of this.#questions) if (one.call === call) this.#questions.delete(question);
  }

  clear(): void {
    this.#add(-this.#size);
    this.#calls.clear();
    this.#questions.clear();
  }

  #add(size: number): void {
    this.#size += size;
    this.#total.size += size;
  }
}
