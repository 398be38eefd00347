import { ALLOWANCE } from '../wire/allowances.ts';
import type { GlobalServices } from './globals/install.ts';
import type { StartTimer } from './globals/timers.ts';

/** What the globals of the isolate need of the world outside. */
export interface Services extends Pick<GlobalServices, 'parseUrl' | 'randomBytes'> {
  startTimer: StartTimer;
}

function fits(text: unknown): boolean {
  return text === null || (typeof text === 'string' && text.length <= ALLOWANCE.url);
}

/**
 * The same services, guarded so that only values of the right type and size cross: the caller may have patched the
 * language, and a text is copied before the outside can look at it.
 */
export function checked({ parseUrl, randomBytes, startTimer }: Services): Services {
  return {
    parseUrl: (input, base, part, value) =>
      fits(input) && fits(base) && fits(part) && fits(value) ? parseUrl(input, base, part, value) : '',
    randomBytes: (count) => randomBytes(count >>> 0),
    startTimer: (id, milliseconds) => startTimer(id >>> 0, milliseconds >>> 0),
  };
}
