// Taken before any code of the plugin runs: whatever it puts in their places later, nothing changes here.
const { apply } = Reflect;
const { slice } = String.prototype;

/** To cut a text, the engine first puts together what it consists of: not worth it for a long one. */
const MAX_CUT = 1024 * 1024;

/** The beginning of a text; of a very long one no more than its length. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.length > MAX_CUT ? `(a text of ${text.length} characters)` : apply(slice, text, [0, length]);
}

/** A map with its own copies of the methods of `Map`. It cannot be iterated with `for`, only with `forEach`. */
export class OwnMap<Key, Value> extends Map<Key, Value> {}

Object.defineProperties(OwnMap.prototype, {
  ...Object.getOwnPropertyDescriptors(Map.prototype),
  constructor: { value: OwnMap },
});
