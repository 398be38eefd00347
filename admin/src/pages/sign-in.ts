import { formErrors, pageStyles, problemMessage, UiProblem } from '@bazaar/sdk/ui';
import type { EmailField } from '@vaadin/email-field';
import type { PasswordField } from '@vaadin/password-field';
import { css, html, nothing } from 'lit';
import type { SetupStatus } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import { DEMO_PASSWORD } from '../session/demo-accounts.ts';
import { passkeysWork, usePasskey } from '../session/passkeys.ts';
import { type SecondFactorChallenge, SecondFactorRequired } from '../session/second-factor.ts';
import type { Offer } from '../session/session.ts';
import { brandMark } from '../shell/brand.ts';
import { brandPanel, submitOnEnter } from './entrance.ts';
import { entranceStyles } from './entrance-styles.ts';
import { demoPicks, pickStyles, workspacePicks } from './sign-in-picks.ts';

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

  static override styles = [
    pageStyles,
    entranceStyles,
    pickStyles,
    css`
      .demo {
        display: grid;
        gap: var(--bz-space-2);
        padding-block-start: var(--bz-space-5);
        border-block-start: 1px solid var(--bz-border);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--bz-space-2) var(--bz-space-4);
        justify-content: space-between;
        align-items: center;
      }
    `,
  ];

  declare setup: SetupStatus;
  declare email: string;
  declare password: string;
  declare busy: boolean;
  declare failure: unknown;
  /** Held while a person of several tenants chooses one. */
  declare offer: Offer | null;
  /** Held while a second factor is asked for. */
  declare challenge: SecondFactorChallenge | null;

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
  }

  async #submit(): Promise<void> {
    if (this.busy) return;
    if (this.email === '' || this.password === '') {
      const name = this.email === '' ? 'vaadin-email-field' : 'vaadin-password-field';
      this.renderRoot.querySelector<HTMLElement>(name)?.focus();
      return;
    }
    await this.#attempt(async () => {
      this.#offered(await this.app.session.signIn({ email: this.email, password: this.password }));
    });
  }

  #offered(offer: Offer): void {
    this.challenge = null;
    if (offer.memberships.length > 1) this.offer = offer;
    else this.app.session.adopt(offer);
  }

  #byPasskey(): void {
    void this.#attempt(async () => {
      const { session } = this.app;
      const options = await session.prove<Parameters<typeof usePasskey>[0]>('/api/auth/passkey/options', {});
      const response = await usePasskey(options);
      this.#offered(await session.prove<Offer>('/api/auth/passkey', { response }));
    });
  }

  async #choose(offer: Offer, slug: string): Promise<void> {
    const { session } = this.app;
    if (slug === offer.tenant.slug) {
      session.adopt(offer);
      return;
    }
    await this.#attempt(async () => session.adopt(await session.offerIn(offer, slug)));
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
    await this.app.session.decline(offer);
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
        this.challenge = null;
      }}
    ></bz-second-factor-step>`;
  }

  #form() {
    const errors = formErrors(this.failure);
    const ended = this.app.session.state.status === 'signed-out' && this.app.session.state.because === 'expired';
    return html`
      <div>
        <h1>Sign in</h1>
        <p class="subtitle">Welcome back. Use your work e-mail.</p>
      </div>
      ${
        ended && this.failure === null
          ? html`<p class="banner" role="status">
              <bazaar-icon name="clock"></bazaar-icon>Your session has ended. Sign in to go on where you were.
            </p>`
          : nothing
      }
      ${
        this.failure !== null && errors.size === 0
          ? html`<p class="banner danger" role="alert">
              <bazaar-icon name="circle-alert"></bazaar-icon>
              <span>${problemMessage(this.failure)} ${this.#wayOut()}</span>
            </p>`
          : nothing
      }
      <form @submit=${(event: Event) => event.preventDefault()} @keydown=${submitOnEnter(() => void this.#submit())}>
        <vaadin-email-field
          label="E-mail"
          name="email"
          autocomplete="username"
          required
          manual-validation
          .value=${this.email}
          ?invalid=${errors.has('/email')}
          .errorMessage=${errors.get('/email') ?? ''}
          @input=${(event: Event) => {
            this.email = (event.currentTarget as EmailField).value;
          }}
        ></vaadin-email-field>
        <vaadin-password-field
          label="Password"
          name="password"
          autocomplete="current-password"
          required
          manual-validation
          .value=${this.password}
          ?invalid=${errors.has('/password')}
          .errorMessage=${errors.get('/password') ?? ''}
          @input=${(event: Event) => {
            this.password = (event.currentTarget as PasswordField).value;
          }}
        ></vaadin-password-field>
        <vaadin-button class="submit" theme="primary" ?disabled=${this.busy} @click=${() => this.#submit()}>
          ${this.busy ? 'Signing in…' : 'Sign in'}
        </vaadin-button>
      </form>
      <div class="ways">
        ${
          passkeysWork()
            ? html`<vaadin-button ?disabled=${this.busy} @click=${() => this.#byPasskey()}>
                <bazaar-icon name="key-round" slot="prefix"></bazaar-icon>Use a passkey
              </vaadin-button>`
            : nothing
        }
        <a href="/single-sign-on">Single sign-on</a>
      </div>
      <p class="ways">
        <a href="/forgot-password">Forgot your password?</a>
        ${this.setup.signUp ? html`<a href="/sign-up">Start a workspace</a>` : nothing}
      </p>
      ${
        this.setup.demo
          ? demoPicks((email) => {
              this.email = email;
              this.password = DEMO_PASSWORD;
              this.failure = null;
            })
          : nothing
      }
    `;
  }

  /** What the person can do about a refusal. */
  #wayOut() {
    const action = this.failure instanceof UiProblem ? this.failure.action : undefined;
    return action ? html`<a href=${action.href}>${action.label}</a>` : nothing;
  }
}

customElements.define('bz-sign-in', SignIn);
