import { pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { AppElement } from '../../app/app-element.ts';
import { UnsavedWork } from '../../leaving/unsaved-work.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
import './domains-panel.ts';
import type { DomainsPanel } from './domains-panel.ts';
import './provider-panel.ts';
import type { ProviderPanel } from './provider-panel.ts';
import type { SignInSettings } from './settings-types.ts';

/** How the members of this workspace sign in. */
class SignInSettingsPage extends AppElement {
  static override properties = { ...AppElement.properties, busy: { state: true } };

  static override styles = pageStyles;

  declare busy: boolean;

  readonly #settings = new Reading<SignInSettings>(this, () => this.app.api.json('GET', '/api/security'));
  readonly #changed = (): void => void this.#settings.run();

  constructor() {
    super();
    this.busy = false;
    new UnsavedWork(this, () => this.#panels.some(({ isChanged }) => isChanged));
  }

  get #panels(): (ProviderPanel | DomainsPanel)[] {
    return [...this.renderRoot.querySelectorAll<ProviderPanel | DomainsPanel>('bz-provider-panel, bz-domains-panel')];
  }

  async #setPolicy(body: Partial<Pick<SignInSettings, 'secondFactorRequired' | 'supportAccess'>>): Promise<void> {
    this.busy = true;
    try {
      await this.app.api.json('PATCH', '/api/security/policy', { body });
      this.app.notify('Saved.', 'success');
    } catch (error) {
      this.app.notify(problemMessage(error), 'error');
    }
    this.busy = false;
    await this.#settings.run();
  }

  override render() {
    const { value, failure } = this.#settings;
    if (!value) return failure === null ? loadingState('settings') : failureState(failure, () => this.#settings.run());
    return html`<div class="page narrow">
      <header class="page-header">
        <div>
          <h1>Sign-in</h1>
          <p class="subtitle">How the members of this workspace prove who they are.</p>
        </div>
      </header>
      <section class="card stack" aria-labelledby="policy">
        <h2 id="policy">Rules</h2>
        <vaadin-checkbox
          label="Ask every member for a second factor"
          helper-text="Who has none yet is led to set one up at the next sign-in; sessions without one end."
          .checked=${live(value.secondFactorRequired)}
          ?disabled=${this.busy}
          @change=${(event: Event) =>
            this.#setPolicy({ secondFactorRequired: (event.currentTarget as HTMLInputElement).checked })}
        ></vaadin-checkbox>
        <vaadin-checkbox
          label="Let operators of the platform act as a member when you ask for help"
          helper-text="For half an hour at most, without rights over people, money and keys. Each time is in the audit log."
          .checked=${live(value.supportAccess)}
          ?disabled=${this.busy}
          @change=${(event: Event) =>
            this.#setPolicy({ supportAccess: (event.currentTarget as HTMLInputElement).checked })}
        ></vaadin-checkbox>
      </section>
      <bz-domains-panel .app=${this.app} .domains=${value.domains} .changed=${this.#changed}></bz-domains-panel>
      <bz-provider-panel .app=${this.app} .settings=${value} .changed=${this.#changed}></bz-provider-panel>
    </div>`;
  }
}

customElements.define('bz-sign-in-settings', SignInSettingsPage);
