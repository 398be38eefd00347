import type { JsonSchema } from '@bazaar/sdk';

export type Node = Record<string, unknown>;

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `properties` of an object schema. */
export function propertiesOf(schema: JsonSchema): Record<string, Node> {
  const properties: unknown = schema.properties;
  const found: Record<string, Node> = {};
  if (!isNode(properties)) return found;
  for (const [name, property] of Object.entries(properties)) if (isNode(property)) found[name] = property;
  return found;
}

export function requiredOf(schema: JsonSchema): string[] {
  const required = schema.required;
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}
