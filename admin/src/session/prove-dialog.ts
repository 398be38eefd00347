import '@vaadin/dialog';
import { problemMessage } from '@bazaar/sdk/ui';
import type { Dialog } from '@vaadin/dialog';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import type { PasswordField } from '@vaadin/password-field';
import { html, LitElement, nothing } from 'lit';

export interface ProofMethods {
  /** Rejects with the reason when the password is not right. */
  byPassword?(password: string): Promise<void>;
  /** Rejects with the reason when the code of the authenticator app is not right. */
  byCode?(code: string): Promise<void>;
  /** Rejects with the reason when no passkey was used. */
  byPasskey?(): Promise<void>;
  /** Leads to the identity provider, away from here; for who has neither password nor passkey of their own. */
  atProvider?(): Promise<void>;
}

/** Asks the person to prove that it is still them. Stays until they have, or give up. */
class ProveDialog extends LitElement {
  static override properties = {
    methods: { attribute: false },
    opened: { state: true },
    password: { state: true },
    code: { state: true },
    byCode: { state: true },
    busy: { state: true },
    failure: { state: true },
  };

  declare methods: ProofMethods;
  declare opened: boolean;
  declare password: string;
  declare code: string;
  /** The code of an app is asked for in place of the password. */
  declare byCode: boolean;
  declare busy: boolean;
  declare failure: unknown;

  /** Told once, when the dialog has closed. */
  ended: (proven: boolean) => void = () => {};
  #proven = false;

  constructor() {
    super();
    this.opened = true;
    this.password = '';
    this.code = '';
    this.byCode = false;
    this.busy = false;
    this.failure = null;
  }

  async #submit(): Promise<void> {
    if (this.password !== '') await this.#attempt(async () => this.methods.byPassword?.(this.password));
  }

  #continue(): Promise<void> {
    const { atProvider } = this.methods;
    if (atProvider) return this.#attempt(atProvider);
    return this.byCode ? this.#submitCode() : this.#submit();
  }

  async #submitCode(): Promise<void> {
    if (this.code !== '') await this.#attempt(async () => this.methods.byCode?.(this.code));
  }

  async #attempt(prove: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await prove();
      this.#proven = true;
      this.opened = false;
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  override render() {
    return html`<vaadin-dialog
      no-close-on-outside-click
      header-title="Confirm that it is you"
      width="24rem"
      .opened=${this.opened}
      @opened-changed=${(event: CustomEvent<{ value: boolean }>) => {
        this.opened = event.detail.value;
        if (event.detail.value) this.#focus(event.currentTarget as Dialog);
      }}
      @closed=${() => this.ended(this.#proven)}
      ${dialogRenderer(() => this.#body(), [this.password, this.code, this.byCode, this.failure, this.busy])}
      ${dialogFooterRenderer(
        () => html`
          <vaadin-button
            @click=${() => {
              this.opened = false;
            }}
          >
            Cancel
          </vaadin-button>
          <vaadin-button theme="primary" ?disabled=${this.busy} @click=${() => this.#continue()}>
            ${this.methods.atProvider ? 'Go to your company' : 'Continue'}
          </vaadin-button>
        `,
        [this.busy, this.byCode],
      )}
    ></vaadin-dialog>`;
  }

  #focus(dialog: Dialog): void {
    requestAnimationFrame(() => dialog.querySelector<PasswordField>('vaadin-password-field')?.focus());
  }

  #body() {
    const message = this.failure === null ? '' : problemMessage(this.failure);
    if (this.methods.atProvider) return this.#provider(message);
    return html`<div class="stack" style="display: grid; gap: var(--bz-space-4)">
      <p style="margin: 0">This needs a proof of who you are. You are not asked for it for the next 15 minutes.</p>
      ${this.byCode ? this.#codeField(message) : this.#passwordField(message)} ${this.#otherWays()}
    </div>`;
  }

  #provider(message: string) {
    return html`<div class="stack" style="display: grid; gap: var(--bz-space-4)">
      <p style="margin: 0">
        This needs a proof of who you are: sign in at your company once more. You come back to this page; what is not
        saved on it is lost.
      </p>
      ${message === '' ? nothing : html`<p role="alert" style="margin: 0; color: var(--bz-danger)">${message}</p>`}
    </div>`;
  }

  #passwordField(message: string) {
    return html`<vaadin-password-field
      label="Password"
      autocomplete="current-password"
      manual-validation
      .value=${this.password}
      ?invalid=${message !== ''}
      .errorMessage=${message}
      @input=${(event: Event) => {
        this.password = (event.currentTarget as PasswordField).value;
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') void this.#submit();
      }}
    ></vaadin-password-field>`;
  }

  #codeField(message: string) {
    return html`<vaadin-text-field
      label="Code of your authenticator app"
      inputmode="numeric"
      autocomplete="one-time-code"
      manual-validation
      .value=${this.code}
      ?invalid=${message !== ''}
      .errorMessage=${message}
      @input=${(event: Event) => {
        this.code = (event.currentTarget as HTMLInputElement).value;
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') void this.#submitCode();
      }}
    ></vaadin-text-field>`;
  }

  #otherWays() {
    const { byCode, byPasskey } = this.methods;
    return html`<div style="display: flex; flex-wrap: wrap; gap: var(--bz-space-2)">
      ${
        byPasskey
          ? html`<vaadin-button theme="tertiary small" ?disabled=${this.busy} @click=${() => this.#attempt(byPasskey)}>
              Use a passkey
            </vaadin-button>`
          : nothing
      }
      ${
        byCode
          ? html`<vaadin-button
              theme="tertiary small"
              @click=${() => {
                this.byCode = !this.byCode;
                this.failure = null;
              }}
            >
              ${this.byCode ? 'Use the password' : 'Use the authenticator app'}
            </vaadin-button>`
          : nothing
      }
    </div>`;
  }
}

customElements.define('bz-prove-dialog', ProveDialog);

/** Asks in a dialog; `false` when the person gives up. */
export function askForProof(methods: ProofMethods): Promise<boolean> {
  const dialog = document.createElement('bz-prove-dialog') as ProveDialog;
  dialog.methods = methods;
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.ended = (proven) => {
      dialog.remove();
      resolve(proven);
    };
  });
}
