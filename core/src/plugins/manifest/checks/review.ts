import type { Manifest } from '@bazaar/sdk';

/** One manifest under review: what the checks read, and where they report. */
export interface Review {
  readonly manifest: Manifest;
  /** Names of the permissions the plugin defines. */
  readonly permissions: ReadonlySet<string>;
  /** Ids of the plugins named in `requires` or `optional`. */
  readonly dependencies: ReadonlySet<string>;
  /** Requested capabilities, as written. */
  readonly capabilities: ReadonlySet<string>;
  report(pointer: string, message: string): void;
}

export function createReview(manifest: Manifest, report: Review['report']): Review {
  return {
    manifest,
    permissions: new Set((manifest.permissions ?? []).map((permission) => permission.name)),
    dependencies: new Set([...Object.keys(manifest.requires ?? {}), ...Object.keys(manifest.optional ?? {})]),
    capabilities: new Set((manifest.capabilities ?? []).map((request) => request.capability)),
    report,
  };
}

/** `a, b and c`; `none` for nothing. */
export function listed(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return 'none';
  const last = all.pop();
  return all.length === 0 ? `${last}` : `${all.join(', ')} and ${last}`;
}

/** Reports every value that was seen before, at the pointer of its repetition. */
export function reportRepeated(
  review: Review,
  entries: Iterable<readonly [pointer: string, value: string]>,
  what: string,
): void {
  const first = new Map<string, string>();
  for (const [pointer, value] of entries) {
    const before = first.get(value);
    if (before === undefined) first.set(value, pointer);
    else review.report(pointer, `${what} "${value}" is already at ${before}; give it another name or remove it`);
  }
}

export function checkPermission(review: Review, pointer: string, permission: string): void {
  if (review.permissions.has(permission)) return;
  review.report(
    pointer,
    `permission "${permission}" is not defined; add it to "permissions" or name one of ${listed(review.permissions)}`,
  );
}
