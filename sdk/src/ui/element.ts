import { type CSSResultGroup, LitElement } from 'lit';
import type { UiContext } from './contract.ts';
import { pageStyles } from './theme/page.ts';

/** Detail of the bubbling `bazaar-crash` event: an update of the element threw. */
export interface CrashDetail {
  error: unknown;
}

/**
 * Base of every screen and widget. The shell sets `ctx` before the element is first rendered, and shows a message
 * with a retry in its place when rendering throws.
 */
export abstract class BazaarElement extends LitElement {
  static override properties = { ctx: { attribute: false } };

  static override styles: CSSResultGroup = pageStyles;

  declare ctx: UiContext;

  readonly #undo: (() => void)[] = [];

  /** Listens to a platform event for as long as the element is connected. */
  protected listen(event: string, listener: Parameters<UiContext['on']>[1]): void {
    this.#undo.push(this.ctx.on(event, listener));
  }

  override disconnectedCallback(): void {
    for (const undo of this.#undo.splice(0)) undo();
    super.disconnectedCallback();
  }

  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      const detail: CrashDetail = { error };
      this.dispatchEvent(new CustomEvent('bazaar-crash', { detail, bubbles: true, composed: true }));
    }
  }
}
