import { LitElement } from 'lit';
import type { UiContext } from './contract.ts';

/** Base of every screen and widget. The shell sets `ctx` before the element is first rendered. */
export abstract class BazaarElement extends LitElement {
  static override properties = { ctx: { attribute: false } };

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
}
