export interface PathMatch {
  params: Record<string, string>;
}

/** `/jobs/{id}` → URLPattern syntax; everything that is not a parameter is taken literally. */
function toPatternSyntax(path: string): string {
  return path.replaceAll(/\{([A-Za-z_]\w*)\}|[{}()*+?:\\]/g, (found, name: string | undefined) =>
    name === undefined ? `\\${found}` : `:${name}`,
  );
}

/** Matches paths in the style of the manifest, e.g. `/job-board/jobs/{id}`; a parameter is one segment. */
export class PathPattern {
  readonly path: string;
  readonly #pattern: URLPattern;

  constructor(path: string) {
    this.path = path;
    this.#pattern = new URLPattern({ pathname: toPatternSyntax(path) });
  }

  match(pathname: string): PathMatch | null {
    const groups = this.#pattern.exec({ pathname })?.pathname.groups;
    if (groups === undefined) return null;
    const params: Record<string, string> = {};
    for (const [name, value] of Object.entries(groups)) {
      if (value === undefined) continue;
      try {
        params[name] = decodeURIComponent(value);
      } catch {
        return null;
      }
    }
    return { params };
  }
}

/** Literal segments win over parameters, the leftmost difference decides: `/jobs/new` before `/jobs/{id}`. */
export function bySpecificity(left: string, right: string): number {
  const leftSegments = left.split('/');
  const rightSegments = right.split('/');
  for (const [index, segment] of leftSegments.entries()) {
    const other = rightSegments[index];
    if (other === undefined) break;
    const difference = Number(segment.includes('{')) - Number(other.includes('{'));
    if (difference !== 0) return difference;
  }
  return rightSegments.length - leftSegments.length;
}
