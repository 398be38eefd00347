import type { JsonObject, JsonSchema } from '@bazaar/sdk';
import { compileSchema } from '../schema-compiler.ts';
import { propertiesOf } from './properties.ts';
import type { Review } from './review.ts';

/** Keywords that constrain a value that is present; the others report one that is missing. */
const OF_A_VALUE = new Set(
  `type enum const format pattern multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength
  minItems maxItems uniqueItems additionalProperties`.split(/\s+/),
);

/** An object that holds the nested objects of `properties`, all of them empty. */
function empty(schema: JsonSchema): JsonObject {
  const inner = Object.entries(propertiesOf(schema)).flatMap(([name, property]) =>
    property.properties === undefined ? [] : [[name, empty(property as JsonSchema)] as const],
  );
  return Object.fromEntries(inner);
}

/** The pointer to a value's schema, as far as following `properties` leads to it. */
function schemaPointer(schema: JsonSchema, instancePath: string): string {
  let [pointer, node] = ['', schema];
  for (const name of instancePath.split('/').slice(1)) {
    const next = propertiesOf(node)[name];
    if (!next) break;
    [pointer, node] = [`${pointer}/properties/${name}`, next as JsonSchema];
  }
  return pointer;
}

/**
 * A `default` is filled in where the caller gives no value: the caller could not correct one that its own schema
 * refuses.
 */
export function checkDefaults({ report }: Pick<Review, 'report'>, pointer: string, schema: JsonSchema): void {
  if (!JSON.stringify(schema).includes('"default"')) return;
  const errors = compileSchema(schema, { useDefaults: true }).errorsOf(empty(schema));
  const refused = new Map<string, string>();
  for (const { keyword, instancePath, schemaPath, message } of errors) {
    // Which branch holds depends on values that are not there yet.
    if (!OF_A_VALUE.has(keyword) || instancePath === '' || /\/(if|then|else|not|anyOf|oneOf)\//.test(schemaPath))
      continue;
    refused.set(schemaPointer(schema, instancePath), message ?? keyword);
  }
  for (const [at, message] of refused) report(`${pointer}${at}/default`, `its own schema refuses it: ${message}`);
}
