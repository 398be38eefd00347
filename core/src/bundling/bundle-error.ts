import type { BundleIssue } from './types.ts';

/** A package cannot be built, in words for whoever wrote it. */
export class BundleError extends Error {
  readonly issues: readonly BundleIssue[];

  constructor(issues: readonly BundleIssue[]) {
    super(issues.map(({ file, message }) => (file === '' ? message : `${file}: ${message}`)).join('\n'));
    this.name = 'BundleError';
    this.issues = issues;
  }
}
