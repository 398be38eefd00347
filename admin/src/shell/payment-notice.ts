import { pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { AppElement } from '../app/app-element.ts';
import type { Source } from '../app/source.ts';
import { attentionText } from '../pages/billing/describe.ts';
import type { BillingOverview } from '../pages/billing/types.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';

const PERMISSION = 'core:billing.manage';

/** Above every page, for those who may pay: a payment that failed or waits for a confirmation. */
class PaymentNotice extends AppElement {
  static override properties = { ...AppElement.properties, overview: { state: true } };

  static override styles = [
    pageStyles,
    css`
      :host {
        display: block;
      }
      .banner {
        border-radius: 0;
        padding-inline: var(--bz-space-6);
        align-items: center;
      }
      .banner > :first-child:is(bazaar-icon) {
        margin-block-start: 0;
      }
    `,
  ];

  declare overview: BillingOverview | null;

  constructor() {
    super();
    this.overview = null;
  }

  protected override observed(): readonly Source[] {
    return [this.app.shell, this.app.router];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['billing.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#read()));
    }
    void this.#read();
  }

  get #mayPay(): boolean {
    return this.app.shell.data?.user.permissions.includes(PERMISSION) ?? false;
  }

  async #read(): Promise<void> {
    if (!this.#mayPay) return;
    try {
      this.overview = await this.app.api.json<BillingOverview>('GET', '/api/billing');
    } catch {
      // The page of billing says what is wrong; no other page is to be disturbed.
      this.overview = null;
    }
  }

  override render() {
    const [first, ...others] = this.#mayPay ? (this.overview?.attention ?? []) : [];
    if (first === undefined || this.app.router.location.pathname === '/admin/billing') return nothing;
    const name = first.plugin === null ? 'Bazaar' : pluginName(this.app.shell.data, first.plugin);
    return html`<div class="banner danger" role="alert">
      <bazaar-icon name="credit-card"></bazaar-icon>
      <div class="row">
        <span>${attentionText(first, name)}${others.length === 0 ? '' : ` ${others.length} more need you.`}</span>
        <a href="/admin/billing">Show billing</a>
      </div>
    </div>`;
  }
}

customElements.define('bz-payment-notice', PaymentNotice);
