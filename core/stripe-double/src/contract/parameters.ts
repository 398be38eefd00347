import { invalid, type StripeError } from '../http/errors.ts';
import type { FormTree } from '../http/form.ts';
import type { ParameterSchema } from './contract.ts';

export type Parameters = Record<string, unknown>;

/** Names of parameters that may have a fraction; every other number of Stripe's is an integer. */
const FRACTIONAL = /percent|latitude|longitude|tax_percent/;

/** Turns the strings of a form into what the schema says they are, refusing all else as Stripe does. */
export class ParameterReader {
  readonly #parts: readonly ParameterSchema[];

  constructor(parts: readonly ParameterSchema[]) {
    this.#parts = parts;
  }

  /** @throws StripeError 400 naming the parameter: unknown, missing or of the wrong kind. */
  read(schema: ParameterSchema, form: FormTree): Parameters {
    return this.#object(this.#plain(schema), form, '');
  }

  #plain(schema: ParameterSchema): ParameterSchema {
    const part = schema.$ref === undefined ? schema : this.#parts[Number(schema.$ref)];
    if (part === undefined) throw new Error('The generated contract refers to a part it does not have');
    return part;
  }

  #value(given: ParameterSchema, value: FormTree | string, path: string): unknown {
    const schema = this.#plain(given);
    if (schema.anyOf !== undefined) return this.#oneOf(schema.anyOf, value, path);
    if (schema.enum !== undefined) return this.#choice(schema.enum, value, path);
    switch (schema.type) {
      case 'object':
        if (typeof value === 'string') throw invalid('Invalid object', path);
        return this.#object(schema, value, path);
      case 'array':
        return this.#array(schema, value, path);
      case 'number':
        return this.#number(value, path);
      case 'boolean':
        if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${shown(value)}`, path);
        return value === 'true';
      default:
        if (typeof value !== 'string') throw invalid('Invalid string: must be a string', path);
        if (schema.format === 'decimal' && !/^-?\d+(\.\d{1,12})?$/.test(value)) {
          throw invalid(`Invalid decimal: ${shown(value)}`, path);
        }
        return value;
    }
  }

  #oneOf(schemas: readonly ParameterSchema[], value: FormTree | string, path: string): unknown {
    let deepest: StripeError | undefined;
    for (const schema of [...schemas].sort((a, b) => this.#eagerness(a) - this.#eagerness(b))) {
      try {
        return this.#value(schema, value, path);
      } catch (error) {
        const refusal = error as StripeError;
        if ((refusal.details.param?.length ?? 0) >= (deepest?.details.param?.length ?? 0)) deepest = refusal;
      }
    }
    throw deepest ?? invalid(`Invalid value: ${shown(value)}`, path);
  }

  /** Enumerations and numbers are tried before strings, which take everything. */
  #eagerness(schema: ParameterSchema): number {
    const plain = this.#plain(schema);
    if (plain.enum !== undefined) return 0;
    return plain.type === 'string' ? 2 : 1;
  }

  #choice(choices: readonly (string | number | boolean)[], value: FormTree | string, path: string): unknown {
    const found = choices.find((choice) => String(choice) === value);
    if (found !== undefined) return found;
    throw invalid(`Invalid ${path}: must be one of ${choices.join(', ')}`, path);
  }

  #number(value: FormTree | string, path: string): number {
    if (typeof value !== 'string' || !/^-?\d{1,16}(\.\d{1,12})?$/.test(value)) {
      throw invalid(`Invalid integer: ${shown(value)}`, path, 'parameter_invalid_integer');
    }
    const number = Number(value);
    if (!Number.isInteger(number) && !FRACTIONAL.test(path)) {
      throw invalid(`Invalid integer: ${shown(value)}`, path, 'parameter_invalid_integer');
    }
    if (Math.abs(number) > 999_999_999_999) throw invalid(`Invalid integer: ${shown(value)}`, path);
    return number;
  }

  #array(schema: ParameterSchema, value: FormTree | string, path: string): unknown[] {
    if (typeof value === 'string') throw invalid('Invalid array', path);
    const items = schema.items ?? {};
    return Object.entries(value)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([index, item]) => {
        if (!/^\d{1,5}$/.test(index)) throw invalid('Invalid array', path);
        return this.#value(items, item, `${path}[${index}]`);
      });
  }

  #object(schema: ParameterSchema, form: FormTree, path: string): Parameters {
    const result: Parameters = {};
    for (const [name, value] of Object.entries(form)) {
      const inner = path === '' ? name : `${path}[${name}]`;
      const known = schema.properties;
      const child =
        known !== undefined && Object.hasOwn(known, name) ? known[name] : (schema.additionalProperties ?? undefined);
      if (child === undefined || name === '__proto__') {
        throw invalid(`Received unknown parameter: ${inner}`, inner, 'parameter_unknown');
      }
      result[name] = this.#value(child, value, inner);
    }
    for (const name of schema.required ?? []) {
      const inner = path === '' ? name : `${path}[${name}]`;
      if (!(name in result)) throw invalid(`Missing required param: ${inner}.`, inner, 'parameter_missing');
      if (result[name] === '')
        throw invalid(`You passed an empty string for '${inner}'.`, inner, 'parameter_invalid_empty');
    }
    return result;
  }
}

function shown(value: FormTree | string): string {
  return typeof value === 'string' ? value.slice(0, 40) : 'an object';
}
