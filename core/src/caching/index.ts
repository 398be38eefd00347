export { createLoadingCache, type LoadingCache, type LoadingCacheOptions } from './loading-cache.ts';
