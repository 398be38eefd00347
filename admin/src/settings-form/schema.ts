/** What the renderer reads of a JSON Schema, draft 2020-12; the rest is the server's to check. */
export interface Schema {
  type?: string | readonly string[];
  title?: string;
  description?: string;
  default?: unknown;
  examples?: readonly unknown[];
  enum?: readonly unknown[];
  const?: unknown;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  if?: Schema;
  then?: Schema;
  else?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  dependentRequired?: Readonly<Record<string, readonly string[]>>;
  dependentSchemas?: Readonly<Record<string, Schema>>;
  items?: Schema;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  readOnly?: boolean;
  writeOnly?: boolean;
  $ref?: string;
  /** The platform's mark for what never leaves the server. */
  'x-secret'?: unknown;
}

type Properties = Readonly<Record<string, unknown>>;

export function asProperties(value: unknown): Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};
}

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function typeHolds(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

/** Whether a value meets a condition. Knows what conditions between fields are made of; the rest counts as met. */
export function holds(schema: Schema, value: unknown): boolean {
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (types && !types.some((type) => typeHolds(type, value))) return false;
  if ('const' in schema && !sameJson(schema.const, value)) return false;
  if (schema.enum && !schema.enum.some((allowed) => sameJson(allowed, value))) return false;
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum) return false;
    if (schema.maximum !== undefined && value > schema.maximum) return false;
  }
  if (typeof value === 'string' && schema.minLength !== undefined && value.length < schema.minLength) return false;
  if (schema.allOf?.some((part) => !holds(part, value))) return false;
  if (schema.anyOf && !schema.anyOf.some((part) => holds(part, value))) return false;
  if (!typeHolds('object', value)) return true;
  const properties = asProperties(value);
  if (schema.required?.some((name) => properties[name] === undefined)) return false;
  return Object.entries(schema.properties ?? {}).every(
    ([name, part]) => properties[name] === undefined || holds(part, properties[name]),
  );
}

function merge(into: Schema, part: Schema): Schema {
  return {
    ...into,
    ...part,
    properties: { ...into.properties, ...part.properties },
    required: [...(into.required ?? []), ...(part.required ?? [])],
  };
}

/** An object schema with the branches that apply to this value folded in. */
export function effective(schema: Schema, value: unknown): Schema {
  const { allOf = [], if: condition, then: met, else: unmet, dependentSchemas, dependentRequired, ...base } = schema;
  const properties = asProperties(value);
  let whole: Schema = base;
  const add = (part: Schema | undefined) => {
    if (part) whole = merge(whole, effective(part, value));
  };
  for (const part of allOf) add(part);
  if (condition) add(holds(condition, value) ? met : unmet);
  for (const [name, part] of Object.entries(dependentSchemas ?? {})) {
    if (properties[name] !== undefined) add(part);
  }
  for (const [name, required] of Object.entries(dependentRequired ?? {})) {
    if (properties[name] !== undefined) add({ required });
  }
  return whole;
}
