import type { LitElement, ReactiveController } from 'lit';

/**
 * Tells `main` of the shell, as `--bz-notices-height`, how high the notices above it are: what fills the page, as a framed
 * screen does, has that much less of it, and its end is not pushed out of sight.
 */
export class NoticesHeight implements ReactiveController {
  readonly #shell: LitElement;
  readonly #sizes = new ResizeObserver(() => this.#tell());

  constructor(shell: LitElement) {
    this.#shell = shell;
    shell.addController(this);
  }

  hostUpdated(): void {
    this.#sizes.disconnect();
    for (const notice of this.#notices) this.#sizes.observe(notice);
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
  }

  get #main(): HTMLElement | null {
    return this.#shell.renderRoot.querySelector('main');
  }

  get #notices(): Element[] {
    const main = this.#main;
    return [...(main?.parentElement?.children ?? [])].filter((each) => each !== main);
  }

  #tell(): void {
    const height = this.#notices.reduce((sum, notice) => sum + notice.getBoundingClientRect().height, 0);
    this.#main?.style.setProperty('--bz-notices-height', `${height}px`);
  }
}
