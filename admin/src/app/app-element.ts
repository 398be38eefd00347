import { pageStyles } from '@bazaar/sdk/ui';
import { type CSSResultGroup, LitElement } from 'lit';
import type { App } from './app.ts';
import type { Source } from './source.ts';

/** Base of the shell's own elements: they are given the app and update when what they observe changes. */
export abstract class AppElement extends LitElement {
  static override properties = { app: { attribute: false } };

  static override styles: CSSResultGroup = pageStyles;

  declare app: App;

  readonly #undo: (() => void)[] = [];

  /** Override to name what this element shows. */
  protected observed(): readonly Source[] {
    return [];
  }

  /** Runs `undo` when the element leaves the document. */
  protected whileConnected(undo: () => void): void {
    this.#undo.push(undo);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const source of this.observed()) this.whileConnected(source.onChange(() => this.requestUpdate()));
  }

  override disconnectedCallback(): void {
    for (const undo of this.#undo.splice(0)) undo();
    super.disconnectedCallback();
  }
}
