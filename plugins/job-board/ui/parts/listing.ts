import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

/** A list that grows page by page. A page that was asked for before the filter changed is thrown away. */
export class Listing<Item> implements ReactiveController {
  /** `null` until the first page has come. */
  items: Item[] | null = null;
  failure: unknown = null;
  busy = false;
  readonly #host: ReactiveControllerHost;
  readonly #read: (cursor: string | undefined) => Promise<Page<Item>>;
  #cursor: string | undefined;
  #attempt = 0;

  constructor(host: ReactiveControllerHost, read: (cursor: string | undefined) => Promise<Page<Item>>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#attempt += 1;
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  /** Starts again from the first page; what is shown stays until it has come. */
  async restart(): Promise<void> {
    await this.#load(undefined);
  }

  async more(): Promise<void> {
    if (this.#cursor !== undefined && !this.busy) await this.#load(this.#cursor);
  }

  async #load(cursor: string | undefined): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.busy = true;
    this.failure = null;
    this.#host.requestUpdate();
    try {
      const page = await this.#read(cursor);
      if (attempt !== this.#attempt) return;
      this.items = cursor === undefined ? page.items : [...(this.items ?? []), ...page.items];
      this.#cursor = page.nextCursor;
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.failure = error;
    }
    this.busy = false;
    this.#host.requestUpdate();
  }
}
