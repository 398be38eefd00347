import { createHash } from 'node:crypto';

/** The part of JSON Schema that the SDK's parameter types need. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  format?: string;
  $ref?: string;
  definitions?: Record<string, Schema>;
}

const DEFINITION = '#/definitions/';

function isConstant(schema: Schema): boolean {
  return schema.const !== undefined || schema.enum !== undefined;
}

function union(members: Schema[]): Schema {
  const flat = members.flatMap((member) => member.anyOf ?? [member]);
  const constants = [...new Set(flat.filter(isConstant).flatMap((member) => member.enum ?? [member.const]))];
  // The SDK leaves its enumerations open for values of later versions; the pinned version knows no others.
  const others = flat.filter((member) => !isConstant(member) && !(member.format === 'other' && constants.length > 0));
  const alternatives: Schema[] = [...(constants.length > 0 ? [{ enum: constants.sort() }] : []), ...others];
  return alternatives.length === 1 && alternatives[0] !== undefined ? alternatives[0] : { anyOf: alternatives };
}

/**
 * Writes a schema out without names: references resolved, literals gathered into enumerations, the SDK's `Decimal` as
 * the string that goes over the wire.
 */
export function resolved(schema: Schema, definitions: Record<string, Schema>): Schema {
  if (schema.$ref !== undefined) {
    const name = decodeURIComponent(schema.$ref.slice(DEFINITION.length));
    if (name === 'Decimal') return { type: 'string', format: 'decimal' };
    if (name === 'OtherString') return { type: 'string', format: 'other' };
    const target = definitions[name];
    if (target === undefined) throw new Error(`The schema refers to an unknown definition: ${name}`);
    return resolved(target, definitions);
  }
  if (schema.anyOf !== undefined) return union(schema.anyOf.map((member) => resolved(member, definitions)));
  if (schema.const !== undefined) return { enum: [schema.const] };
  if (schema.enum !== undefined) return { enum: [...schema.enum].sort() };
  if (schema.type === 'array') return { type: 'array', items: resolved(schema.items ?? {}, definitions) };
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties ?? {}).map(
      ([name, value]) => [name, resolved(value, definitions)] as const,
    );
    const open = schema.additionalProperties;
    return {
      type: 'object',
      ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
      ...(schema.required === undefined ? {} : { required: schema.required }),
      ...(typeof open === 'object' ? { additionalProperties: resolved(open, definitions) } : {}),
    };
  }
  if (Array.isArray(schema.type)) return { type: 'string' };
  return schema.type === undefined ? {} : { type: schema.type };
}

/** Gives each part that occurs more than once one place among the shared parts, so that the file stays small. */
export function shared(schemas: Record<string, Schema>): { routes: Record<string, Schema>; parts: Schema[] } {
  const seen = new Map<string, number>();
  const digest = (value: Schema) => createHash('sha256').update(JSON.stringify(value)).digest('base64');
  const count = (schema: Schema): void => {
    const key = digest(schema);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    if (times > 1) return;
    for (const child of children(schema)) count(child);
  };
  for (const schema of Object.values(schemas)) count(schema);
  const parts: Schema[] = [];
  const places = new Map<string, number>();
  const place = (schema: Schema): Schema => {
    const key = digest(schema);
    const again = (seen.get(key) ?? 0) > 1 && JSON.stringify(schema).length > 40;
    if (again) {
      const known = places.get(key);
      if (known !== undefined) return { $ref: String(known) };
    }
    const written = mapped(schema, place);
    if (!again) return written;
    places.set(key, parts.length);
    parts.push(written);
    return { $ref: String(parts.length - 1) };
  };
  return { routes: Object.fromEntries(Object.entries(schemas).map(([name, s]) => [name, place(s)])), parts };
}

function children(schema: Schema): Schema[] {
  return [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(schema.anyOf ?? []),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ];
}

function mapped(schema: Schema, change: (child: Schema) => Schema): Schema {
  const open = schema.additionalProperties;
  return {
    ...schema,
    ...(schema.properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(schema.properties).map(([k, v]) => [k, change(v)])) }),
    ...(schema.items === undefined ? {} : { items: change(schema.items) }),
    ...(schema.anyOf === undefined ? {} : { anyOf: schema.anyOf.map(change) }),
    ...(typeof open === 'object' ? { additionalProperties: change(open) } : {}),
  };
}
