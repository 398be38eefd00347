/** A path in OpenAPI style, cut at its slashes: `/jobs/{id}` is `[{ text: 'jobs' }, { parameter: 'id' }]`. */
export type PathSegment = { text: string } | { parameter: string };

export function parsePathTemplate(path: string): PathSegment[] {
  return path
    .split('/')
    .slice(1)
    .filter((segment) => segment !== '')
    .map((segment) => (segment.startsWith('{') ? { parameter: segment.slice(1, -1) } : { text: segment }));
}

export function pathParameters(path: string): string[] {
  return parsePathTemplate(path).flatMap((segment) => ('parameter' in segment ? [segment.parameter] : []));
}

/**
 * Whether some request path would match both without one of them being the more specific: `/jobs/{id}` and
 * `/jobs/new` are told apart (text wins), `/{a}/x` and `/x/{b}` are not.
 */
export function pathsAreAmbiguous(first: string, second: string): boolean {
  const left = parsePathTemplate(first);
  const right = parsePathTemplate(second);
  if (left.length !== right.length) return false;
  let leftIsMoreSpecific = false;
  let rightIsMoreSpecific = false;
  for (const [index, a] of left.entries()) {
    const b = right[index];
    if (b === undefined) return false;
    if ('text' in a && 'text' in b) {
      if (a.text !== b.text) return false;
    } else if ('text' in a) leftIsMoreSpecific = true;
    else if ('text' in b) rightIsMoreSpecific = true;
  }
  return leftIsMoreSpecific === rightIsMoreSpecific;
}
