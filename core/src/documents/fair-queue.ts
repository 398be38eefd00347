/** Items of several queues, taken in turns: a queue with a thousand items does not hold up one with a single item. */
export class FairQueue<Item> {
  readonly #queues = new Map<string, Item[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(queue: string, item: Item): void {
    const items = this.#queues.get(queue);
    if (items) items.push(item);
    else this.#queues.set(queue, [item]);
    this.#size++;
  }

  /** The oldest item of the queue whose turn it is. */
  take(): Item | undefined {
    const [next] = this.#queues;
    if (!next) return undefined;
    const [name, items] = next;
    const item = items.shift();
    // Map order is turn order: a queue that was served goes to the end.
    this.#queues.delete(name);
    if (items.length > 0) this.#queues.set(name, items);
    this.#size--;
    return item;
  }
}
