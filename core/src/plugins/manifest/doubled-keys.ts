import { visit } from 'jsonc-parser';

export const DOUBLED_KEY = 'stands here twice, and only the last one would count; keep one';

/** Deeper than any honest file; who walks through it must not run out of stack. */
const MAX_DEPTH = 100;

/**
 * Pointers of keys that stand twice in the same object of a JSON text. `JSON.parse` takes the last one, people who
 * review the text may have read the first.
 */
export function doubledKeys(text: string): string[] {
  const doubled = new Set<string>();
  const objects: Set<string>[] = [];
  let depth = 0;
  const enter = () => {
    depth += 1;
    if (depth > MAX_DEPTH) throw new RangeError(`it is nested deeper than ${MAX_DEPTH} levels`);
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
        if (names?.has(name)) doubled.add(pointerOf([...path(), name]));
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
  return [...doubled];
}

function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
