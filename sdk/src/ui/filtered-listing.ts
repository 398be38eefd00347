import type { ReactiveControllerHost } from 'lit';
import { debounce } from './debounce.ts';
import { Listing, type ListingPage } from './listing.ts';

/** Where conditions stand beside the listing: in the address, so that they outlive a reload and the way back to it. */
export interface FilterAddress<Filter extends object> {
  /** The conditions that stand there. */
  names: readonly (keyof Filter & string)[];
  /** What stands there now; `null` when the address is of something else. */
  params(): Readonly<Record<string, string>> | null;
  /** Puts a query there, in the place of this one: empty, or begun with `?`. */
  keep(query: string): void;
}

/**
 * A `Listing` under controls that narrow it, e.g.
 * `new FilteredListing<Line, Filter>(this, { sort: 'newest' }, (filter, page) => call(ctx, 'jobs.list', { ...filter, ...page }))`.
 * With an `address` it lists what that asks for, as soon as its host is connected and whenever it asks for something else.
 */
export class FilteredListing<Item, Filter extends object> extends Listing<Item> {
  /** Only conditions that are set. */
  filter: Filter;
  readonly #screen: ReactiveControllerHost;
  readonly #initial: Filter;
  readonly #address: FilterAddress<Filter> | undefined;
  readonly #showSoon = debounce(() => this.#show());
  readonly #refreshSoon = debounce(() => void this.refresh());
  /** The query that the address was last seen or made to have; `null` while nobody looks at the list. */
  #known: string | null = null;
  #connected = false;

  constructor(
    host: ReactiveControllerHost,
    filter: Filter,
    read: (filter: Filter, page: ListingPage) => Promise<{ items: Item[]; nextCursor?: string }>,
    address?: FilterAddress<Filter>,
  ) {
    super(host, (page) => read(this.filter, page));
    this.#screen = host;
    this.#initial = filter;
    this.#address = address;
    this.filter = filter;
  }

  hostConnected(): void {
    this.#connected = true;
    this.#follow();
  }

  hostUpdate(): void {
    if (this.#connected) this.#follow();
  }

  override hostDisconnected(): void {
    super.hostDisconnected();
    this.#connected = false;
    this.#known = null;
  }

  /** What was chosen: listed at once. An empty value takes the condition away. */
  choose(name: keyof Filter, value: string): void {
    if (this.#set(name, value)) this.#show();
  }

  /** What is being typed: listed when the person pauses. An empty value takes the condition away. */
  type(name: keyof Filter, value: string): void {
    if (this.#set(name, value)) this.#showSoon();
  }

  /** Reads anew what is shown, once for events that come close together. */
  refreshSoon(): void {
    this.#refreshSoon();
  }

  /** The conditions, and `more`, as an address has them: empty, or begun with `?`. */
  query(more: Readonly<Record<string, string | undefined>> = {}): string {
    return this.#queryOf(this.filter, more);
  }

  #queryOf(filter: Filter, more: Readonly<Record<string, string | undefined>> = {}): string {
    const query = new URLSearchParams();
    for (const name of this.#address?.names ?? []) {
      const value = filter[name];
      if (value !== undefined && value !== this.#initial[name]) query.set(name, String(value));
    }
    for (const [name, value] of Object.entries(more)) if (value !== undefined) query.set(name, value);
    return query.size === 0 ? '' : `?${query}`;
  }

  /** Takes over what the address asks for, unless that is what it was last told. */
  #follow(): void {
    const given = this.#address?.params() ?? null;
    if (!this.#address || given === null) return;
    const asked = this.#address.names.flatMap((name) => (given[name] ? [[name, given[name]]] : []));
    const filter: Filter = { ...this.#initial, ...Object.fromEntries(asked) };
    const query = this.#queryOf(filter);
    if (query === this.#known) return;
    this.#known = query;
    this.filter = filter;
    void this.restart();
  }

  #show(): void {
    if (this.#address) {
      // Whoever types and leaves is not called back.
      if (!this.#connected) return;
      const query = this.query();
      if (query !== this.#known) {
        this.#known = query;
        this.#address.keep(query);
      }
    }
    void this.restart();
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
