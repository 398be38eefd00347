import { visit } from 'jsonc-parser';
import { messageOf, pointerOf } from '../../errors/index.ts';

export const DUPLICATE_KEY = 'stands here twice, and only the last one would count; keep one';

/** Deeper than any honest file; who walks through it must not run out of stack. */
const MAX_DEPTH = 100;

/**
 * Reads a JSON text that people review. `duplicates`: pointers of keys that stand twice in the same object, of which
 * `JSON.parse` takes the last one and people may have read the first. Throws an error whose message says what the text
 * is instead.
 */
export function parseJson(text: string): { value: unknown; duplicates: string[] } {
  return { value: parsed(text), duplicates: duplicateKeys(text) };
}

function parsed(text: string): unknown {
  try {
    // It alone says what is JSON: jsonc-parser goes on after an error.
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

function duplicateKeys(text: string): string[] {
  const duplicates = new Set<string>();
  const objects: Set<string>[] = [];
  let depth = 0;
  const enter = () => {
    depth += 1;
    if (depth > MAX_DEPTH) throw new RangeError(`is nested deeper than ${MAX_DEPTH} levels`);
  };
  const leave = () => {
    depth -= 1;
  };
  visit(
    text,
    {
      onObjectBegin() {
        enter();
        objects.push(new Set());
      },
      onObjectProperty(name, _offset, _length, _line, _character, path) {
        const names = objects.at(-1);
        if (names?.has(name)) duplicates.add(pointerOf([...path(), name]));
        names?.add(name);
      },
      onObjectEnd() {
        leave();
        objects.pop();
      },
      onArrayBegin: enter,
      onArrayEnd: leave,
    },
    { disallowComments: true },
  );
  return [...duplicates];
}
