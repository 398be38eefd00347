import { LRUCache } from 'lru-cache';

/**
 * 8 MB a second. What is read is memory of this process that its collector has to follow: eight endless answers, read
 * as fast as they come, keep it collecting, and everybody's requests wait.
 */
const BYTES_PER_MS = (8 * 1024 * 1024) / 1000;
/** So far a reader may be ahead of its pace: answers of ordinary size wait for nothing. */
const AHEAD_MS = 25;
const MOST_READERS = 1000;

/** How fast the answers of one reader are read, however many it reads at once. */
export class ReadingPace {
  /** When all that a reader has read would have been read at its pace. */
  readonly #due = new LRUCache<string, number>({ max: MOST_READERS });

  /** Milliseconds for which `reader` has to wait now that it has read so many bytes more. `now` in milliseconds. */
  waitAfter(reader: string, bytes: number, now: number): number {
    const due = Math.max(this.#due.get(reader) ?? now, now) + bytes / BYTES_PER_MS;
    this.#due.set(reader, due);
    return Math.max(0, due - now - AHEAD_MS);
  }
}
