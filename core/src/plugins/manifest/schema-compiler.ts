import type { JsonSchema } from '@bazaar/sdk';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { RE2JS } from 're2js';
import { BoundedValidator, patternWithin } from './bounded-validator.ts';
import { isDate, isDateTime, isTime } from './moments.ts';
import { workOf } from './schema-work.ts';

// CommonJS: TypeScript takes the default export for the module object, Node for the function.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** Stored files and references to them: what they stand for is checked by the kernel, not by their text. */
export const FILE_FORMAT = 'bazaar-file';
export const FILE_ID_FORMAT = 'bazaar-file-id';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Patterns come from plugins and run on strangers' input in the kernel's process: RE2 takes linear time whatever
 * they are. It knows no look-around and no back-references.
 */
const linearPattern = Object.assign(
  (pattern: string) => ({
    test: patternWithin(RE2JS.compile(pattern)),
    // ajv tells patterns apart by this.
    toString: () => pattern,
  }),
  { code: 'linearPattern' },
);

const LONGEST_URL = 8_192;

function isUrl(text: string): boolean {
  return text.length <= LONGEST_URL && /^(?:https?|ftp):\/\//i.test(text) && URL.canParse(text);
}

/**
 * `first` stops at the first error and is made to run fast; `all` finds every error; `review` is only made to see
 * whether it can be, which takes a third of the time.
 */
type Way = 'first' | 'all' | 'review';

function createAjv(useDefaults: boolean, way: Way): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: way === 'all',
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowUnionTypes: true,
    ownProperties: true,
    // Done by `validateSchema` below.
    validateSchema: false,
    useDefaults,
    logger: false,
    code: { regExp: linearPattern, optimize: way === 'first' },
  });
  addFormats(ajv, { mode: 'fast' });
  // In place of ajv's own: theirs of `url` takes hours for some texts, and the others accept dates that JavaScript or the
  // database refuses.
  ajv.addFormat('url', isUrl);
  ajv.addFormat('date', isDate);
  ajv.addFormat('time', isTime);
  ajv.addFormat('date-time', isDateTime);
  ajv.addFormat(FILE_FORMAT, true);
  ajv.addFormat(FILE_ID_FORMAT, UUID);
  return ajv;
}

interface Compiler {
  ajv: Ajv2020;
  annotations: Set<string>;
  /** How many schemas it has compiled. */
  used: number;
}

/**
 * A compiler keeps all that it has compiled, for as long as any of its validators lives. With so few uses these mostly
 * belong to one version of a plugin, and are freed together.
 */
const MOST_USED = 20;

// One for each way of validating, not for each schema.
const compilers = new Map<string, Compiler>();

// Compiling the meta-schema takes as long as most of what is then compiled: once, whatever the way of validating.
let metaSchema: Ajv2020 | undefined;

/** Throws with an explanation when it is not a valid schema of the draft. */
function validateSchema(schema: JsonSchema): void {
  metaSchema ??= new Ajv2020({ logger: false, code: { optimize: false } });
  metaSchema.validateSchema(schema, true);
}

function compilerFor(useDefaults: boolean, way: Way): Compiler {
  const key = `${useDefaults} ${way}`;
  const known = compilers.get(key);
  const compiler =
    known && known.used < MOST_USED
      ? known
      : { ajv: createAjv(useDefaults, way), annotations: new Set<string>(), used: 0 };
  compilers.set(key, compiler);
  compiler.used += 1;
  return compiler;
}

/** Calls `visit` with every object inside a schema, with its JSON Pointer. */
function walk(node: unknown, pointer: string, visit: (object: Record<string, unknown>, pointer: string) => void): void {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) walk(item, `${pointer}/${index}`, visit);
  } else if (typeof node === 'object' && node !== null) {
    visit(node as Record<string, unknown>, pointer);
    for (const [key, value] of Object.entries(node)) walk(value, `${pointer}/${key}`, visit);
  }
}

/** Plugins share the compiler: a schema may not give itself a name that another one could then refer to. */
function refuseForeignReferences(schema: JsonSchema): void {
  walk(schema, '', (object, pointer) => {
    for (const key of ['$id', '$anchor', '$dynamicAnchor', '$dynamicRef', '$vocabulary', '$recursiveRef']) {
      if (typeof object[key] === 'string') throw new Error(`${pointer}/${key}: refer to "#/$defs/…" instead`);
    }
    const reference = object.$ref;
    if (typeof reference === 'string' && !/^#(\/\$defs\/[A-Za-z0-9_-]+)?$/.test(reference)) {
      throw new Error(`${pointer}/$ref: only "#/$defs/<name>" can be referred to, not "${reference}"`);
    }
    // Comparing objects pairwise takes quadratic time on input of a stranger's choosing.
    if (object.uniqueItems === true && !(typeof object.maxItems === 'number' && object.maxItems <= 1000)) {
      throw new Error(`${pointer}/uniqueItems: needs a "maxItems" of at most 1000 beside it`);
    }
  });
}

/** `x-…` keywords are annotations for the kernel and the user interface; any other unknown keyword is a mistake. */
function allowAnnotations(compiler: Compiler, schema: JsonSchema): void {
  walk(schema, '', (object) => {
    for (const key of Object.keys(object)) {
      if (!/^x-[a-z0-9-]+$/.test(key) || compiler.annotations.has(key)) continue;
      compiler.ajv.addKeyword(key);
      compiler.annotations.add(key);
    }
  });
}

export interface CompileOptions {
  /** Fills in the `default` of absent properties. */
  useDefaults?: boolean;
}

/** Compiles one schema of a plugin; throws with an explanation when it is not a valid schema of draft 2020-12. */
export function compileSchema(schema: JsonSchema, options: CompileOptions = {}): BoundedValidator {
  const useDefaults = options.useDefaults === true;
  const work = review(schema);
  return new BoundedValidator({
    work,
    first: compileWith(compilerFor(useDefaults, 'first'), schema),
    all: () => compileWith(compilerFor(useDefaults, 'all'), schema),
  });
}

/** Checks a schema as `compileSchema` does, without keeping the validator. */
export function reviewSchema(schema: JsonSchema, options: CompileOptions = {}): void {
  review(schema);
  compileWith(compilerFor(options.useDefaults === true, 'review'), schema);
}

function review(schema: JsonSchema): number {
  if (schema.$schema !== undefined && schema.$schema !== DRAFT) {
    throw new Error(`/$schema: must be "${DRAFT}" or absent`);
  }
  refuseForeignReferences(schema);
  const work = workOf(schema);
  validateSchema(schema);
  return work;
}

function compileWith(compiler: Compiler, schema: JsonSchema): ValidateFunction {
  allowAnnotations(compiler, schema);
  try {
    return compiler.ajv.compile(schema);
  } finally {
    // The validator lives on with its plugin; the compiler's cache would keep it for ever.
    compiler.ajv.removeSchema(schema);
  }
}
