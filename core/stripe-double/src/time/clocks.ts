import type { Books } from '../state/books.ts';
import type { Store } from '../state/store.ts';
import type { Agenda } from './agenda.ts';

/** What an appointment does: in the books of its account, for its subject, at its time. */
export type Work = (books: Books, subject: string, at: number) => void;

const STEPS_PER_TURN = 50;

/** Lets time pass: test clocks as far as they are advanced, the world's clock by itself. */
export class Clocks {
  readonly #store: Store;
  readonly #agenda: Agenda;
  readonly #books: (account: string | null) => Books;
  readonly #works: Readonly<Record<string, Work>>;
  #ticker: NodeJS.Timeout | undefined;
  readonly #running = new Set<string>();
  #closed = false;

  constructor(
    store: Store,
    agenda: Agenda,
    books: (account: string | null) => Books,
    works: Readonly<Record<string, Work>>,
  ) {
    this.#store = store;
    this.#agenda = agenda;
    this.#books = books;
    this.#works = works;
  }

  /** Goes on with what was under way when the process ended. */
  start(): void {
    for (const { value } of this.#store.rows('journey')) this.set(value.id);
    this.#ticker = setInterval(() => this.#tick(), 500);
    this.#ticker.unref();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#ticker);
  }

  /** Begins to move a test clock to where its journey leads; returns at once. */
  set(clock: string): void {
    if (this.#running.has(clock)) return;
    this.#running.add(clock);
    setImmediate(() => this.#travel(clock));
  }

  /** Moves the world's clock ahead, doing on the way what falls due. */
  moveWorld(to: number): void {
    const ahead = () => this.#store.get('world', 'world')?.value ?? { id: 'world' as const, ahead: 0, invoices: 0 };
    const jump = (time: number) => {
      const machine = Math.floor(Date.now() / 1000);
      if (time > this.#agenda.now('')) this.#store.put('world', 'world', null, { ...ahead(), ahead: time - machine });
    };
    while (this.#step('', to, jump));
    jump(to);
    this.#store.commit();
  }

  #tick(): void {
    const now = this.#agenda.now('');
    for (let steps = 0; steps < STEPS_PER_TURN && this.#step('', now, () => undefined); steps += 1);
  }

  #travel(clock: string): void {
    if (this.#closed) return;
    const to = this.#store.get('journey', clock)?.value.to;
    const found = this.#store.get('test_helpers.test_clock', clock);
    if (to === undefined || found === undefined) {
      this.#running.delete(clock);
      return;
    }
    const at = (time: number) => {
      const now = this.#store.get('test_helpers.test_clock', clock);
      if (now === undefined || time <= now.value.frozen_time) return;
      this.#store.put('test_helpers.test_clock', clock, now.account, { ...now.value, frozen_time: time });
    };
    for (let steps = 0; steps < STEPS_PER_TURN; steps += 1) {
      if (this.#step(clock, to, at)) continue;
      const books = this.#books(found.account);
      at(to);
      const ready = books.change('test_helpers.test_clock', clock, { status: 'ready', status_details: {} });
      books.remove('journey', clock);
      books.emit('test_helpers.test_clock.ready', ready);
      this.#store.commit();
      this.#running.delete(clock);
      return;
    }
    setImmediate(() => this.#travel(clock));
  }

  /** One appointment and its effects, together. */
  #step(clock: string, until: number, arrive: (time: number) => void): boolean {
    const next = this.#agenda.take(clock, until);
    if (next === undefined) return false;
    const work = this.#works[next.work];
    if (work === undefined) throw new Error(`Nobody does ${next.work}`);
    arrive(next.at);
    work(this.#books(next.account), next.subject, next.at);
    this.#store.commit();
    return true;
  }
}
