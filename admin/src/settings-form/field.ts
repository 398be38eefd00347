import type { Path } from './pointer.ts';
import type { Schema } from './schema.ts';

export interface Option {
  value: string;
  label: string;
}

interface Common {
  key: string;
  path: Path;
  label: string;
  help: string;
  required: boolean;
  readOnly: boolean;
  schema: Schema;
}

/** One field of the form. Values of options travel as JSON text, so that numbers and booleans stay what they are. */
export type Field = Common &
  (
    | { kind: 'text' | 'email' | 'uri' | 'multiline' | 'date' | 'secret' | 'number' | 'integer' | 'boolean' | 'json' }
    | { kind: 'choice' | 'choices'; options: Option[] }
    | { kind: 'list' | 'group' }
  );

/** `smtpHost` and `smtp_host` → `Smtp host` */
export function humanise(key: string): string {
  const words = key
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function optionOf({ const: value, title }: Schema): Option {
  return { value: JSON.stringify(value), label: title ?? String(value) };
}

/** The values to choose from, when the schema names them all. */
function optionsOf(schema: Schema): Option[] | null {
  if (schema.enum) return schema.enum.map((value) => ({ value: JSON.stringify(value), label: String(value) }));
  const parts = schema.oneOf ?? schema.anyOf;
  return parts && parts.length > 0 && parts.every((part) => 'const' in part) ? parts.map(optionOf) : null;
}

function typeOf({ type, properties, items }: Schema): string | undefined {
  if (typeof type === 'string') return type;
  if (type) {
    const real = type.filter((name) => name !== 'null');
    return real.length === 1 ? real[0] : undefined;
  }
  if (properties) return 'object';
  return items ? 'array' : undefined;
}

const LONG_TEXT = 500;

/** Anything but `false` marks a secret, as on the server. */
function isSecret(schema: Schema): boolean {
  return schema['x-secret'] !== undefined && schema['x-secret'] !== false;
}

function textKind({ format, maxLength }: Schema): Field['kind'] {
  if (format === 'email' || format === 'idn-email') return 'email';
  if (format === 'uri' || format === 'iri') return 'uri';
  if (format === 'date') return 'date';
  return format === 'textarea' || (maxLength !== undefined && maxLength > LONG_TEXT) ? 'multiline' : 'text';
}

const SIMPLE = new Set(['string', 'number', 'integer']);

/** How a schema is edited. What no control fits is edited as JSON: nothing is out of reach. */
export function toField(key: string, schema: Schema, path: Path, required: boolean): Field {
  const common: Common = {
    key,
    path,
    label: schema.title ?? humanise(key),
    help: schema.description ?? '',
    required,
    readOnly: schema.readOnly === true,
    schema,
  };
  if (isSecret(schema)) return { ...common, kind: typeOf(schema) === 'string' ? 'secret' : 'json' };
  const options = optionsOf(schema);
  if (options) return { ...common, kind: 'choice', options };
  const type = typeOf(schema);
  if (type === 'string') return { ...common, kind: textKind(schema) } as Field;
  if (type === 'boolean' || type === 'number' || type === 'integer') return { ...common, kind: type };
  if (type === 'object' && schema.properties) return { ...common, kind: 'group' };
  if (type === 'array' && schema.items) {
    const choices = optionsOf(schema.items);
    if (choices) return { ...common, kind: 'choices', options: choices };
    const itemType = typeOf(schema.items) ?? '';
    if (SIMPLE.has(itemType) || (itemType === 'object' && schema.items.properties)) return { ...common, kind: 'list' };
  }
  return { ...common, kind: 'json' };
}

/** The fields of an object schema whose branches are folded in already. */
export function fieldsOf(schema: Schema, path: Path): Field[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([key, part]) =>
    toField(key, part, [...path, key], required.has(key)),
  );
}
