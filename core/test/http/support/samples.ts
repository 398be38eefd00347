import type { Schema } from './operations.ts';

export const NOBODY = '00000000-0000-4000-8000-000000000000';

const FORMATS: Record<string, string> = {
  uuid: NOBODY,
  'bazaar-file-id': NOBODY,
  email: 'nobody@example.test',
  'date-time': '2026-11-21T03:00:00.000Z',
  date: '2026-11-21',
  uri: 'https://example.test/',
};

function textFor(schema: Schema): string {
  const { format, minLength, pattern } = schema as { format?: string; minLength?: number; pattern?: string };
  if (format !== undefined && FORMATS[format] !== undefined) return FORMATS[format];
  const candidates = ['abc', 'ab-c', 'ABC', 'Abc', '2026-11-21', 'EUR', '12', 'a'.repeat(Math.max(minLength ?? 0, 12))];
  const fits = candidates.find(
    (text) => text.length >= (minLength ?? 0) && (pattern === undefined || new RegExp(pattern, 'u').test(text)),
  );
  return fits ?? 'a'.repeat(minLength ?? 1);
}

/** The smallest value that fits a schema, as far as such can be guessed. */
export function sample(schema: Schema, definitions: Readonly<Record<string, Schema>>): unknown {
  const {
    $ref,
    type,
    enum: values,
    const: only,
    default: standard,
    anyOf,
    oneOf,
    allOf,
  } = schema as {
    $ref?: string;
    type?: string | string[];
    enum?: unknown[];
    const?: unknown;
    default?: unknown;
    anyOf?: Schema[];
    oneOf?: Schema[];
    allOf?: Schema[];
  };
  if ($ref !== undefined) return sample(definitions[$ref.split('/').at(-1) ?? ''] ?? {}, definitions);
  if (only !== undefined) return only;
  if (values) return values[0];
  if (standard !== undefined) return standard;
  const alternative = anyOf?.[0] ?? oneOf?.[0] ?? allOf?.[0];
  const kind = Array.isArray(type) ? type.find((name) => name !== 'null') : type;
  if (kind === undefined && alternative) return sample(alternative, definitions);
  switch (kind) {
    case 'string':
      return textFor(schema);
    case 'integer':
    case 'number':
      return (schema.minimum as number | undefined) ?? 1;
    case 'boolean':
      return true;
    case 'array': {
      const { minItems = 0, items = {} } = schema as { minItems?: number; items?: Schema };
      return Array.from({ length: minItems }, () => sample(items, definitions));
    }
    case 'object': {
      const { properties = {}, required = [] } = schema as { properties?: Record<string, Schema>; required?: string[] };
      const { minProperties = 0 } = schema as { minProperties?: number };
      const optional = Object.keys(properties).filter((name) => !required.includes(name));
      const names = [...required, ...optional.slice(0, Math.max(0, minProperties - required.length))];
      return Object.fromEntries(names.map((name) => [name, sample(properties[name] ?? {}, definitions)]));
    }
    default:
      return 'anything';
  }
}
