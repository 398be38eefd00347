import { ago, formatDay, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { makePasskey, passkeysWork } from '../../session/passkeys.ts';
import { submitOnEnter } from '../entrance.ts';
import { Submission } from '../submission.ts';
import { deviceName } from './device-name.ts';
import type { PasskeyView, Security } from './types.ts';

/** The person's passkeys: made, named and removed. */
class PasskeysPanel extends AppElement {
  static override properties = {
    ...AppElement.properties,
    security: { attribute: false },
    naming: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
    `,
  ];

  declare security: Security;
  /** The passkey whose name is being typed. */
  declare naming: { id: string; name: string } | null;

  readonly #submission = new Submission(this);

  changed: (codes?: readonly string[]) => void = () => {};

  constructor() {
    super();
    this.naming = null;
  }

  #add(): void {
    void this.#submission.run(async () => {
      const { api } = this.app;
      const options = await api.json<Parameters<typeof makePasskey>[0]>('POST', '/api/account/passkeys/options', {
        body: {},
      });
      const response = await makePasskey(options);
      const body = { name: deviceName(navigator.userAgent), response };
      const made = await api.json<{ id: string; recoveryCodes?: string[] }>('POST', '/api/account/passkeys', { body });
      this.naming = { id: made.id, name: body.name };
      this.changed(made.recoveryCodes);
      this.app.notify('The passkey is ready.', 'success');
    });
  }

  #rename({ id, name }: { id: string; name: string }): void {
    if (name.trim() === '') return;
    void this.#submission.run(async () => {
      await this.app.api.json('PATCH', `/api/account/passkeys/${id}`, { body: { name } });
      this.naming = null;
      this.changed();
    });
  }

  async #remove({ id, name }: PasskeyView): Promise<void> {
    const agreed = await this.app.confirm({
      title: `Remove ${name}?`,
      message: 'It does not sign you in any more. Remove it from the device, too.',
      confirm: 'Remove',
      danger: true,
    });
    if (!agreed) return;
    await this.#submission.run(async () => {
      await this.app.api.json('DELETE', `/api/account/passkeys/${id}`);
      this.changed();
    });
  }

  override render() {
    const { passkeys, passkeyOrigin } = this.security;
    const here = passkeysWork() && passkeyOrigin === window.location.origin;
    return html`<section class="card stack" aria-labelledby="passkeys">
      <div class="row between">
        <h2 id="passkeys">Passkeys</h2>
        ${
          here
            ? html`<vaadin-button ?disabled=${this.#submission.busy} @click=${() => this.#add()}>
                <bazaar-icon name="plus" slot="prefix"></bazaar-icon>Add a passkey
              </vaadin-button>`
            : nothing
        }
      </div>
      <p class="muted">
        Sign in by fingerprint, face or the PIN of your device, without a password. A passkey cannot be guessed or
        handed to a false site.
      </p>
      ${here ? nothing : this.#elsewhere(passkeyOrigin)}
      ${
        passkeys.length === 0
          ? nothing
          : html`<ul class="list rows">
              ${passkeys.map((one) => this.#row(one))}
            </ul>`
      }
    </section>`;
  }

  #elsewhere(origin: string | null) {
    return html`<p class="banner">
      <bazaar-icon name="info"></bazaar-icon>
      <span>
        ${
          origin === null
            ? 'Passkeys need an address with a name and https. Ask the operator of this platform.'
            : html`Passkeys belong to <a href="${origin}/account/security">${origin}</a>. Open this page there.`
        }
      </span>
    </p>`;
  }

  #row(passkey: PasskeyView) {
    const { id, name, backedUp, createdAt, lastUsedAt } = passkey;
    const { naming } = this;
    if (naming?.id === id) {
      return html`<li>
        <vaadin-text-field
          label="Name"
          maxlength="60"
          .value=${naming.name}
          @keydown=${submitOnEnter(() => this.#rename(naming))}
          @input=${(event: Event) => {
            this.naming = { id, name: (event.currentTarget as HTMLInputElement).value };
          }}
        ></vaadin-text-field>
        <span class="actions">
          <vaadin-button theme="small primary" ?disabled=${this.#submission.busy} @click=${() => this.#rename(naming)}>Save</vaadin-button>
          <vaadin-button
            theme="small tertiary"
            @click=${() => {
              this.naming = null;
            }}
          >
            Cancel
          </vaadin-button>
        </span>
      </li>`;
    }
    return html`<li>
      <div class="stack tight">
        <p><strong>${name}</strong> ${backedUp ? html`<span class="chip">On all your devices</span>` : nothing}</p>
        <p class="small muted">
          Made ${formatDay(createdAt)} · ${lastUsedAt === null ? 'not used yet' : `used ${ago(lastUsedAt)}`}
        </p>
      </div>
      <span class="actions">
        <vaadin-button
          theme="small"
          aria-label="Rename ${name}"
          @click=${() => {
            this.naming = { id, name };
          }}
        >
          Rename
        </vaadin-button>
        <vaadin-button
          theme="small error"
          aria-label="Remove ${name}"
          ?disabled=${this.#submission.busy}
          @click=${() => this.#remove(passkey)}
        >
          Remove
        </vaadin-button>
      </span>
    </li>`;
  }
}

customElements.define('bz-passkeys-panel', PasskeysPanel);
