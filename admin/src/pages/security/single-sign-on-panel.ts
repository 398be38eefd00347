import { formatDay, pageStyles } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { Submission } from '../submission.ts';
import { SIGN_ON_FAILURES } from './sign-on-failures.ts';
import type { Security } from './types.ts';

/** The person's account and the one they have at the identity provider of this workspace. */
class SingleSignOnPanel extends AppElement {
  static override properties = {
    ...AppElement.properties,
    security: { attribute: false },
    outcome: { attribute: false },
  };

  static override styles = pageStyles;

  declare security: Security;
  /** With what somebody came back from the provider: `connected`, or why not. */
  declare outcome: string | null;

  readonly #submission = new Submission(this);

  changed: () => void = () => {};
  /** Sends the browser to the provider. */
  leave: (location: string) => void = (location) => window.location.assign(location);

  constructor() {
    super();
    this.outcome = null;
  }

  #connect(): void {
    void this.#submission.run(async () => {
      const { location } = await this.app.api.json<{ location: string }>('POST', '/api/account/single-sign-on');
      this.leave(location);
    });
  }

  async #disconnect(): Promise<void> {
    const agreed = await this.app.confirm({
      title: 'Disconnect single sign-on?',
      message: "Your company's account signs you in here no longer. Sessions that it began end.",
      confirm: 'Disconnect',
      danger: true,
    });
    if (!agreed) return;
    await this.#submission.run(async () => {
      await this.app.api.json('DELETE', '/api/account/single-sign-on');
      this.outcome = null;
      this.app.notify('Single sign-on is disconnected.', 'success');
      this.changed();
    });
  }

  override render() {
    const { singleSignOn } = this.security;
    if (!singleSignOn) return nothing;
    const { since } = singleSignOn;
    return html`<section class="card stack" aria-labelledby="single-sign-on">
      <div class="row between">
        <h2 id="single-sign-on">Single sign-on</h2>
        ${
          since === null
            ? html`<vaadin-button ?disabled=${this.#submission.busy} @click=${() => this.#connect()}>Connect</vaadin-button>`
            : html`<vaadin-button theme="error" ?disabled=${this.#submission.busy} @click=${() => this.#disconnect()}>
                Disconnect
              </vaadin-button>`
        }
      </div>
      ${this.#news()}
      <p class="muted">
        ${
          since === null
            ? 'Connect your account to the one you have at your company, and sign in to this workspace with that.'
            : `Your company's account signs you in to this workspace. Connected since ${formatDay(since)}.`
        }
      </p>
    </section>`;
  }

  #news() {
    const { outcome } = this;
    if (outcome === null) return nothing;
    if (outcome === 'connected') {
      return this.security.singleSignOn?.since
        ? html`<p class="banner success" role="status"><bazaar-icon name="circle-check"></bazaar-icon>Connected.</p>`
        : nothing;
    }
    return html`<p class="banner danger" role="alert">
      <bazaar-icon name="circle-alert"></bazaar-icon>${SIGN_ON_FAILURES[outcome] ?? 'Single sign-on did not succeed.'}
    </p>`;
  }
}

customElements.define('bz-single-sign-on-panel', SingleSignOnPanel);
