import { html } from 'lit';
import type { Page } from '../api/types.ts';
import { Reading, type ReadingHost } from './reading.ts';

/** A long list, shown one page at a time, the newest first; `pagerButtons` go through it. */
export class Pager<Item> extends Reading<Page<Item>> {
  /** Cursors of the pages up to this one; the first has none. */
  readonly #trail: (string | undefined)[];

  constructor(host: ReadingHost, read: (cursor: string | undefined) => Promise<Page<Item>>) {
    const trail: (string | undefined)[] = [undefined];
    super(host, () => read(trail.at(-1)));
    this.#trail = trail;
  }

  /** Counted from 1. */
  get page(): number {
    return this.#trail.length;
  }

  get hasOlder(): boolean {
    return this.value?.nextCursor !== undefined;
  }

  /** Starts again from the newest, e.g. as something else is looked for. */
  async restart(): Promise<void> {
    this.#trail.splice(1);
    await this.run();
  }

  async older(): Promise<void> {
    if (!this.hasOlder || this.busy) return;
    this.#trail.push(this.value?.nextCursor);
    await this.run();
  }

  async newer(): Promise<void> {
    if (this.page === 1 || this.busy) return;
    this.#trail.pop();
    await this.run();
  }
}

export function pagerButtons<Item>(pager: Pager<Item>) {
  const { page, hasOlder, busy } = pager;
  return html`<div class="actions end">
    <span class="small muted" role="status">Page ${page}</span>
    <vaadin-button ?disabled=${page === 1 || busy} @click=${() => void pager.newer()}>Newer</vaadin-button>
    <vaadin-button ?disabled=${!hasOlder || busy} @click=${() => void pager.older()}>Older</vaadin-button>
  </div>`;
}
