import { css, html, nothing } from 'lit';
import { AppElement } from '../app/app-element.ts';
import type { Source } from '../app/source.ts';

const MINUTE_MS = 60_000;

/** Says for as long as it lasts that an operator acts as somebody else, and ends it. */
class ImpersonationBanner extends AppElement {
  static override styles = css`
    :host {
      display: block;
      position: sticky;
      inset-block-start: 0;
      z-index: 2;
    }
    div {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--bz-space-2) var(--bz-space-4);
      padding: var(--bz-space-2) var(--bz-space-5);
      color: #fff;
      background: #9a3412;
      font-size: var(--bz-text-s);
      font-weight: 500;
    }
    span {
      flex: 1;
      min-width: 12rem;
    }
    button {
      padding: var(--bz-space-1) var(--bz-space-3);
      font: inherit;
      color: inherit;
      background: transparent;
      border: 1px solid currentcolor;
      border-radius: var(--bz-radius-m);
      cursor: pointer;
    }
    button:hover {
      background: rgb(255 255 255 / 0.15);
    }
    button:focus-visible {
      outline: 2px solid #fff;
      outline-offset: 2px;
    }
  `;

  protected override observed(): readonly Source[] {
    return [this.app.session];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const timer = setInterval(() => this.requestUpdate(), MINUTE_MS);
    this.whileConnected(() => clearInterval(timer));
  }

  override render() {
    const { state } = this.app.session;
    if (state.status !== 'signed-in' || !state.impersonation) return nothing;
    const { impersonator, endsAt } = state.impersonation;
    const minutes = Math.max(0, Math.ceil((Date.parse(endsAt) - Date.now()) / MINUTE_MS));
    return html`<div role="alert">
      <span>
        ${impersonator.name}, you act as ${state.user.name} of ${state.tenant.name}: ${minutes}
        ${minutes === 1 ? 'minute' : 'minutes'} left. Everything is logged under both names.
      </span>
      <button type="button" @click=${() => this.app.session.endImpersonation()}>Stop acting as ${state.user.name}</button>
    </div>`;
  }
}

customElements.define('bz-impersonation-banner', ImpersonationBanner);
