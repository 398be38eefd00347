import { describe, expect, it } from 'vitest';
import { createLoadingCache } from './index.ts';

interface Entry {
  key: string;
  version: number;
}

function setUp(max = 10, maxAgeMs = 60_000) {
  let version = 0;
  const waiting: (() => void)[] = [];
  const cache = createLoadingCache<string, Entry>({
    max,
    maxAgeMs,
    load: async (key) => {
      const value = { key, version };
      loads.push(key);
      await new Promise<void>((resolve) => waiting.push(resolve));
      if (key === 'broken') throw new Error('no database');
      return value;
    },
  });
  const loads: string[] = [];
  return {
    cache,
    loads,
    change: () => {
      version += 1;
    },
    release: () => {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}

describe('loading cache', () => {
  it('loads each key once, also for callers at the same time', async () => {
    const { cache, loads, release } = setUp();
    const first = Promise.all([cache.get('a'), cache.get('a'), cache.get('b')]);
    await Promise.resolve();
    release();
    expect(await first).toEqual([
      { key: 'a', version: 0 },
      { key: 'a', version: 0 },
      { key: 'b', version: 0 },
    ]);
    expect(await cache.get('a')).toBe(cache.peek('a'));
    expect(loads).toEqual(['a', 'b']);
  });

  it('does not keep what was being loaded while its key was invalidated', async () => {
    const { cache, loads, release, change } = setUp();
    const before = cache.get('a');
    await Promise.resolve();
    change();
    cache.invalidate('a');
    const after = cache.get('a');
    await Promise.resolve();
    release();
    expect(await before).toEqual({ key: 'a', version: 0 });
    expect(await after).toEqual({ key: 'a', version: 1 });
    expect(cache.peek('a')).toEqual({ key: 'a', version: 1 });
    expect(loads).toHaveLength(2);
  });

  it.each(['invalidateAll', 'invalidateWhere'] as const)('%s also reaches loads under way', async (method) => {
    const { cache, release } = setUp();
    const before = cache.get('a');
    await Promise.resolve();
    cache[method](() => false);
    release();
    await before;
    expect(cache.peek('a')).toBeUndefined();
  });

  it('forgets a failed load', async () => {
    const { cache, loads, release } = setUp();
    const failing = cache.get('broken');
    await Promise.resolve();
    release();
    await expect(failing).rejects.toThrow('no database');
    const again = cache.get('broken');
    await Promise.resolve();
    release();
    await expect(again).rejects.toThrow('no database');
    expect(loads).toHaveLength(2);
  });

  it('drops matching entries only, and the least recently used beyond its size', async () => {
    const { cache, release } = setUp(2);
    for (const key of ['a', 'b', 'c']) {
      const loading = cache.get(key);
      await Promise.resolve();
      release();
      await loading;
    }
    expect([cache.peek('a'), cache.peek('b')?.key, cache.peek('c')?.key]).toEqual([undefined, 'b', 'c']);
    cache.invalidateWhere((value) => value.key === 'b');
    expect([cache.peek('b'), cache.peek('c')?.key]).toEqual([undefined, 'c']);
  });
});
