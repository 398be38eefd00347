import type { Store } from '../state/store.ts';
import type { Appointment } from '../state/tables.ts';

/** What is to happen when, for each clock in order of time, then of entry. */
export class Agenda {
  readonly #store: Store;
  readonly #queues = new Map<string, Appointment[]>();

  constructor(store: Store) {
    this.#store = store;
    for (const { value } of store.rows('appointment')) this.#enqueue(value);
    store.onCommitted((kind, value) => {
      if (kind === 'appointment') this.#enqueue(value as Appointment);
    });
  }

  now(clock: string): number {
    if (clock !== '') {
      const found = this.#store.get('test_helpers.test_clock', clock);
      if (found !== undefined) return found.value.frozen_time;
    }
    return Math.floor(Date.now() / 1000) + (this.#store.get('world', 'world')?.value.ahead ?? 0);
  }

  add(appointment: Appointment): void {
    this.#store.put('appointment', appointment.id, appointment.account, appointment);
  }

  /** Takes the next appointment up to a time out of the store; the caller commits that with its effect. */
  take(clock: string, until: number): Appointment | undefined {
    const queue = this.#queues.get(clock);
    const next = queue?.[0];
    if (queue === undefined || next === undefined || next.at > until) return undefined;
    queue.shift();
    this.#store.remove('appointment', next.id);
    return next;
  }

  /** Forgets a deleted clock's plans. */
  forget(clock: string): void {
    for (const appointment of this.#queues.get(clock) ?? []) this.#store.remove('appointment', appointment.id);
    this.#queues.delete(clock);
  }

  #enqueue(appointment: Appointment): void {
    const queue = this.#queues.get(appointment.clock) ?? [];
    this.#queues.set(appointment.clock, queue);
    let low = 0;
    let high = queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((queue[middle]?.at ?? 0) <= appointment.at) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, appointment);
  }
}
