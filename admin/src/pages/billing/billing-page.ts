import './change-dialog.ts';
import { formatDay, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { readPage } from '../../api/read-page.ts';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import type { Source } from '../../app/source.ts';
import { pluginName } from '../../plugin-host/plugin-name.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { formatMoney } from '../format.ts';
import { Pager } from '../pager.ts';
import { chip } from '../plugins/parts.ts';
import { Reading } from '../reading.ts';
import type { ChangeDialog } from './change-dialog.ts';
import { attentionText, nextStep, PLAN_TITLES, purchaseChip, subscriptionChip, subscriptionPrice } from './describe.ts';
import { invoiceList, invoiceStyles } from './invoice-list.ts';
import { cancel, confirmChange, keepPlan, openPortal, resume } from './operations.ts';
import { pendingChange, pendingStyles } from './pending-change.ts';
import { testPayments } from './test-payments.ts';
import type { BillingOverview, InvoiceView, PurchaseView, SubscriptionView } from './types.ts';

interface Everything {
  overview: BillingOverview;
  subscriptions: Page<SubscriptionView>;
  purchases: Page<PurchaseView>;
}

/** What the workspace pays for: subscriptions, the card, invoices, orders. */
class BillingPage extends AppElement {
  static override properties = { ...AppElement.properties, busy: { state: true } };

  static override styles = [
    pageStyles,
    invoiceStyles,
    pendingStyles,
    css`
      .subscription {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--bz-space-2) var(--bz-space-4);
        align-items: center;
      }
      .subscription .actions {
        justify-content: flex-end;
      }
      .head {
        padding: var(--bz-space-5) var(--bz-space-5) 0;
      }
      .card.flush .list > li {
        padding-inline: var(--bz-space-5);
      }
      @media (max-width: 640px) {
        .subscription {
          grid-template-columns: minmax(0, 1fr);
        }
        .subscription .actions {
          justify-content: flex-start;
        }
      }
    `,
  ];

  declare busy: boolean;

  readonly #reading = new Reading(this, async (): Promise<Everything> => {
    const { api } = this.app;
    const [overview, subscriptions, purchases] = await Promise.all([
      api.json<BillingOverview>('GET', '/api/billing'),
      api.json<Page<SubscriptionView>>('GET', '/api/billing/subscriptions?limit=100'),
      api.json<Page<PurchaseView>>('GET', '/api/billing/purchases?limit=50'),
    ]);
    return { overview, subscriptions, purchases };
  });

  readonly #invoices = new Pager<InvoiceView>(this, (cursor) =>
    readPage(this.app.api, '/api/billing/invoices', { limit: 10, cursor }),
  );

  constructor() {
    super();
    this.busy = false;
  }

  protected override observed(): readonly Source[] {
    return [this.app.shell];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['billing.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#refresh()));
    }
  }

  async #refresh(): Promise<void> {
    await Promise.all([this.#reading.run(), this.#invoices.run()]);
  }

  #name(plugin: string | null): string {
    return plugin === null ? 'Bazaar' : pluginName(this.app.shell.data, plugin);
  }

  async #run(work: () => Promise<boolean>): Promise<void> {
    this.busy = true;
    if (await work()) await this.#refresh();
    this.busy = false;
  }

  async #leave(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    await work();
    this.busy = false;
  }

  override render() {
    const { value } = this.#reading;
    const failure = this.#reading.failure ?? this.#invoices.failure;
    if (!value || !this.#invoices.value) {
      return failure === null ? loadingState('billing') : failureState(failure, () => this.#refresh());
    }
    const { overview, subscriptions, purchases } = value;
    const running = subscriptions.items.filter(({ state }) => state !== 'ended');
    const once = purchases.items.filter(({ plan }) => plan === 'one-time');
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Billing</h1>
          <p class="subtitle">What this workspace pays for, and how.</p>
        </div>
      </header>
      ${testPayments(overview)} ${this.#attention(overview)}
      <div class="with-aside">
        <section class="card flush" aria-labelledby="subscriptions">
          <div class="head"><h2 id="subscriptions">Subscriptions</h2></div>
          ${running.length === 0 ? this.#none() : html`<ul class="list">${running.map((one) => this.#subscription(one))}</ul>`}
        </section>
        ${this.#paymentMethod(overview)}
      </div>
      ${invoiceList(this.#invoices, (plugin) => this.#name(plugin))} ${once.length === 0 ? nothing : this.#purchases(once)}
      <bz-subscription-change .app=${this.app} @changed=${() => void this.#refresh()}></bz-subscription-change>
    </div>`;
  }

  #attention({ attention }: BillingOverview) {
    return attention.map(
      (one) => html`<div class="banner danger" role="alert">
        <bazaar-icon name="circle-alert"></bazaar-icon>
        <div class="row">
          <span>${attentionText(one, this.#name(one.plugin))}</span>
          ${one.page === null ? nothing : html`<a href=${one.page} rel="external">${one.kind === 'action' ? 'Confirm the payment' : 'Pay now'}</a>`}
        </div>
      </div>`,
    );
  }

  #none() {
    return html`<div class="empty" style="border: 0">
      <bazaar-icon name="refresh-cw"></bazaar-icon>
      <h3>No subscriptions</h3>
      <p>Choose a plan on the page of a plugin.</p>
      <a href="/admin/plugins">Show plugins</a>
    </div>`;
  }

  #subscription(subscription: SubscriptionView) {
    const name = this.#name(subscription.plugin);
    const { state, cancelAt, nextPaymentAt, paidUntil, pendingChange: pending } = subscription;
    const until = formatDay(cancelAt ?? nextPaymentAt ?? paidUntil ?? new Date().toISOString());
    const canChange = pending === null && (state === 'active' || state === 'trial');
    return html`<li class="subscription">
      <div>
        <p class="row">
          <a href="/admin/plugins/${subscription.plugin}"><strong>${name}</strong></a> ${chip(subscriptionChip(subscription))}
        </p>
        <p class="number">${subscriptionPrice(subscription)}</p>
        <p class="small muted">${nextStep(subscription)}</p>
      </div>
      <div class="actions">
        ${
          canChange
            ? html`<vaadin-button aria-label="Change ${name}" ?disabled=${this.busy} @click=${() => this.#change(subscription, name)}>
                Change
              </vaadin-button>`
            : nothing
        }
        ${
          state === 'ending'
            ? html`<vaadin-button theme="primary" aria-label="Resume ${name}" ?disabled=${this.busy} @click=${() => this.#run(() => resume(this.app, subscription, name))}>
                Resume
              </vaadin-button>`
            : state === 'incomplete' || pending !== null
              ? nothing
              : html`<vaadin-button theme="tertiary" aria-label="Cancel ${name}" ?disabled=${this.busy} @click=${() => this.#run(() => cancel(this.app, subscription, name, until))}>
                  Cancel
                </vaadin-button>`
        }
      </div>
      ${pendingChange(subscription, name, {
        busy: this.busy,
        confirm: () => this.#run(() => confirmChange(this.app, subscription, name)),
        keep: () => this.#run(() => keepPlan(this.app, subscription, name)),
      })}
    </li>`;
  }

  #change(subscription: SubscriptionView, name: string): void {
    void this.renderRoot.querySelector<ChangeDialog>('bz-subscription-change')?.open(subscription, name);
  }

  #paymentMethod({ paymentMethod, credit }: BillingOverview) {
    const known = paymentMethod !== null;
    return html`<section class="card stack" aria-labelledby="card">
      <h2 id="card">Payment method</h2>
      ${
        known
          ? html`<p class="row">
              <bazaar-icon name="credit-card"></bazaar-icon>
              <span>
                ${paymentMethod.brand.replace(/^./, (letter) => letter.toUpperCase())} ending in
                <span class="number">${paymentMethod.last4}</span>
                <span class="muted small number">${String(paymentMethod.expMonth).padStart(2, '0')}/${paymentMethod.expYear}</span>
              </span>
            </p>`
          : html`<p class="muted">It is asked for when you first pay.</p>`
      }
      ${
        credit
          ? html`<p>
              <span class="number">${formatMoney(credit.amount, credit.currency)}</span> credit, taken off the next invoice
            </p>`
          : nothing
      }
      <vaadin-button ?disabled=${this.busy} @click=${() => this.#leave(() => openPortal(this.app))}>
        ${known ? 'Change card and address' : 'Open the payment portal'}
      </vaadin-button>
    </section>`;
  }

  #purchases(purchases: readonly PurchaseView[]) {
    return html`<section class="card flush" aria-labelledby="purchases">
      <div class="head"><h2 id="purchases">Bought once</h2></div>
      <ul class="list">
        ${purchases.map(
          (purchase) => html`<li class="row between">
            <span class="row">
              <a href="/admin/plugins/${purchase.plugin}">${this.#name(purchase.plugin)}</a>
              ${chip(purchaseChip(purchase))}
              <span class="small muted">${PLAN_TITLES[purchase.plan]}, ${formatDay(purchase.createdAt)}</span>
            </span>
            <span class="number">${formatMoney(purchase.amountPaid ?? purchase.amount, purchase.currency)}</span>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}

customElements.define('bz-billing', BillingPage);
