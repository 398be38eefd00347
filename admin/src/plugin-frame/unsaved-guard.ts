interface NavigateEvent extends Event {
  readonly navigationType: 'push' | 'replace' | 'reload' | 'traverse';
  readonly destination: { readonly url: string };
}

export interface UnsavedGuardOptions {
  /** Asks whether to leave nevertheless. */
  confirm(): Promise<boolean>;
  /** Goes where the person wanted to go. */
  leave(path: string): void;
}

/** Keeps unsaved work inside a frame, which the shell cannot see, from being lost by leaving the page. */
export class UnsavedGuard {
  unsaved = false;
  readonly #options: UnsavedGuardOptions;
  #asking = false;

  constructor(options: UnsavedGuardOptions) {
    this.#options = options;
    window.addEventListener('beforeunload', this.#onUnload);
    this.#navigation?.addEventListener('navigate', this.#onNavigate);
  }

  get #navigation(): EventTarget | undefined {
    return (globalThis as { navigation?: EventTarget }).navigation;
  }

  close(): void {
    window.removeEventListener('beforeunload', this.#onUnload);
    this.#navigation?.removeEventListener('navigate', this.#onNavigate);
  }

  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.unsaved) event.preventDefault();
  };

  readonly #onNavigate = (event: Event): void => {
    const { navigationType, destination } = event as NavigateEvent;
    const target = new URL(destination.url);
    const stays = target.pathname === location.pathname || target.origin !== location.origin;
    if (!this.unsaved || stays || navigationType === 'reload' || !event.cancelable) return;
    event.preventDefault();
    if (!this.#asking) void this.#ask(target.pathname + target.search);
  };

  async #ask(path: string): Promise<void> {
    this.#asking = true;
    const sure = await this.#options.confirm();
    this.#asking = false;
    if (!sure) return;
    this.unsaved = false;
    this.#options.leave(path);
  }
}
