import type { JsonObject, JsonSchema } from '@bazaar/sdk';

/** A property of an input schema that takes a file. */
export interface UploadField {
  /** Largest accepted file, in bytes. */
  maxBytes: number;
  /** Accepted content types; any when absent. */
  accept?: readonly string[];
  /** Whether it is an array: any number of files under one name. */
  many: boolean;
}

export type UploadFields = ReadonlyMap<string, UploadField>;

function isFile(schema: unknown): schema is JsonObject {
  return typeof schema === 'object' && schema !== null && (schema as JsonObject).format === 'bazaar-file';
}

/** The properties with `"format": "bazaar-file"`, alone or as the items of an array. */
export function uploadFields(schema: JsonSchema, limit: number): UploadFields {
  const fields = new Map<string, UploadField>();
  for (const [name, property] of Object.entries((schema.properties as JsonObject | undefined) ?? {})) {
    const items = (property as JsonObject | null)?.items;
    const file = isFile(property) ? property : isFile(items) ? items : undefined;
    if (!file) continue;
    const asked = file['x-max-bytes'];
    const accept = file['x-accept'];
    fields.set(name, {
      maxBytes: typeof asked === 'number' ? Math.min(asked, limit) : limit,
      ...(Array.isArray(accept) ? { accept: accept.filter((type) => typeof type === 'string') } : {}),
      many: file === items,
    });
  }
  return fields;
}
