import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether there is only as much room as on a phone, e.g. to hide columns of a grid. Updates its host as that changes. */
export class NarrowScreen implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #query = window.matchMedia('(max-width: 640px)');
  readonly #changed = () => this.#host.requestUpdate();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get matches(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener('change', this.#changed);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener('change', this.#changed);
  }
}
