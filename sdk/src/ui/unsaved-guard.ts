import type { ReactiveController } from 'lit';

interface NavigateEvent extends Event {
  readonly navigationType: 'push' | 'replace' | 'reload' | 'traverse';
  readonly destination: { readonly url: string };
}

export interface UnsavedGuardOptions {
  /** Whether there is something to lose. */
  isDirty(): boolean;
  /** Whether the work is still there at this address; by default at every address with the same path. */
  stays?(target: URL): boolean;
  /** Asks whether to leave nevertheless. */
  confirm(): Promise<boolean>;
  /** Goes where the person wanted to go. */
  leave(path: string): void;
}

/** Keeps unsaved work from being lost by a click, the back button, or a closed tab. */
export class UnsavedGuard implements ReactiveController {
  readonly #options: UnsavedGuardOptions;
  #isAsking = false;
  #isLeaving = false;

  constructor(options: UnsavedGuardOptions) {
    this.#options = options;
  }

  /** Browsers without the Navigation API still ask before the tab is closed. */
  get #navigation(): EventTarget | undefined {
    return (globalThis as { navigation?: EventTarget }).navigation;
  }

  hostConnected(): void {
    window.addEventListener('beforeunload', this.#onUnload);
    this.#navigation?.addEventListener('navigate', this.#onNavigate);
  }

  hostDisconnected(): void {
    window.removeEventListener('beforeunload', this.#onUnload);
    this.#navigation?.removeEventListener('navigate', this.#onNavigate);
  }

  #stays(target: URL): boolean {
    return this.#options.stays?.(target) ?? target.pathname === location.pathname;
  }

  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#options.isDirty()) event.preventDefault();
  };

  readonly #onNavigate = (event: Event): void => {
    const { navigationType, destination } = event as NavigateEvent;
    const target = new URL(destination.url);
    const stays = target.origin !== location.origin || this.#stays(target);
    if (this.#isLeaving || stays || navigationType === 'reload' || !event.cancelable || event.defaultPrevented) return;
    if (!this.#options.isDirty()) return;
    event.preventDefault();
    if (!this.#isAsking) void this.#ask(target.pathname + target.search);
  };

  async #ask(path: string): Promise<void> {
    this.#isAsking = true;
    const sure = await this.#options.confirm();
    this.#isAsking = false;
    if (!sure) return;
    this.#isLeaving = true;
    this.#options.leave(path);
    this.#isLeaving = false;
  }
}
