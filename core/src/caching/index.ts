export { type Changes, createChanges } from './changes.ts';
export { createLoadingCache } from './loading-cache.ts';
