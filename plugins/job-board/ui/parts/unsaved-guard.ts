import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface Leave {
  /** Whether there is something to lose. */
  isDirty(): boolean;
  /** Asks whether to leave nevertheless. */
  confirm(): Promise<boolean>;
  /** Goes where the person wanted to go. */
  leave(path: string): void;
}

interface NavigateEvent extends Event {
  readonly navigationType: 'push' | 'replace' | 'reload' | 'traverse';
  readonly destination: { readonly url: string };
}

/** Keeps unsaved work from being lost by a click, the back button, or a closed tab. */
export class UnsavedGuard implements ReactiveController {
  readonly #leave: Leave;
  #asking = false;
  #letGo = false;

  constructor(host: ReactiveControllerHost, leave: Leave) {
    this.#leave = leave;
    host.addController(this);
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

  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#leave.isDirty()) event.preventDefault();
  };

  readonly #onNavigate = (event: Event): void => {
    const { navigationType, destination } = event as NavigateEvent;
    const target = new URL(destination.url);
    const stays = target.pathname === location.pathname || target.origin !== location.origin;
    if (this.#letGo || stays || navigationType === 'reload' || !event.cancelable || !this.#leave.isDirty()) return;
    event.preventDefault();
    if (!this.#asking) void this.#ask(target.pathname + target.search);
  };

  async #ask(path: string): Promise<void> {
    this.#asking = true;
    const sure = await this.#leave.confirm();
    this.#asking = false;
    if (!sure) return;
    this.#letGo = true;
    this.#leave.leave(path);
    this.#letGo = false;
  }
}
