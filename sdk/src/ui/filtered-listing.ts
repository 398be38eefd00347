import type { ReactiveControllerHost } from 'lit';
import { debounce } from './debounce.ts';
import { Listing, type ListingPage } from './listing.ts';

/**
 * A `Listing` under controls that narrow it, e.g.
 * `new FilteredListing<Line, Filter>(this, { sort: 'newest' }, (filter, page) => call(ctx, 'jobs.list', { ...filter, ...page }))`.
 */
export class FilteredListing<Item, Filter extends object> extends Listing<Item> {
  /** Only conditions that are set. */
  filter: Filter;
  readonly #screen: ReactiveControllerHost;
  readonly #restartSoon = debounce(() => void this.restart());
  readonly #refreshSoon = debounce(() => void this.refresh());

  constructor(
    host: ReactiveControllerHost,
    filter: Filter,
    read: (filter: Filter, page: ListingPage) => Promise<{ items: Item[]; nextCursor?: string }>,
  ) {
    super(host, (page) => read(this.filter, page));
    this.#screen = host;
    this.filter = filter;
  }

  /** What was chosen: listed at once. An empty value takes the condition away. */
  choose(name: keyof Filter, value: string): void {
    if (this.#set(name, value)) void this.restart();
  }

  /** What is being typed: listed when the person pauses. An empty value takes the condition away. */
  type(name: keyof Filter, value: string): void {
    if (this.#set(name, value)) this.#restartSoon();
  }

  /** Reads anew what is shown, once for news that come close together. */
  refreshSoon(): void {
    this.#refreshSoon();
  }

  #set(name: keyof Filter, value: string): boolean {
    const { [name]: before, ...rest } = this.filter;
    // Controls also tell of the value that they were given.
    if ((before ?? '') === value) return false;
    this.filter = (value === '' ? rest : { ...rest, [name]: value }) as Filter;
    this.#screen.requestUpdate();
    return true;
  }
}
