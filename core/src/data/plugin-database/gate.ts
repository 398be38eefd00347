/**
 * Holds new work of a plugin back for moments, so that a migration finds its tables free without standing in their
 * way. What has begun goes on; what waits here holds no connection. Always opens by itself.
 */
export class Gate {
  #closed: PromiseWithResolvers<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Closes it, or keeps it closed, for so long from now on. */
  close(milliseconds: number): void {
    this.#closed ??= Promise.withResolvers();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), milliseconds);
    this.#timer.unref();
  }

  open(): void {
    clearTimeout(this.#timer);
    this.#closed?.resolve();
    this.#closed = undefined;
  }

  /** Resolves when it opens; `undefined` while it is open. */
  get opening(): Promise<void> | undefined {
    return this.#closed?.promise;
  }
}
