import { formErrors, pageStyles, problemMessage, UiProblem } from '@bazaar/sdk/ui';
import type { EmailField } from '@vaadin/email-field';
import type { PasswordField } from '@vaadin/password-field';
import { css, html, nothing } from 'lit';
import type { SetupStatus } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../session/demo-accounts.ts';
import { passkeysWork, usePasskey } from '../session/passkeys.ts';
import { type SecondFactorChallenge, SecondFactorRequired } from '../session/second-factor.ts';
import type { Offer } from '../session/session.ts';
import { brandMark } from '../shell/brand.ts';
import { brandPanel, submitOnEnter } from './entrance.ts';
import { entranceStyles } from './entrance-styles.ts';

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
    css`
      .demo {
        display: grid;
        gap: var(--bz-space-2);
        padding-block-start: var(--bz-space-5);
        border-block-start: 1px solid var(--bz-border);
      }
      .picks {
        display: grid;
        gap: var(--bz-space-2);
        padding: 0;
        list-style: none;
      }
      .pick {
        display: flex;
        width: 100%;
        align-items: center;
        gap: var(--bz-space-3);
        padding: var(--bz-space-2) var(--bz-space-3);
        font: inherit;
        color: inherit;
        text-align: start;
        background: var(--bz-surface);
        border: 1px solid var(--bz-border);
        border-radius: var(--bz-radius-m);
        cursor: pointer;
      }
      .pick:hover {
        background: var(--bz-surface-2);
      }
      .pick > span {
        flex: 1;
        min-width: 0;
        display: grid;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--bz-space-2) var(--bz-space-4);
        justify-content: space-between;
      }
      .pick small {
        color: var(--bz-text-muted);
        font-size: var(--bz-text-s);
        overflow: hidden;
        text-overflow: ellipsis;
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
    if (this.offer) return this.#tenantChoice(this.offer);
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
      ${this.#demo()}
    `;
  }

  /** What the person can do about a refusal. */
  #wayOut() {
    const action = this.failure instanceof UiProblem ? this.failure.action : undefined;
    return action ? html`<a href=${action.href}>${action.label}</a>` : nothing;
  }

  #demo() {
    if (!this.setup.demo) return nothing;
    return html`<section class="demo" aria-labelledby="demo">
      <h2 id="demo">Demo accounts</h2>
      <p class="muted small">Made-up people in two made-up companies. Pick one to fill in the form.</p>
      <ul class="picks">
        ${DEMO_ACCOUNTS.map(
          ({ email, title }) => html`<li>
            <button
              class="pick"
              type="button"
              @click=${() => {
                this.email = email;
                this.password = DEMO_PASSWORD;
                this.failure = null;
              }}
            >
              <bazaar-icon name="user-round"></bazaar-icon>
              <span>${title}<small>${email}</small></span>
            </button>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  #tenantChoice(offer: Offer) {
    return html`
      <div>
        <h1>Choose a workspace</h1>
        <p class="subtitle">${this.email} belongs to ${offer.memberships.length} workspaces.</p>
      </div>
      <ul class="picks">
        ${offer.memberships.map(
          ({ tenant: { slug, name } }) => html`<li>
            <button class="pick" type="button" ?disabled=${this.busy} @click=${() => this.#choose(offer, slug)}>
              <bazaar-icon name="building"></bazaar-icon><span>${name}</span>
              <bazaar-icon name="chevron-right"></bazaar-icon>
            </button>
          </li>`,
        )}
      </ul>
      <vaadin-button theme="tertiary" @click=${() => this.#leaveOffer(offer)}>Use another account</vaadin-button>
    `;
  }
}

customElements.define('bz-sign-in', SignIn);
