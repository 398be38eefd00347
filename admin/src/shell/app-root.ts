import { problemMessage, UiProblem } from '@bazaar/sdk/ui';
import { html, nothing, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { SetupStatus } from '../api/types.ts';
import { createApp } from '../app/app.ts';
import { AppElement } from '../app/app-element.ts';
import { answerAppRequests } from '../app/request-app.ts';
import type { Source } from '../app/source.ts';
import { focused } from '../focus/focused.ts';
import { backClosesDialog } from '../leaving/back-closes-dialog.ts';
import { OpenDialogs } from '../leaving/open-dialogs.ts';
import { kernelPage } from '../pages/kernel-page.ts';
import '../pages/sign-in.ts';
import { type EntranceRoute, entranceAt, SIGN_IN_PATH } from '../routing/entrance-routes.ts';
import { failureState } from './states.ts';

const loadShell = () => import('./shell.ts');

/** The whole application: decides between set-up, sign-in and the shell. */
class AppRoot extends AppElement {
  static override properties = {
    ...AppElement.properties,
    setup: { state: true },
    failure: { state: true },
    shellLoaded: { state: true },
  };

  declare setup: SetupStatus | null;
  declare failure: unknown;
  declare shellLoaded: boolean;

  /** Whose shell is open; kept out of sight while they have to sign in again, so that nothing they typed is lost. */
  #person: string | null = null;
  /** Whose dialogs are open. */
  #shownTo: string | null = null;
  readonly #dialogs = new OpenDialogs(document);
  /** What had the focus when the shell went out of sight. */
  #left: HTMLElement | null = null;
  #isAway = false;

  constructor() {
    super();
    this.app = createApp();
    this.setup = null;
    this.failure = null;
    this.shellLoaded = false;
    answerAppRequests(this, this.app);
    backClosesDialog(this.#dialogs);
  }

  protected override observed(): readonly Source[] {
    return [this.app.session, this.app.router];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const onRejection = ({ reason }: PromiseRejectionEvent) => {
      if (reason instanceof UiProblem || reason instanceof TypeError) this.app.notify(problemMessage(reason), 'error');
    };
    window.addEventListener('unhandledrejection', onRejection);
    this.whileConnected(() => window.removeEventListener('unhandledrejection', onRejection));
    void this.#start();
  }

  async #start(): Promise<void> {
    this.failure = null;
    try {
      await this.app.session.start();
    } catch (error) {
      this.failure = error;
    }
  }

  /** The page for visitors that the address names; none while the installation waits to be set up. */
  get #entrance(): EntranceRoute | null {
    const entrance = this.setup?.needed ? null : entranceAt(this.app.router.location.pathname);
    return entrance?.signedIn && this.app.session.state.status !== 'signed-in' ? null : entrance;
  }

  override willUpdate(_changed: PropertyValues<this>): void {
    const { state } = this.app.session;
    const { status } = state;
    if (status === 'signed-in') this.#person = state.user.id;
    else if (status === 'signed-out' && state.because !== 'expired') this.#person = null;
    if (status === 'signed-in' && !this.#entrance?.always) this.#leaveEntrance();
    if (status === 'signed-out' && this.setup === null && this.failure === null) void this.#readSetup();
    if (status === 'signed-in' && !this.shellLoaded) {
      loadShell().then(
        () => {
          this.shellLoaded = true;
        },
        (error: unknown) => {
          this.failure = error;
        },
      );
    }
  }

  /** Whether the shell is kept out of sight. */
  get #waits(): boolean {
    return this.#person !== null && this.shellLoaded && !this.#entrance && this.#inFront() !== nothing;
  }

  override update(changed: PropertyValues<this>): void {
    const waits = this.#waits;
    if (waits && !this.#isAway) {
      this.#left = focused();
      this.#dialogs.putAway();
    }
    super.update(changed);
  }

  override updated(): void {
    const waits = this.#waits;
    if (this.#shownTo !== this.#person) {
      if (this.#shownTo !== null) this.#dialogs.closeAll();
      this.#shownTo = this.#person;
    } else if (this.#isAway && !waits) {
      this.#dialogs.bringBack();
      if (this.#left?.isConnected) this.#left.focus();
    }
    this.#isAway = waits;
  }

  /** What is for visitors only leads people who are signed in to their workspace. */
  #leaveEntrance(): void {
    const { pathname } = this.app.router.location;
    if (this.#entrance === null && pathname !== SIGN_IN_PATH) return;
    // After this update: the address is observed, and must not change while its page is made.
    queueMicrotask(() => this.app.router.navigate('/', { replace: true }));
  }

  async #readSetup(): Promise<void> {
    try {
      const setup = await this.app.api.json<SetupStatus>('GET', '/api/setup');
      if (setup.needed) await import('../pages/setup.ts');
      this.setup = setup;
      // Fetched while the form is filled in. When it cannot be, it is asked for again, and failing is shown, then.
      loadShell().catch(() => {});
    } catch (error) {
      this.failure = error;
    }
  }

  override render() {
    const inFront = this.#inFront();
    return html`${
      this.#person !== null && this.shellLoaded && !this.#entrance
        ? keyed(this.#person, html`<bz-shell .app=${this.app} ?hidden=${inFront !== nothing}></bz-shell>`)
        : nothing
    }${inFront}`;
  }

  /** What is shown instead of the shell. */
  #inFront() {
    if (this.failure !== null) return failureState(this.failure, () => this.#retry());
    const { status } = this.app.session.state;
    const entrance = this.#entrance;
    if (entrance && (status === 'signed-out' || (status === 'signed-in' && entrance.always))) {
      return keyed(entrance.page, kernelPage(entrance, { app: this.app }));
    }
    if (status === 'signed-in' && this.shellLoaded) return nothing;
    if (status !== 'signed-out' || this.setup === null) {
      return html`<div role="status" aria-label="Loading Bazaar"></div>`;
    }
    return this.setup.needed
      ? html`<bz-setup .app=${this.app} @done=${() => this.#setUp()}></bz-setup>`
      : html`<bz-sign-in .app=${this.app} .setup=${this.setup}></bz-sign-in>`;
  }

  #setUp(): void {
    this.setup = null;
  }

  #retry(): void {
    if (this.app.session.state.status === 'signed-in' && !this.shellLoaded) {
      // Some browsers remember what they could not fetch for as long as the document lives.
      window.location.reload();
      return;
    }
    this.setup = null;
    void this.#start();
  }
}

customElements.define('bz-app', AppRoot);
