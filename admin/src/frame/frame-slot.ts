import type { FromFrame, SlotPlace } from '../plugin-frame/messages.ts';

type Send = (message: FromFrame) => void;

let send: Send | null = null;
let nextKey = 1;
const connected = new Map<number, FrameSlot>();

/** Where the slots of this page report to; without it (in a widget) slots stay empty. */
export function connectSlots(to: Send): void {
  send = to;
  const observer = new ResizeObserver(reportSlots);
  observer.observe(document.body);
  for (const slot of connected.values()) slot.report();
}

/** Tells where the slots stand now. */
function reportSlots(): void {
  for (const slot of connected.values()) slot.report();
}

/** The shell has shown the widgets of a slot: they are as high. */
export function setSlotHeight(key: number, height: number): void {
  connected.get(key)?.setHeight(height);
}

/**
 * `<bazaar-slot>` inside a frame: keeps the room in which the shell shows other plugins' widgets above the frame. This
 * page never holds them: its code could read and press what is in them.
 */
class FrameSlot extends HTMLElement {
  static observedAttributes = ['name'];

  readonly #key = nextKey++;
  readonly #observer = new ResizeObserver(() => this.report());
  #params: Record<string, string> = {};
  #reported = '';

  get name(): string {
    return this.getAttribute('name') ?? '';
  }

  set name(name: string) {
    this.setAttribute('name', name);
  }

  get params(): Record<string, string> {
    return this.#params;
  }

  set params(params: Record<string, string>) {
    this.#params = params;
    this.report();
  }

  connectedCallback(): void {
    this.style.display = 'block';
    connected.set(this.#key, this);
    this.#observer.observe(this);
    this.report();
  }

  disconnectedCallback(): void {
    connected.delete(this.#key);
    this.#observer.disconnect();
    this.#reported = '';
    send?.({ type: 'slot-gone', key: this.#key });
  }

  attributeChangedCallback(): void {
    this.report();
  }

  setHeight(height: number): void {
    this.style.height = `${height}px`;
    reportSlots();
  }

  report(): void {
    if (!send || !this.isConnected || this.name === '') return;
    const { top, left, width } = this.getBoundingClientRect();
    const place: SlotPlace = { top: top + window.scrollY, left: left + window.scrollX, width };
    const now = JSON.stringify([this.name, this.#params, place]);
    if (now === this.#reported) return;
    this.#reported = now;
    send({ type: 'slot', key: this.#key, name: this.name, params: { ...this.#params }, place });
  }
}

customElements.define('bazaar-slot', FrameSlot);
