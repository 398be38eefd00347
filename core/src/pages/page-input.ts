import type { JsonObject, JsonSchema, JsonValue } from '@bazaar/sdk';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function meant(schema: unknown, text: string): JsonValue {
  const type = isObject(schema) ? schema.type : undefined;
  const types = Array.isArray(type) ? type : [type];
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  const isNumber = (types.includes('integer') || types.includes('number')) && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text);
  return isNumber ? Number(text) : text;
}

/**
 * The input of a page's action: what the address says, as far as the action asks for it. Links that reach a page
 * carry parameters of advertisers and trackers too; these are no errors. An empty value means that it is absent.
 */
export function pageInput(schema: JsonSchema, params: Readonly<Record<string, string>>, query: string): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const search = new URLSearchParams(query);
  const input: JsonObject = {};
  for (const [name, property] of Object.entries(properties)) {
    // Only the kernel says that a submission has failed.
    if (name === 'form') continue;
    const values = search.getAll(name).filter((value) => value !== '');
    const [first] = values;
    if (first === undefined) continue;
    const isList = isObject(property) && property.type === 'array';
    input[name] = isList
      ? values.map((value) => meant(isObject(property) ? property.items : undefined, value))
      : meant(property, first);
  }
  for (const [name, value] of Object.entries(params)) input[name] = meant(properties[name], value);
  return input;
}
