import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Retry } from './retry.ts';

/** What a list action takes beside its filter. */
export interface ListingPage {
  limit: number;
  cursor: string | undefined;
}

interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

const PAGE_SIZE = 20;
const LARGEST_PAGE = 100;

/**
 * A list that grows page by page, e.g. `new Listing<Line>(this, (page) => call(ctx, 'jobs.list', { ...filter, ...page }))`.
 * A page that was asked for before the filter changed is thrown away; one that failed because there was no connection, or
 * the server was busy, is asked for again by itself. Updates its host; shown by `listingState`.
 */
export class Listing<Item> implements ReactiveController {
  /** `null` until the first page has come. */
  items: Item[] | null = null;
  /** Why the last reading failed; `null` when it did not. */
  failure: unknown = null;
  busy = false;
  readonly #host: ReactiveControllerHost;
  readonly #read: (page: ListingPage) => Promise<Page<Item>>;
  readonly #retry = new Retry();
  #cursor: string | undefined;
  #attempt = 0;

  constructor(host: ReactiveControllerHost, read: (page: ListingPage) => Promise<Page<Item>>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#attempt += 1;
    this.#retry.reset();
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  /** Starts again from the first page; what is shown stays until it has come. */
  async restart(): Promise<void> {
    await this.#load(PAGE_SIZE, undefined);
  }

  /** Reads anew about as much as is shown, so that nobody loses the place in a long list. */
  async refresh(): Promise<void> {
    const shown = this.items?.length ?? 0;
    await this.#load(Math.min(Math.max(shown, PAGE_SIZE), LARGEST_PAGE), undefined);
  }

  /** Reads the next page, if there is one. */
  async more(): Promise<void> {
    if (this.#cursor !== undefined && !this.busy) await this.#load(PAGE_SIZE, this.#cursor);
  }

  /** Forgets what was read: the screen now lists something else. */
  clear(): void {
    this.#attempt += 1;
    this.#retry.reset();
    this.items = null;
    this.failure = null;
    this.busy = false;
    this.#cursor = undefined;
  }

  /** `unasked`: nobody waits for it, so what is said of the last failure stays until it has gone well. */
  async #load(limit: number, cursor: string | undefined, unasked = false): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#retry.cancel();
    this.busy = true;
    if (!unasked) this.failure = null;
    this.#host.requestUpdate();
    try {
      const page = await this.#read({ limit, cursor });
      if (attempt !== this.#attempt) return;
      this.items = cursor === undefined ? page.items : [...(this.items ?? []), ...page.items];
      this.#cursor = page.nextCursor;
      this.failure = null;
      this.#retry.reset();
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.failure = error;
      this.#retry.after(error, () => void this.#load(limit, cursor, true));
    }
    this.busy = false;
    this.#host.requestUpdate();
  }
}
