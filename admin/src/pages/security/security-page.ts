import { pageStyles } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
import './passkeys-panel.ts';
import './password-panel.ts';
import { recoveryCodes, recoveryStyles } from './recovery-codes.ts';
import './second-factor-panel.ts';
import './sessions-panel.ts';
import './single-sign-on-panel.ts';
import type { Security } from './types.ts';

/** How the person proves who they are, and where they are signed in. */
class SecurityPage extends AppElement {
  static override properties = { ...AppElement.properties, codes: { state: true } };

  static override styles = [pageStyles, recoveryStyles];

  /** New recovery codes: shown until they are put away, and never again. */
  declare codes: readonly string[] | null;

  readonly #security = new Reading<Security>(this, () => this.app.api.json('GET', '/api/account/security'));

  /** With what the person came back from their identity provider. */
  readonly #outcome = new URLSearchParams(window.location.search).get('single-sign-on');

  constructor() {
    super();
    this.codes = null;
  }

  readonly #changed = (codes?: readonly string[]): void => {
    if (codes) this.codes = codes;
    void this.#security.run();
  };

  override updated(): void {
    this.renderRoot.querySelector('[role="status"][aria-label="Recovery codes"]')?.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    const { value, failure } = this.#security;
    if (!value) return failure === null ? loadingState('security') : failureState(failure, () => this.#security.run());
    return html`<div class="page narrow">
      <header class="page-header">
        <div>
          <h1>Security</h1>
          <p class="subtitle">How you prove who you are, and where you are signed in.</p>
        </div>
      </header>
      ${
        this.codes === null
          ? nothing
          : recoveryCodes(this.app, this.codes, () => {
              this.codes = null;
            })
      }
      ${value.hasPassword ? html`<bz-password-panel .app=${this.app}></bz-password-panel>` : nothing}
      <bz-second-factor-panel .app=${this.app} .security=${value} .changed=${this.#changed}></bz-second-factor-panel>
      <bz-passkeys-panel .app=${this.app} .security=${value} .changed=${this.#changed}></bz-passkeys-panel>
      <bz-single-sign-on-panel
        .app=${this.app}
        .security=${value}
        .changed=${this.#changed}
        .outcome=${this.#outcome}
      ></bz-single-sign-on-panel>
      <bz-sessions-panel .app=${this.app}></bz-sessions-panel>
    </div>`;
  }
}

customElements.define('bz-security', SecurityPage);
