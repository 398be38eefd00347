import { formErrors, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { submitOnEnter } from '../entrance.ts';

/** Another password. */
class PasswordPanel extends AppElement {
  static override properties = {
    ...AppElement.properties,
    open: { state: true },
    busy: { state: true },
    failure: { state: true },
  };

  static override styles = pageStyles;

  declare open: boolean;
  declare busy: boolean;
  declare failure: unknown;

  #current = '';
  #password = '';

  constructor() {
    super();
    this.open = false;
    this.#close();
  }

  #close(): void {
    this.open = false;
    this.busy = false;
    this.failure = null;
    this.#current = '';
    this.#password = '';
  }

  async #submit(): Promise<void> {
    if (this.busy || this.#current === '' || this.#password === '') return;
    this.busy = true;
    this.failure = null;
    try {
      const body = { current: this.#current, password: this.#password };
      await this.app.api.json('POST', '/api/me/password', { body });
      this.#close();
      this.app.notify('Your password is changed. You are signed out everywhere else.', 'success');
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  override render() {
    return html`<section class="card stack" aria-labelledby="password">
      <div class="row between">
        <h2 id="password">Password</h2>
        ${
          this.open
            ? nothing
            : html`<vaadin-button
                @click=${() => {
                  this.open = true;
                }}
              >
                Change password
              </vaadin-button>`
        }
      </div>
      ${this.open ? this.#form() : html`<p class="muted">Changing it signs you out everywhere else.</p>`}
    </section>`;
  }

  #form() {
    const errors = formErrors(this.failure);
    const field = (pointer: string, label: string, autocomplete: string, set: (value: string) => void) =>
      html`<vaadin-password-field
        label=${label}
        autocomplete=${autocomplete}
        ?autofocus=${pointer === '/current'}
        manual-validation
        ?invalid=${errors.has(pointer)}
        .errorMessage=${errors.get(pointer) ?? ''}
        @input=${(event: Event) => set((event.currentTarget as HTMLInputElement).value)}
      ></vaadin-password-field>`;
    return html`
      ${
        this.failure !== null && errors.size === 0
          ? html`<p class="banner danger" role="alert">
              <bazaar-icon name="circle-alert"></bazaar-icon>${problemMessage(this.failure)}
            </p>`
          : nothing
      }
      <div class="form" @keydown=${submitOnEnter(() => void this.#submit())}>
        ${field('/current', 'Present password', 'current-password', (value) => {
          this.#current = value;
        })}
        ${field('/password', 'New password', 'new-password', (value) => {
          this.#password = value;
        })}
      </div>
      <div class="actions end">
        <vaadin-button @click=${() => this.#close()}>Cancel</vaadin-button>
        <vaadin-button theme="primary" ?disabled=${this.busy} @click=${() => this.#submit()}>Change</vaadin-button>
      </div>
    `;
  }
}

customElements.define('bz-password-panel', PasswordPanel);
