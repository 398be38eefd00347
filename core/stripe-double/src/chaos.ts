import { invalid } from './http/errors.ts';

/** Probabilities from 0 to 1, times in milliseconds unless named otherwise. Everything at 0 is calm. */
export interface ChaosSwitches {
  /** Makes the same choices again. */
  seed: number;
  /** Webhooks sent a second time. */
  duplicate: number;
  /** Webhooks held back for a random part of `reorderWindowMs`, so that later ones overtake them. */
  reorder: number;
  reorderWindowMs: number;
  /** Webhooks never sent. */
  drop: number;
  /** Webhooks held back for a random part of `delayMs`, or of `delayClockSeconds` of their clock when that is set. */
  delay: number;
  delayMs: number;
  /** Up to 259200, three days. */
  delayClockSeconds: number;
  /** Each answer of the API waits this long. */
  latencyMs: number;
  /** Answers of the API that are a 500 or 429, nothing having happened. */
  serverError: number;
  rateLimit: number;
  /** Connections cut after the request took effect: the caller cannot know. */
  cut: number;
}

export const CALM: ChaosSwitches = {
  seed: 1,
  duplicate: 0,
  reorder: 0,
  reorderWindowMs: 500,
  drop: 0,
  delay: 0,
  delayMs: 0,
  delayClockSeconds: 0,
  latencyMs: 0,
  serverError: 0,
  rateLimit: 0,
  cut: 0,
};

const PROBABILITIES = new Set(['duplicate', 'reorder', 'drop', 'delay', 'serverError', 'rateLimit', 'cut']);

/** The switches as they are, and the dice. */
export class Chaos {
  #switches: ChaosSwitches = CALM;
  #state = 1;

  get switches(): ChaosSwitches {
    return this.#switches;
  }

  /** Sets what is named and leaves the rest. @throws StripeError 400 naming a switch that does not exist */
  set(changes: Readonly<Record<string, unknown>>): void {
    const next: Record<string, number> = { ...this.#switches };
    for (const [name, value] of Object.entries(changes)) {
      if (!(name in CALM)) throw invalid(`There is no such switch: ${name}`, name, 'parameter_unknown');
      const number = Number(value);
      const most = PROBABILITIES.has(name) ? 1 : Number.MAX_SAFE_INTEGER;
      if (!Number.isFinite(number) || number < 0 || number > most || value === '') {
        throw invalid(`Invalid value of ${name}: a number from 0 to ${most} is needed`, name);
      }
      next[name] = number;
    }
    this.#switches = next as unknown as ChaosSwitches;
    if ('seed' in changes) this.#state = this.#switches.seed;
  }

  calm(): void {
    this.#switches = CALM;
  }

  happens(probability: number): boolean {
    return probability > 0 && this.roll() < probability;
  }

  /** Mulberry32: from 0 up to, not including, 1. */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}
