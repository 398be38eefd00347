import { Tinypool } from 'tinypool';
import { ApiError } from '../../errors/index.ts';
import { sanitise } from './sanitise.ts';

/** Characters that take a few milliseconds at most. Most pages have fewer. */
const SMALL = 20_000;
/** Larger pages of one plugin that may be in the making at a time. */
const MOST_AT_ONCE = 4;
const IDLE_MS = 30_000;

/** Makes the body of a plugin's page harmless. Rejects with `unavailable` when the plugin has too many under way. */
export type Sanitiser = (pluginId: string, html: string) => Promise<string>;

/**
 * Large pages are sanitised in a thread of their own: a plugin that fills its pages to the limit holds up nobody
 * else's.
 */
export function createSanitiser(): Sanitiser {
  const pool = new Tinypool({
    filename: new URL('./sanitise.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    isolateWorkers: false,
  });
  const underWay = new Map<string, number>();
  return async (pluginId, html) => {
    if (html.length <= SMALL) return sanitise(html);
    const others = underWay.get(pluginId) ?? 0;
    if (others >= MOST_AT_ONCE) {
      throw new ApiError('unavailable', 'Too many people are opening this page. Try again in a few seconds.', {
        reason: 'page-busy',
        headers: { 'Retry-After': '2' },
      });
    }
    underWay.set(pluginId, others + 1);
    try {
      return await pool.run(html, { name: sanitise.name });
    } finally {
      const left = (underWay.get(pluginId) ?? 1) - 1;
      if (left === 0) underWay.delete(pluginId);
      else underWay.set(pluginId, left);
    }
  };
}
