import { LRUCache } from 'lru-cache';

export interface LoadingCacheOptions<Key, Value> {
  /** The least recently used entries beyond this number are dropped. */
  max: number;
  /** An upper bound on staleness if an invalidation is ever lost (a node cut off from the database). */
  maxAgeMs: number;
  load(key: Key): Promise<Value>;
}

/**
 * Remembers what was loaded, with one load at a time for each key. A load that was under way when its key was
 * invalidated may have read the state before the change: its callers get it, but it is not kept, and later callers
 * load again.
 */
export interface LoadingCache<Key, Value> {
  /** The remembered value without a promise, for hot paths. */
  peek(key: Key): Value | undefined;
  get(key: Key): Promise<Value>;
  invalidate(key: Key): void;
  /** Looks at every entry: for rare events. */
  invalidateWhere(matches: (value: Value, key: Key) => boolean): void;
  invalidateAll(): void;
}

export function createLoadingCache<Key extends string, Value extends object>(
  options: LoadingCacheOptions<Key, Value>,
): LoadingCache<Key, Value> {
  const entries = new LRUCache<Key, Value>({ max: options.max, ttl: options.maxAgeMs });
  const loads = new Map<Key, Promise<Value>>();

  async function load(key: Key): Promise<Value> {
    const loading: Promise<Value> = options.load(key);
    loads.set(key, loading);
    try {
      const value = await loading;
      if (loads.get(key) === loading) entries.set(key, value);
      return value;
    } finally {
      if (loads.get(key) === loading) loads.delete(key);
    }
  }

  return {
    peek: (key) => entries.get(key),
    get: async (key) => entries.get(key) ?? loads.get(key) ?? load(key),
    invalidate(key) {
      loads.delete(key);
      entries.delete(key);
    },
    invalidateWhere(matches) {
      // What is being loaded cannot be looked at yet.
      loads.clear();
      for (const [key, value] of entries.entries()) if (matches(value, key)) entries.delete(key);
    },
    invalidateAll() {
      loads.clear();
      entries.clear();
    },
  };
}
