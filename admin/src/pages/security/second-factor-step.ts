import { formErrors, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { passkeysWork, usePasskey } from '../../session/passkeys.ts';
import type { SecondFactorChallenge } from '../../session/second-factor.ts';
import type { Offer, SecondFactorOffer } from '../../session/tokens.ts';
import { submitOnEnter } from '../entrance.ts';
import { entranceStyles } from '../entrance-styles.ts';
import { qrCode } from './qr-code.ts';
import { recoveryCodes, recoveryStyles } from './recovery-codes.ts';

type Way = 'totp' | 'recovery-code' | 'passkey';

/** The second half of a sign-in: a code, a passkey or a recovery code; or the set-up of an authenticator app. */
class SecondFactorStep extends AppElement {
  static override properties = {
    ...AppElement.properties,
    challenge: { attribute: false },
    way: { state: true },
    text: { state: true },
    busy: { state: true },
    failure: { state: true },
    enrolment: { state: true },
    done: { state: true },
  };

  static override styles = [
    pageStyles,
    entranceStyles,
    recoveryStyles,
    // A part of a page or of a dialog, not a page.
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--bz-space-5);
        min-height: 0;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--bz-space-2) var(--bz-space-4);
        justify-content: center;
      }
    `,
  ];

  declare challenge: SecondFactorChallenge;
  declare way: Way;
  declare text: string;
  declare busy: boolean;
  declare failure: unknown;
  /** The app that is being set up. */
  declare enrolment: { secret: string; uri: string } | null;
  /** A finished sign-in whose recovery codes wait to be kept. */
  declare done: (SecondFactorOffer & { recoveryCodes: string[] }) | null;

  /** Told once. */
  proven: (offer: Offer) => void = () => {};
  given: () => void = () => {};
  givenLabel = 'Use another account';

  constructor() {
    super();
    this.way = 'totp';
    this.text = '';
    this.busy = false;
    this.failure = null;
    this.enrolment = null;
    this.done = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { methods, enrolment, token } = this.challenge;
    this.way = methods[0] ?? 'totp';
    if (enrolment) {
      void this.#attempt(async () => {
        this.enrolment = await this.app.entrance.prove('/api/auth/second-factor/enrolment', { challenge: token });
      });
    }
  }

  override updated(): void {
    this.renderRoot.querySelector<HTMLElement>('[data-first]:not([focused])')?.focus();
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  #answer(answer: object): Promise<void> {
    return this.#attempt(async () => {
      const body = { challenge: this.challenge.token, ...answer };
      const offer = await this.app.entrance.prove<SecondFactorOffer>('/api/auth/second-factor', body);
      const { recoveryCodes: codes } = offer;
      if (codes) this.done = { ...offer, recoveryCodes: codes };
      else this.proven(offer);
    });
  }

  #submit(): void {
    if (this.text.trim() === '') return;
    void this.#answer(this.way === 'recovery-code' ? { recoveryCode: this.text } : { code: this.text });
  }

  #byPasskey(): void {
    void this.#attempt(async () => {
      const { entrance } = this.app;
      const bound = { challenge: this.challenge.token };
      const options = await entrance.prove<Parameters<typeof usePasskey>[0]>(
        '/api/auth/second-factor/passkey-options',
        bound,
      );
      const passkey = await usePasskey(options);
      this.proven(await entrance.prove<Offer>('/api/auth/second-factor', { ...bound, passkey }));
    });
  }

  #choose(way: Way): void {
    this.way = way;
    this.text = '';
    this.failure = null;
  }

  override render() {
    const { done } = this;
    if (done) return recoveryCodes(this.app, done.recoveryCodes, () => this.proven(done));
    const errors = formErrors(this.failure);
    return html`
      ${this.challenge.enrolment ? this.#setUp() : this.#heading()}
      ${
        this.failure !== null && errors.size === 0
          ? html`<p class="banner danger" role="alert">
              <bazaar-icon name="circle-alert"></bazaar-icon>${problemMessage(this.failure)}
            </p>`
          : nothing
      }
      ${this.way === 'passkey' ? this.#passkey() : this.#code(errors.get('/code') ?? errors.get('/recoveryCode') ?? '')}
      <p class="ways">${this.#otherWays()}</p>
      <vaadin-button theme="tertiary" @click=${() => this.given()}>${this.givenLabel}</vaadin-button>
    `;
  }

  #heading() {
    const hints: Record<Way, string> = {
      totp: 'Enter the code that your authenticator app shows now.',
      passkey: 'Use the passkey of this device or a security key.',
      'recovery-code': 'Enter one of the recovery codes you have kept. Each works once.',
    };
    return html`<div>
      <h1>Confirm that it is you</h1>
      <p class="subtitle">${hints[this.way]}</p>
    </div>`;
  }

  #setUp() {
    return html`<div>
        <h1>Set up a second factor</h1>
        <p class="subtitle">
          This workspace asks for one. Scan the code with an authenticator app, then enter what the app shows.
        </p>
      </div>
      ${
        this.enrolment
          ? html`${qrCode(this.enrolment.uri, 'QR code for your authenticator app')}
              <p class="small muted">Cannot scan? Enter this key: <code>${this.enrolment.secret}</code></p>`
          : html`<span class="skeleton block"></span>`
      }`;
  }

  #code(error: string) {
    const recovery = this.way === 'recovery-code';
    return html`<form
      @submit=${(event: Event) => event.preventDefault()}
      @keydown=${submitOnEnter(() => this.#submit())}
    >
      <vaadin-text-field
        data-first
        label=${recovery ? 'Recovery code' : 'Code'}
        autocomplete="one-time-code"
        inputmode=${recovery ? 'text' : 'numeric'}
        manual-validation
        .value=${this.text}
        ?invalid=${error !== ''}
        .errorMessage=${error}
        @input=${(event: Event) => {
          this.text = (event.currentTarget as HTMLInputElement).value;
        }}
      ></vaadin-text-field>
      <vaadin-button class="submit" theme="primary" ?disabled=${this.busy} @click=${() => this.#submit()}>
        ${this.busy ? 'One moment…' : 'Confirm'}
      </vaadin-button>
    </form>`;
  }

  #passkey() {
    return html`<vaadin-button class="submit" theme="primary" ?disabled=${this.busy} @click=${() => this.#byPasskey()}>
      <bazaar-icon name="key-round" slot="prefix"></bazaar-icon>Use a passkey
    </vaadin-button>`;
  }

  #otherWays() {
    const titles: Record<Way, string> = {
      totp: 'Use the authenticator app',
      passkey: 'Use a passkey',
      'recovery-code': 'Use a recovery code',
    };
    const others = this.challenge.methods.filter((way) => way !== this.way && (way !== 'passkey' || passkeysWork()));
    return others.map(
      (way) =>
        html`<vaadin-button theme="tertiary small" @click=${() => this.#choose(way)}>${titles[way]}</vaadin-button>`,
    );
  }
}

customElements.define('bz-second-factor-step', SecondFactorStep);
