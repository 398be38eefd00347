export type Path = readonly (string | number)[];

/** `['smtp', 'a/b', 0]` → `/smtp/a~1b/0`; the whole document is the empty string. */
export function toPointer(path: Path): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function getAt(document: unknown, path: Path): unknown {
  let value = document;
  for (const segment of path) {
    if (Array.isArray(value) && typeof segment === 'number') value = value[segment];
    else if (isObject(value) && Object.hasOwn(value, String(segment))) value = value[segment];
    else return undefined;
  }
  return value;
}

/** A copy of the document with another value at the path; `undefined` takes the property away. */
export function setAt(document: unknown, path: Path, value: unknown): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  if (typeof segment === 'number') {
    const copy = Array.isArray(document) ? [...document] : [];
    copy[segment] = setAt(copy[segment], rest, value);
    return copy;
  }
  const { [segment]: before, ...others } = isObject(document) ? document : {};
  const after = setAt(before, rest, value);
  return after === undefined ? others : { ...(isObject(document) ? document : {}), [segment]: after };
}
