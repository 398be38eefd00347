export { BundleError } from './bundle-error.ts';
export { type BundlerOptions, createBundler } from './create-bundler.ts';
export { SHARED_MODULES } from './shared-modules.ts';
export type { BundleIssue, Bundler, BundleSource } from './types.ts';
