import { fieldsOf, toField } from './field.ts';
import { asProperties, effective, type Schema } from './schema.ts';

/** The stored values with the schema's defaults where nothing is stored: what the form begins with. */
export function withDefaults(schema: Schema, value: unknown): unknown {
  if (value === undefined && schema.default !== undefined) return structuredClone(schema.default);
  const whole = effective(schema, value);
  if (!whole.properties) return value;
  const stored = asProperties(value);
  const filled: Record<string, unknown> = { ...stored };
  for (const [key, part] of Object.entries(whole.properties)) {
    const inner = withDefaults(part, stored[key]);
    if (inner !== undefined) filled[key] = inner;
  }
  const empty = Object.keys(filled).length === 0;
  return empty ? value : filled;
}

/** A fresh item for a list. */
export function emptyItem(schema: Schema): unknown {
  const field = toField('', schema, [], true);
  if (schema.default !== undefined) return structuredClone(schema.default);
  return field.kind === 'group' ? (withDefaults(schema, {}) ?? {}) : '';
}

/** What is sent: without empty answers and without what belongs to branches that do not apply any more. */
export function pruned(schema: Schema, value: unknown): unknown {
  const whole = effective(schema, value);
  if (whole.properties) {
    const stored = asProperties(value);
    const kept: Record<string, unknown> = {};
    for (const { key, schema: part } of fieldsOf(whole, [])) {
      const inner = pruned(part, stored[key]);
      if (inner !== undefined) kept[key] = inner;
    }
    // What has gone may have been the condition of something else.
    return Object.keys(kept).length < Object.keys(stored).length ? pruned(schema, kept) : kept;
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    return value.map((item) => (items ? pruned(items, item) : item)).filter((item) => item !== undefined);
  }
  return value === '' ? undefined : value;
}
