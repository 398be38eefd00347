import type { ApiClient } from '../api/client.ts';
import type { ShellData } from '../api/types.ts';
import type { Identity } from '../session/tokens.ts';
import { Listeners } from './source.ts';

/** What the signed-in person's shell is made of: read at sign-in and again whenever the server says it changed. */
export class ShellStore {
  #data: ShellData | null = null;
  #failure: unknown = null;
  #loading: Promise<void> | null = null;
  #stale = false;
  /** Grows when the data is dropped, so that an answer for the previous person is not taken. */
  #epoch = 0;
  readonly #api: Pick<ApiClient, 'json'>;
  readonly #listeners = new Listeners();

  constructor(api: Pick<ApiClient, 'json'>) {
    this.#api = api;
  }

  get data(): ShellData | null {
    return this.#data;
  }

  /** Why the last reading failed; `null` when it did not. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Whether what is held here was read for this person, in this tenant. */
  isOf({ user, tenant }: Identity): boolean {
    return this.#data?.user.id === user.id && this.#data.tenant.id === tenant.id;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Callers during a reading share one more reading after it: theirs may speak of something newer. */
  load(): Promise<void> {
    if (this.#loading) {
      this.#stale = true;
      return this.#loading;
    }
    this.#loading = this.#read().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  clear(): void {
    this.#epoch += 1;
    this.#data = null;
    this.#failure = null;
    this.#listeners.announce();
  }

  async #read(): Promise<void> {
    do {
      this.#stale = false;
      const epoch = this.#epoch;
      try {
        const data = await this.#api.json<ShellData>('GET', '/api/shell');
        if (epoch === this.#epoch) {
          this.#data = data;
          this.#failure = null;
        }
      } catch (error) {
        if (epoch === this.#epoch) this.#failure = error;
      }
      this.#listeners.announce();
    } while (this.#stale);
  }
}
