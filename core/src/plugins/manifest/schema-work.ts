import type { JsonSchema } from '@bazaar/sdk';

/** How many parts may look at one value, at worst: of values there may be hundreds of thousands in one input. */
const MOST_LOOKS = 200;
/** How many parts may look at one value or at one of those that it lies in. */
const MOST_WORK = 5_000;
/** Deeper than any honest input that is defined by itself, such as a tree of conditions. */
const MOST_LEVELS = 24;
/** Parts of one schema: making a validator takes the kernel about a tenth of a millisecond for each. */
export const MOST_PARTS = 2_000;

type Part = Record<string, unknown>;

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const one = (value: unknown): Part[] => (isPart(value) ? [value] : []);
const list = (value: unknown): Part[] => (Array.isArray(value) ? value.filter(isPart) : []);
const named = (value: unknown): Part[] => (isPart(value) ? Object.values(value).filter(isPart) : []);

/** Parts that look at the same value as the part they stand in. */
function beside(part: Part, root: Part): Part[] {
  const { $ref: reference } = part;
  const target = typeof reference === 'string' ? resolve(reference, root) : undefined;
  return [
    ...one(target),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => list(part[keyword])),
    ...['not', 'if', 'then', 'else'].flatMap((keyword) => one(part[keyword])),
    ...named(part.dependentSchemas),
  ];
}

/** Parts that look at values within; those of one group may look at the same one. */
function below(part: Part): Part[][] {
  const patterns = named(part.patternProperties);
  const contains = one(part.contains);
  return [
    ...named(part.properties).map((property) => [property, ...patterns]),
    patterns,
    ...['additionalProperties', 'unevaluatedProperties', 'propertyNames', 'unevaluatedItems'].map((keyword) =>
      one(part[keyword]),
    ),
    ...list(part.prefixItems).map((item) => [item, ...contains]),
    [...one(part.items), ...contains],
  ].filter((group) => group.length > 0);
}

/** `refuseForeignReferences` has checked its form. */
function resolve(reference: string, root: Part): unknown {
  if (reference === '#') return root;
  const { $defs: definitions } = root;
  return isPart(definitions) ? definitions[reference.slice('#/$defs/'.length)] : undefined;
}

/** Entries of an `enum`, or fields of an object, that take about as long as any other part. */
const ENTRIES = 20;

/** How long a part itself takes, in parts. */
function weightOf({ enum: values, properties, required, uniqueItems, maxItems }: Part): number {
  const entries = [values, required].reduce((sum: number, one) => sum + (Array.isArray(one) ? one.length : 0), 0);
  const fields = isPart(properties) ? Object.keys(properties).length : 0;
  // Each item is compared with half of the others.
  const pairs = uniqueItems === true ? Number(maxItems) / 2 : 0;
  return 1 + (entries + fields) / ENTRIES + pairs;
}

/** The most work at each number of levels, of each part. */
class Estimate {
  readonly #root: Part;
  readonly #weightOf: (part: Part) => number;
  readonly #known = new Map<Part, number[]>();
  readonly #open = new Set<Part>();

  constructor(root: Part, weight: (part: Part) => number = () => 1) {
    this.#root = root;
    this.#weightOf = weight;
  }

  of(part: Part, levels: number): number {
    const known = this.#known.get(part)?.[levels];
    if (known !== undefined) return known;
    if (this.#open.has(part)) throw new Error('a part refers to itself without going deeper; it would never end');
    this.#open.add(part);
    let work = this.#weightOf(part);
    for (const other of beside(part, this.#root)) work += this.of(other, levels);
    this.#open.delete(part);
    if (levels > 0) {
      const opened = [...this.#open];
      this.#open.clear();
      const groups = below(part).map((group) => group.reduce((sum, other) => sum + this.of(other, levels - 1), 0));
      for (const other of opened) this.#open.add(other);
      work += groups.reduce((most, group) => Math.max(most, group), 0);
    }
    const all = this.#known.get(part) ?? [];
    all[levels] = Math.min(work, Number.MAX_SAFE_INTEGER);
    this.#known.set(part, all);
    return all[levels];
  }
}

/** Names whose making into code takes as long as that of another part, or as a few. */
const PATTERN = 5;

function namesIn({ dependentRequired, pattern, patternProperties }: Part): number {
  const lists = isPart(dependentRequired) ? Object.values(dependentRequired) : [];
  const names = lists.reduce((sum: number, one) => sum + (Array.isArray(one) ? one.length : 0), 0);
  return names + PATTERN * (named(patternProperties).length + (typeof pattern === 'string' ? 1 : 0));
}

function allParts(value: unknown, found: Part[] = []): Part[] {
  if (isPart(value)) found.push(value);
  if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) allParts(child, found);
  return found;
}

const amount = (work: number) => (work > 1e9 ? 'more than a billion' : work.toLocaleString('en'));

/**
 * Schemas come from plugins, and the kernel compiles and runs them in its own process, which does nothing else
 * meanwhile. A few lines can demand exponential work on `{}`: thirty definitions that each refer twice to the next, or
 * one that refers to itself in two ways. Throws with an explanation when a schema takes too much; otherwise returns how
 * many parts may look at one value or at one of those that it lies in.
 */
export function workOf(schema: JsonSchema): number {
  const parts = allParts(schema);
  const count = parts.reduce((sum, part) => sum + namesIn(part), parts.length);
  if (count > MOST_PARTS) throw new Error(`has ${count} parts; ${MOST_PARTS} are the most`);
  const estimate = new Estimate(schema);
  const looks = parts.reduce((most, part) => Math.max(most, estimate.of(part, 0)), 0);
  if (looks > MOST_LOOKS) {
    throw new Error(
      `${amount(looks)} of its parts look at one value; ${MOST_LOOKS} are the most: use fewer alternatives`,
    );
  }
  const work = estimate.of(schema, MOST_LEVELS);
  if (work > MOST_WORK) {
    throw new Error(
      `${amount(work)} of its parts look at one value ${MOST_LEVELS} levels deep; ` +
        'a part that is defined by itself may refer to itself in one place only',
    );
  }
  return new Estimate(schema, weightOf).of(schema, MOST_LEVELS);
}
