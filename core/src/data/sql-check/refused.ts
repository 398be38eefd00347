/** SQL of a plugin that may not run. The message names what is wrong and what to write instead. */
export class SqlRefused extends Error {
  readonly #source: string;
  readonly #complaint: string;

  constructor(source: string, complaint: string) {
    super(`${source}: ${complaint}`);
    this.name = 'SqlRefused';
    this.#source = source;
    this.#complaint = complaint;
  }

  at(place: string): SqlRefused {
    return new SqlRefused(`${this.#source} (${place})`, this.#complaint);
  }
}
