/** One thing that is wrong with a package, with what to do about it. */
export interface PackageIssue {
  /** File below the package's folder, e.g. `plugin.json`. */
  file: string;
  /** JSON Pointer into the file; empty for the whole file. */
  pointer: string;
  message: string;
}

export function describeIssue(issue: PackageIssue): string {
  const place = issue.pointer === '' ? issue.file : `${issue.file} ${issue.pointer}`;
  return `${place}: ${issue.message}`;
}

/** Everything that is wrong with a package, in one error. */
export class PackageError extends Error {
  readonly issues: readonly PackageIssue[];

  constructor(issues: readonly PackageIssue[]) {
    super(issues.map(describeIssue).join('\n'));
    this.name = 'PackageError';
    this.issues = issues;
  }
}
