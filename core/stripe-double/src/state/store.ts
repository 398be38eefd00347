import type { Change, Journal } from './journal.ts';
import type { Kind, Tables } from './tables.ts';

interface Row {
  account: string | null;
  value: object;
}

/**
 * Every object, in memory, by kind and id, in order of creation. Values are never changed in place: `undo` puts the
 * former ones back. `commit` writes what has changed since the last one to the journal as one line.
 */
export class Store {
  readonly #tables = new Map<Kind, Map<string, Row>>();
  readonly #before = new Map<string, { kind: Kind; id: string; row: Row | undefined }>();
  readonly #journal: Journal | undefined;
  readonly #inserted: ((kind: Kind, value: object, account: string | null) => void)[] = [];

  constructor(journal?: Journal) {
    this.#journal = journal;
    journal?.open((changes) => {
      for (const [kind, id, account, value] of changes) {
        if (value === null) this.#table(kind as Kind).delete(id);
        else this.#table(kind as Kind).set(id, { account, value: value as object });
      }
    });
  }

  /** Tells of each new object once its request has been committed. */
  onCommitted(listener: (kind: Kind, value: object, account: string | null) => void): void {
    this.#inserted.push(listener);
  }

  get<K extends Kind>(kind: K, id: string): { account: string | null; value: Tables[K] } | undefined {
    return this.#table(kind).get(id) as { account: string | null; value: Tables[K] } | undefined;
  }

  /** In order of creation. */
  rows<K extends Kind>(kind: K): IterableIterator<{ account: string | null; value: Tables[K] }> {
    return this.#table(kind).values() as IterableIterator<{ account: string | null; value: Tables[K] }>;
  }

  count(kind: Kind): number {
    return this.#table(kind).size;
  }

  put<K extends Kind>(kind: K, id: string, account: string | null, value: Tables[K]): void {
    this.#remember(kind, id);
    this.#table(kind).set(id, { account, value });
  }

  remove(kind: Kind, id: string): void {
    this.#remember(kind, id);
    this.#table(kind).delete(id);
  }

  commit(): void {
    if (this.#before.size === 0) return;
    const changes: Change[] = [];
    const fresh: { kind: Kind; row: Row }[] = [];
    for (const { kind, id, row } of this.#before.values()) {
      const now = this.#table(kind).get(id);
      if (now === undefined && row === undefined) continue;
      changes.push([kind, id, now?.account ?? null, now?.value ?? null]);
      if (row === undefined && now !== undefined) fresh.push({ kind, row: now });
    }
    this.#before.clear();
    if (changes.length > 0 && this.#journal?.append(changes) === true) this.#journal.fold(this.#everything());
    for (const { kind, row } of fresh) for (const listener of this.#inserted) listener(kind, row.value, row.account);
  }

  undo(): void {
    for (const { kind, id, row } of this.#before.values()) {
      if (row === undefined) this.#table(kind).delete(id);
      else this.#table(kind).set(id, row);
    }
    this.#before.clear();
  }

  close(): void {
    this.#journal?.close();
  }

  *#everything(): Iterable<Change> {
    for (const [kind, table] of this.#tables) {
      for (const [id, row] of table) yield [kind, id, row.account, row.value];
    }
  }

  #table(kind: Kind): Map<string, Row> {
    const known = this.#tables.get(kind);
    if (known !== undefined) return known;
    const table = new Map<string, Row>();
    this.#tables.set(kind, table);
    return table;
  }

  #remember(kind: Kind, id: string): void {
    const key = `${kind} ${id}`;
    if (!this.#before.has(key)) this.#before.set(key, { kind, id, row: this.#table(kind).get(id) });
  }
}
