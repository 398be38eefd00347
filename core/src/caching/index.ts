export { type ChangeBus, type ChangeKind, type ChangePayloads, type Changes, createChanges } from './changes.ts';
export { createLoadingCache, type LoadingCache, type LoadingCacheOptions } from './loading-cache.ts';
