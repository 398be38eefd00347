import { formatDay, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { submitOnEnter } from '../entrance.ts';
import { Submission } from '../submission.ts';
import { qrCode } from './qr-code.ts';
import type { Security } from './types.ts';

const FEW = 3;

/** The authenticator app and the recovery codes. */
class SecondFactorPanel extends AppElement {
  static override properties = {
    ...AppElement.properties,
    security: { attribute: false },
    enrolment: { state: true },
    code: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      .scan {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--bz-space-5);
        align-items: start;
      }
      .qr {
        border-radius: var(--bz-radius-m);
        border: 1px solid var(--bz-border);
      }
      code {
        overflow-wrap: anywhere;
        user-select: all;
      }
      @media (max-width: 640px) {
        .scan {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  declare security: Security;
  /** The app that is being set up. */
  declare enrolment: { secret: string; uri: string } | null;
  declare code: string;

  readonly #submission = new Submission(this, (pointer) => pointer === '/code');

  changed: (codes?: readonly string[]) => void = () => {};

  constructor() {
    super();
    this.enrolment = null;
    this.code = '';
  }

  #begin(): void {
    void this.#submission.run(async () => {
      this.code = '';
      this.enrolment = await this.app.api.json('POST', '/api/account/totp', { body: {} });
    });
  }

  #confirm(): void {
    if (this.code.trim() === '') return;
    void this.#submission.run(async () => {
      const body = { code: this.code };
      const { recoveryCodes } = await this.app.api.json<{ recoveryCodes: string[] }>(
        'POST',
        '/api/account/totp/confirm',
        { body },
      );
      this.enrolment = null;
      this.changed(recoveryCodes);
    });
  }

  async #remove(): Promise<void> {
    const agreed = await this.app.confirm({
      title: 'Remove the authenticator app?',
      message: 'Your password alone will open your account then.',
      confirm: 'Remove',
      danger: true,
    });
    if (!agreed) return;
    await this.#submission.run(async () => {
      await this.app.api.json('DELETE', '/api/account/totp');
      this.changed();
    });
  }

  async #renew(): Promise<void> {
    const agreed = await this.app.confirm({
      title: 'Make new recovery codes?',
      message: 'The codes you have kept so far stop working.',
      confirm: 'Make new codes',
    });
    if (!agreed) return;
    await this.#submission.run(async () => {
      const { recoveryCodes } = await this.app.api.json<{ recoveryCodes: string[] }>(
        'POST',
        '/api/account/recovery-codes',
        { body: {} },
      );
      this.changed(recoveryCodes);
    });
  }

  override render() {
    return html`<section class="card stack" aria-labelledby="totp">
      <div class="row between">
        <h2 id="totp">Authenticator app</h2>
        ${this.#state()}
      </div>
      ${this.enrolment ? this.#setUp(this.enrolment) : this.#about()} ${this.#recovery()}
    </section>`;
  }

  #state() {
    if (this.security.totp)
      return html`<span class="chip success">On since ${formatDay(this.security.totp.since)}</span>`;
    return this.security.secondFactorRequired
      ? html`<span class="chip warning">Needed in this workspace</span>`
      : html`<span class="chip">Off</span>`;
  }

  #about() {
    const { totp } = this.security;
    return html`<p class="muted">
        ${
          totp
            ? 'When you sign in by password, you are also asked for the code that your app shows.'
            : 'A code from your phone in addition to the password: whoever learns the password alone cannot get in.'
        }
      </p>
      <div class="actions">
        ${
          totp
            ? html`<vaadin-button theme="error" ?disabled=${this.#submission.busy} @click=${() => this.#remove()}>
                Remove the app
              </vaadin-button>`
            : html`<vaadin-button theme="primary" ?disabled=${this.#submission.busy} @click=${() => this.#begin()}>
                Set up an authenticator app
              </vaadin-button>`
        }
      </div>`;
  }

  #setUp({ secret, uri }: { secret: string; uri: string }) {
    const error = this.#submission.errors.get('/code') ?? '';
    return html`<div class="scan">
      ${qrCode(uri, 'QR code for your authenticator app')}
      <div class="stack">
        <p>Scan the code with your app, then enter the six digits it shows.</p>
        <p class="small muted">Cannot scan? Enter this key: <code>${secret}</code></p>
        <vaadin-text-field
          label="Code"
          inputmode="numeric"
          autocomplete="one-time-code"
          manual-validation
          .value=${this.code}
          ?invalid=${error !== ''}
          .errorMessage=${error}
          @keydown=${submitOnEnter(() => this.#confirm())}
          @input=${(event: Event) => {
            this.code = (event.currentTarget as HTMLInputElement).value;
          }}
        ></vaadin-text-field>
        <div class="actions">
          <vaadin-button theme="primary" ?disabled=${this.#submission.busy} @click=${() => this.#confirm()}>Confirm</vaadin-button>
          <vaadin-button
            @click=${() => {
              this.enrolment = null;
            }}
          >
            Cancel
          </vaadin-button>
        </div>
      </div>
    </div>`;
  }

  #recovery() {
    const { totp, passkeys, recoveryCodes: left } = this.security;
    if (!totp && passkeys.length === 0) return nothing;
    return html`<div class="row between">
      <p>
        ${left} recovery ${left === 1 ? 'code' : 'codes'} left
        ${left <= FEW ? html`<span class="chip warning">Make new ones</span>` : nothing}
      </p>
      <vaadin-button ?disabled=${this.#submission.busy} @click=${() => this.#renew()}>New recovery codes</vaadin-button>
    </div>`;
  }
}

customElements.define('bz-second-factor-panel', SecondFactorPanel);
