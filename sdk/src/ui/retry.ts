import { UiProblem } from './contract.ts';

const FIRST_MS = 1_000;
const LAST_MS = 30_000;

const LATER = new Set(['unavailable', 'rate-limited', 'too-many-requests']);
/** Waiting does not mend these: somebody must see to the plugin. Asking on could only make it worse. */
const LASTING = new Set(['plugin-quarantined', 'sandbox-stopped']);

/** Whether what failed like this may go well by itself in a while: there was no connection, or the server was busy. */
function isTransient(failure: unknown): boolean {
  if (failure instanceof UiProblem) return LATER.has(failure.code) && !LASTING.has(failure.reason ?? '');
  return failure instanceof TypeError;
}

/** Retries what failed for a transient reason: soon at first, then at growing intervals. */
export class Retry {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST_MS;

  /** Plans `work`, unless waiting does not help. */
  after(failure: unknown, work: () => void): void {
    this.cancel();
    if (!isTransient(failure)) return;
    this.#timer = setTimeout(work, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LAST_MS);
  }

  /** It is being done; how long to wait if it fails once more is remembered. */
  cancel(): void {
    clearTimeout(this.#timer);
  }

  /** It went well, or is wanted no longer. */
  reset(): void {
    this.cancel();
    this.#wait = FIRST_MS;
  }
}
