/** What opens in front of a page: of a dialog, a menu, a list of choices. */
interface Overlay extends HTMLElement {
  opened: boolean;
  modeless: boolean;
}

/** The dialogs that stand in front of the page: nothing else can be used as long as they do. */
export class OpenDialogs {
  readonly #overlays = new Set<Overlay>();
  /** Out of sight, in the order in which they were opened. */
  #away: Overlay[] | null = null;

  constructor(document: Document) {
    document.body.addEventListener('vaadin-overlay-open', (event) => {
      const { overlay } = (event as CustomEvent<{ overlay: Overlay }>).detail;
      this.#overlays.add(overlay);
      if (this.#away !== null && !overlay.modeless) this.#hide(overlay);
      this.#changed();
    });
    // Before any overlay listens there: those that are away still would close by Escape, and hold the focus by Tab.
    document.addEventListener('keydown', (event) => {
      if (this.#away !== null) event.stopImmediatePropagation();
    });
  }

  #changed: () => void = () => {};

  /** `listener` runs whenever something has opened. */
  onOpened(listener: () => void): void {
    this.#changed = listener;
  }

  get #modal(): Overlay[] {
    for (const overlay of this.#overlays) {
      if (!overlay.opened || !overlay.isConnected) this.#overlays.delete(overlay);
    }
    return [...this.#overlays].filter(({ modeless }) => !modeless);
  }

  /** Whether one stands in front. */
  get any(): boolean {
    return this.#modal.length > 0;
  }

  /** Takes them out of sight, with all that was typed there, so that what is in front now can be used. */
  putAway(): void {
    if (this.#away !== null) return;
    const open = this.#modal;
    this.#away = [];
    for (const overlay of open) this.#hide(overlay);
  }

  #hide(overlay: Overlay): void {
    this.#away?.push(overlay);
    overlay.modeless = true;
    overlay.hidden = true;
  }

  bringBack(): void {
    const away = this.#away ?? [];
    this.#away = null;
    for (const overlay of away) {
      overlay.hidden = false;
      overlay.modeless = false;
    }
  }

  /** They belong to nobody any more. */
  closeAll(): void {
    this.bringBack();
    for (const overlay of this.#modal.toReversed()) overlay.opened = false;
  }
}
