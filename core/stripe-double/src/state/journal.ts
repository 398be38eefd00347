import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

/** One change: kind, id, owning account, the new value or null when it is gone. */
export type Change = [kind: string, id: string, account: string | null, value: unknown];

const FOLD_BYTES = 64 * 1024 * 1024;

/**
 * An append-only file beside a snapshot. One line is one request's changes, written before the request is answered:
 * what the process acknowledged is in the operating system's hands when it is killed. A line torn by the kill was not
 * acknowledged, and is cut off.
 */
export class Journal {
  readonly #path: string;
  #file = -1;
  #bytes = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Hands over what was written before, in order. */
  open(apply: (changes: Change[]) => void): void {
    const snapshot = `${this.#path}.snapshot`;
    if (existsSync(snapshot)) for (const line of lines(readFileSync(snapshot, 'utf8'))) apply(JSON.parse(line));
    let whole = 0;
    if (existsSync(this.#path)) {
      const bytes = readFileSync(this.#path);
      whole = bytes.lastIndexOf(0x0a) + 1;
      for (const line of lines(bytes.toString('utf8', 0, whole))) apply(JSON.parse(line));
    }
    this.#file = openSync(this.#path, 'a');
    if (statSync(this.#path).size > whole) ftruncateSync(this.#file, whole);
    this.#bytes = whole;
  }

  /** Returns whether the file has grown so large that it should be folded into a snapshot. */
  append(changes: Change[]): boolean {
    this.#bytes += writeSync(this.#file, `${JSON.stringify(changes)}\n`);
    return this.#bytes > FOLD_BYTES;
  }

  /** Writes everything anew as a snapshot. Replaying the journal after it changes nothing, so a kill does no harm. */
  fold(everything: Iterable<Change>): void {
    const next = `${this.#path}.snapshot.next`;
    const file = openSync(next, 'w');
    for (const change of everything) writeSync(file, `${JSON.stringify([change])}\n`);
    closeSync(file);
    renameSync(next, `${this.#path}.snapshot`);
    closeSync(this.#file);
    writeFileSync(this.#path, '');
    this.#file = openSync(this.#path, 'a');
    this.#bytes = 0;
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
