/** Something that changes and says so. */
export interface Source {
  onChange(listener: () => void): () => void;
}

/** The listeners of one source. */
export class Listeners<Event = void> {
  readonly #listeners = new Set<(event: Event) => void>();

  add(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(event: Event): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
