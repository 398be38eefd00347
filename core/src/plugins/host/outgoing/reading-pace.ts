import { LRUCache } from 'lru-cache';

/**
 * 8 MB a second. Whatever is read becomes garbage to collect: eight endless answers, read as fast as they come, keep
 * the collector busy, and every request waits.
 */
const BYTES_PER_MS = (8 * 1024 * 1024) / 1000;
/** The burst: a reader may be this far ahead of its pace, so that answers of ordinary size do not wait. */
const AHEAD_MS = 25;
const MOST_READERS = 1000;

/** Limits how fast each reader reads, however many answers it reads at the same time: a leaky bucket for each. */
export class ReadingPace {
  /** When a reader that kept to its pace would have read what it has read. */
  readonly #due = new LRUCache<string, number>({ max: MOST_READERS });

  /**
   * Counts `bytes` as read at `now` (in milliseconds). Returns for how many milliseconds `reader` must wait before it
   * reads on.
   */
  waitAfter(reader: string, bytes: number, now: number): number {
    const due = Math.max(this.#due.get(reader) ?? now, now) + bytes / BYTES_PER_MS;
    this.#due.set(reader, due);
    return Math.max(0, due - now - AHEAD_MS);
  }
}
