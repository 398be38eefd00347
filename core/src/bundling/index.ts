export { BundleError } from './bundle-error.ts';
export { type BundlerOptions, createBundler } from './create-bundler.ts';
export type { BundleIssue, Bundler, BundleSource } from './types.ts';
