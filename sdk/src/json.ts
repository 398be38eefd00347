/** Anything that survives a JSON round trip: all that crosses the boundary between kernel and plugin. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue | undefined;
}
