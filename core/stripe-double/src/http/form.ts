/** Nested form fields as Stripe's SDKs send them: `items[0][price]=price_1&metadata[a]=b`. */
export type FormTree = { [key: string]: FormTree | string };

const LIMIT = 4000;

/** Reads a urlencoded body or query. Later values win; a list written `a[]` counts up. Throws on malformed input. */
export function parseForm(text: string): FormTree {
  const root: FormTree = Object.create(null);
  let fields = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    fields += 1;
    if (fields > LIMIT) throw new RangeError('Too many parameters');
    const bracket = name.indexOf('[');
    const path =
      bracket < 0
        ? [name]
        : [
            name.slice(0, bracket),
            ...name
              .slice(bracket + 1)
              .replace(/\]$/, '')
              .split(']['),
          ];
    if (path.length > 20) throw new RangeError('Parameters are nested too deeply');
    put(root, path, value);
  }
  return root;
}

function put(root: FormTree, path: string[], value: string): void {
  let node = root;
  for (const [depth, raw] of path.entries()) {
    const key = raw === '' && depth > 0 ? String(Object.keys(node).length) : raw;
    if (depth === path.length - 1) {
      node[key] = value;
      return;
    }
    const next = node[key];
    const child: FormTree = typeof next === 'object' ? next : Object.create(null);
    node[key] = child;
    node = child;
  }
}
