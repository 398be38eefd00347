import { pageStyles } from '@bazaar/sdk/ui';
import { html } from 'lit';
import type { SetupStatus } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import { usePasskey } from '../session/passkeys.ts';
import { type SecondFactorChallenge, SecondFactorRequired } from '../session/second-factor.ts';
import type { Offer } from '../session/tokens.ts';
import { brandMark } from '../shell/brand.ts';
import { brandPanel } from './entrance.ts';
import { entranceStyles } from './entrance-styles.ts';
import { signInForm, signInStyles } from './sign-in-form.ts';
import { pickStyles, workspacePicks } from './sign-in-picks.ts';

/** The way in: password, passkey, second factor, and which workspace. */
class SignIn extends AppElement {
  static override properties = {
    ...AppElement.properties,
    setup: { attribute: false },
    email: { state: true },
    password: { state: true },
    busy: { state: true },
    failure: { state: true },
    offer: { state: true },
    challenge: { state: true },
  };

  static override styles = [pageStyles, entranceStyles, pickStyles, signInStyles];

  declare setup: SetupStatus;
  declare email: string;
  declare password: string;
  declare busy: boolean;
  declare failure: unknown;
  /** Held while a person of several tenants chooses one. */
  declare offer: Offer | null;
  /** Held while a second factor is asked for. */
  declare challenge: SecondFactorChallenge | null;

  /** The workspace has been chosen, and asks for a second factor before it lets anybody in. */
  #picked = false;

  constructor() {
    super();
    this.email = '';
    this.password = '';
    this.busy = false;
    this.failure = null;
    this.offer = null;
    this.challenge = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Sign in – Bazaar';
    // Whose session has ended here signs in again to go on where they were.
    this.email = this.app.shell.data?.user.email ?? '';
  }

  /** What somebody was doing ended here: the password is all that is missing to go on. */
  override firstUpdated(): void {
    if (this.email !== '') this.renderRoot.querySelector<HTMLElement>('vaadin-password-field')?.focus();
  }

  async #submit(): Promise<void> {
    if (this.busy) return;
    if (this.email === '' || this.password === '') {
      const name = this.email === '' ? 'vaadin-email-field' : 'vaadin-password-field';
      this.renderRoot.querySelector<HTMLElement>(name)?.focus();
      return;
    }
    this.#picked = false;
    await this.#attempt(async () => {
      this.#offered(await this.app.entrance.signIn({ email: this.email, password: this.password }));
    });
  }

  #offered(offer: Offer): void {
    this.challenge = null;
    if (offer.memberships.length > 1 && !this.#picked) this.offer = offer;
    else this.app.session.adopt(offer);
  }

  #byPasskey(): void {
    void this.#attempt(async () => {
      const { entrance } = this.app;
      const options = await entrance.prove<Parameters<typeof usePasskey>[0]>('/api/auth/passkey/options', {});
      const response = await usePasskey(options);
      this.#offered(await entrance.prove<Offer>('/api/auth/passkey', { response }));
    });
  }

  async #choose(offer: Offer, slug: string): Promise<void> {
    const { session, entrance } = this.app;
    if (slug === offer.tenant.slug) {
      session.adopt(offer);
      return;
    }
    this.#picked = true;
    await this.#attempt(async () => session.adopt(await entrance.offerIn(offer, slug)));
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.offer = null;
      if (error instanceof SecondFactorRequired) {
        await import('./security/second-factor-step.ts');
        this.challenge = error.challenge;
      } else this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  async #leaveOffer(offer: Offer): Promise<void> {
    this.offer = null;
    await this.app.entrance.decline(offer);
  }

  override render() {
    return html`
      <main>
        <div class="panel">
          <div class="brand">${brandMark(32)} Bazaar</div>
          ${this.#step()}
        </div>
      </main>
      ${brandPanel}
    `;
  }

  #step() {
    const { offer } = this;
    if (offer) {
      return workspacePicks({
        offer,
        busy: this.busy,
        choose: (slug) => void this.#choose(offer, slug),
        leave: () => void this.#leaveOffer(offer),
      });
    }
    if (!this.challenge) return this.#form();
    return html`<bz-second-factor-step
      .app=${this.app}
      .challenge=${this.challenge}
      .proven=${(offer: Offer) => this.#offered(offer)}
      .given=${() => {
        this.#picked = false;
        this.challenge = null;
      }}
    ></bz-second-factor-step>`;
  }

  #form() {
    const { session } = this.app;
    return signInForm({
      email: this.email,
      password: this.password,
      busy: this.busy,
      failure: this.failure,
      ended: session.state.status === 'signed-out' && session.state.because === 'expired',
      setup: this.setup,
      changed: (change) => Object.assign(this, change),
      submit: () => void this.#submit(),
      byPasskey: () => this.#byPasskey(),
    });
  }
}

customElements.define('bz-sign-in', SignIn);
