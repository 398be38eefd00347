import type { JsonObject, JsonValue, Where } from '@bazaar/sdk';
import type { ColumnDescription } from '../types.ts';
import { toParameter } from './column-types.ts';
import { TableApiMisuse, WrongValue } from './errors.ts';
import { quote, type Table } from './table.ts';

const MAX_CONDITIONS = 60;
const MAX_DEPTH = 3;
/** Of one statement, on all levels together. */
const MAX_CONDITIONS_IN_ALL = 1_000;

const SYMBOLS: ReadonlyMap<string, string> = new Map(Object.entries({ gt: '>', gte: '>=', lt: '<', lte: '<=' }));
const TEXT = new Set(['text', 'varchar', 'bpchar', 'citext', 'name']);

/** Collects parameters and numbers them; remembers the field of each, to name it should the database refuse it. */
export class Parameters {
  readonly values: unknown[] = [];
  readonly names: string[] = [];
  #conditions = 0;

  countConditions(count: number): void {
    this.#conditions += count;
    if (this.#conditions > MAX_CONDITIONS_IN_ALL) {
      throw new TableApiMisuse(`more than ${MAX_CONDITIONS_IN_ALL} conditions in one statement`);
    }
  }

  add(value: unknown, name: string): string {
    this.names.push(name);
    return `$${this.values.push(value)}`;
  }
}

const literalPattern = (text: string) => text.replace(/[\\%_]/g, '\\$&');

function textPattern(column: ColumnDescription, operator: string, operand: JsonValue | undefined): string {
  if (!TEXT.has(column.type)) {
    throw new TableApiMisuse(`“${operator}” needs a text column, “${column.name}” is ${column.type}`);
  }
  if (typeof operand !== 'string') throw new WrongValue(column.name, 'must be text');
  const pattern = literalPattern(operand);
  return operator === 'contains' ? `%${pattern}%` : `${pattern}%`;
}

function comparison(
  column: ColumnDescription,
  operator: string,
  operand: JsonValue | undefined,
  into: Parameters,
): string {
  const name = quote(column.column);
  const parameter = (value: JsonValue | undefined) =>
    into.add(toParameter(column.name, column.type, value), column.name);
  switch (operator) {
    case 'eq':
      return operand === null ? `${name} is null` : `${name} = ${parameter(operand)}`;
    case 'ne':
      return operand === null ? `${name} is not null` : `${name} is distinct from ${parameter(operand)}`;
    case 'in': {
      if (!Array.isArray(operand)) throw new TableApiMisuse(`“in” of “${column.name}” must be a list`);
      if (operand.length > 1000) throw new TableApiMisuse(`“in” of “${column.name}” has more than 1,000 values`);
      const values = operand.flatMap((value) => {
        try {
          return [toParameter(column.name, column.type, value)];
        } catch (error) {
          if (error instanceof WrongValue) return [];
          throw error;
        }
      });
      return `${name} = any(${into.add(values, column.name)})`;
    }
    case 'contains':
    case 'startsWith':
      return `${name} ilike ${into.add(textPattern(column, operator, operand), column.name)}`;
    default: {
      const symbol = SYMBOLS.get(operator);
      if (!symbol) throw new TableApiMisuse(`unknown comparison “${operator}” on “${column.name}”`);
      if (operand === null) throw new TableApiMisuse(`“${operator}” of “${column.name}” cannot be null`);
      return `${name} ${symbol} ${parameter(operand)}`;
    }
  }
}

function isComparison(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** No row equals an impossible value (junk for an id), and every row differs from it: nothing that fails the request. */
function orDecided(operator: string, make: () => string): string {
  try {
    return make();
  } catch (error) {
    if (error instanceof WrongValue) return operator === 'ne' ? 'true' : 'false';
    throw error;
  }
}

function conjunction(table: Table, where: Where<JsonObject>, into: Parameters, depth: number): string[] {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(where as JsonObject)) {
    if (value === undefined) continue;
    if (name === 'or') {
      parts.push(alternatives(table, value, into, depth));
      continue;
    }
    const column = table.column(name);
    const isJson = column.type === 'json' || column.type === 'jsonb';
    if (!isComparison(value) || isJson) {
      parts.push(orDecided('eq', () => comparison(column, 'eq', value, into)));
      continue;
    }
    for (const [operator, operand] of Object.entries(value)) {
      if (operand !== undefined) parts.push(orDecided(operator, () => comparison(column, operator, operand, into)));
    }
  }
  if (parts.length > MAX_CONDITIONS)
    throw new TableApiMisuse(`more than ${MAX_CONDITIONS} conditions on “${table.name}”`);
  into.countConditions(parts.length);
  return parts;
}

function alternatives(table: Table, value: JsonValue, into: Parameters, depth: number): string {
  if (!Array.isArray(value) || value.length === 0) throw new TableApiMisuse('“or” must be a list of conditions');
  if (depth >= MAX_DEPTH) throw new TableApiMisuse('“or” is nested too deeply');
  if (value.length > MAX_CONDITIONS) throw new TableApiMisuse(`“or” has more than ${MAX_CONDITIONS} alternatives`);
  const sides = value.map((side) => {
    const parts = conjunction(table, side as Where<JsonObject>, into, depth + 1);
    // It would hold for every row and make the whole condition one that says nothing.
    if (parts.length === 0) throw new TableApiMisuse('“or” has an alternative without a condition');
    return parts.join(' and ');
  });
  return `(${sides.join(' or ')})`;
}

/** The conditions of `where` as SQL joined by `and`; empty when it names none. */
export function condition(table: Table, where: Where<JsonObject> | undefined, into: Parameters): string {
  return where === undefined ? '' : conjunction(table, where, into, 0).join(' and ');
}
