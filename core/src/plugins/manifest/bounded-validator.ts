import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { RE2JS } from 're2js';

/** So many looks of parts of a schema at values are made in one go: some tens of milliseconds. */
const MOST_LOOKS = 10_000_000;
/** Where more complaints than this are possible, only the first is looked for: each is an object that takes memory. */
const MOST_COMPLAINTS = 100_000;
/** Characters times states of the pattern, of all texts in one value together. */
const MOST_STEPS = 20_000_000;

class TooMuchToCheck extends Error {}

let stepsLeft = 0;

/** Throws once all patterns of the validation under way have taken too many steps together. */
export function patternWithin(compiled: RE2JS): (text: string) => boolean {
  const states = compiled.programSize();
  return (text) => {
    stepsLeft -= text.length * states;
    if (stepsLeft < 0) throw new TooMuchToCheck();
    return compiled.test(text);
  };
}

/** Values in a value, itself included; not exact beyond `most`. */
function countValues(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const child of Array.isArray(value) ? value : Object.values(value)) {
    count += countValues(child, most - count);
    if (count > most) break;
  }
  return count;
}

const TOO_LARGE: ErrorObject = {
  keyword: 'size',
  instancePath: '',
  schemaPath: '',
  params: {},
  message: 'must be smaller: it would take too long to check',
};

interface Parts {
  /** How many parts of the schema may look at one value or at one of those that it lies in. */
  work: number;
  /** Stops at the first error. */
  first: ValidateFunction;
  /** Makes one that finds all of them, for whoever has to mend the value. */
  all: () => ValidateFunction;
}

/**
 * Validates what strangers send by what other strangers have declared, in a process that does nothing else meanwhile:
 * what would take too long, or too much memory for its errors, is invalid.
 */
export class BoundedValidator {
  readonly #parts: Parts;
  #all: ValidateFunction | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What is wrong with a value, having filled in defaults where the schema was compiled so; empty when it is valid. */
  errorsOf(value: unknown): readonly ErrorObject[] {
    const { work, first, all } = this.#parts;
    const most = Math.floor(MOST_LOOKS / work);
    const values = countValues(value, most);
    if (values > most) return [TOO_LARGE];
    const found = within(first, value);
    if (found.length === 0 || found.includes(TOO_LARGE) || values * work > MOST_COMPLAINTS) return found;
    this.#all ??= all();
    const complete = within(this.#all, value);
    return complete.includes(TOO_LARGE) ? found : complete;
  }
}

function within(validate: ValidateFunction, value: unknown): readonly ErrorObject[] {
  stepsLeft = MOST_STEPS;
  try {
    return validate(value) ? [] : (validate.errors ?? []);
  } catch (error) {
    if (error instanceof TooMuchToCheck) return [TOO_LARGE];
    throw error;
  }
}
