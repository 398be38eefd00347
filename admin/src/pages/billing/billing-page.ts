import './change-dialog.ts';
import { formatDay, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import type { Source } from '../../app/source.ts';
import { pluginName } from '../../plugin-host/plugin-name.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { formatMoney } from '../format.ts';
import { chip } from '../plugins/parts.ts';
import { Reading } from '../reading.ts';
import type { ChangeDialog } from './change-dialog.ts';
import {
  attentionText,
  invoiceChip,
  nextStep,
  PLAN_TITLES,
  purchaseChip,
  subscriptionChip,
  subscriptionPrice,
} from './describe.ts';
import { cancel, openPortal, resume } from './operations.ts';
import { testPayments } from './test-payments.ts';
import type { BillingOverview, InvoiceView, PurchaseView, SubscriptionView } from './types.ts';

interface Everything {
  overview: BillingOverview;
  subscriptions: Page<SubscriptionView>;
  invoices: Page<InvoiceView>;
  purchases: Page<PurchaseView>;
}

/** What the workspace pays for: subscriptions, the card, invoices, orders. */
class BillingPage extends AppElement {
  static override properties = { ...AppElement.properties, busy: { state: true }, trail: { state: true } };

  static override styles = [
    pageStyles,
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
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        padding: var(--bz-space-3) var(--bz-space-2);
        text-align: start;
      }
      th {
        font-size: var(--bz-text-s);
        font-weight: 550;
        color: var(--bz-text-muted);
      }
      tbody tr {
        border-block-start: 1px solid var(--bz-border);
      }
      .end {
        text-align: end;
      }
      .scroll {
        overflow-x: auto;
      }
      :is(th, td):first-child {
        padding-inline-start: var(--bz-space-5);
      }
      :is(th, td):last-child {
        padding-inline-end: var(--bz-space-5);
      }
      td.number {
        white-space: nowrap;
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
        .wide {
          display: none;
        }
      }
    `,
  ];

  declare busy: boolean;
  /** Cursors of the pages of invoices before this one. */
  declare trail: (string | undefined)[];

  readonly #reading = new Reading(this, async (): Promise<Everything> => {
    const { api } = this.app;
    const cursor = this.trail.at(-1);
    const invoicePage = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const [overview, subscriptions, invoices, purchases] = await Promise.all([
      api.json<BillingOverview>('GET', '/api/billing'),
      api.json<Page<SubscriptionView>>('GET', '/api/billing/subscriptions?limit=100'),
      api.json<Page<InvoiceView>>('GET', `/api/billing/invoices?limit=10${invoicePage}`),
      api.json<Page<PurchaseView>>('GET', '/api/billing/purchases?limit=50'),
    ]);
    return { overview, subscriptions, invoices, purchases };
  });

  constructor() {
    super();
    this.busy = false;
    this.trail = [undefined];
  }

  protected override observed(): readonly Source[] {
    return [this.app.shell];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['billing.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#reading.run()));
    }
  }

  #name(plugin: string | null): string {
    return plugin === null ? 'Bazaar' : pluginName(this.app.shell.data, plugin);
  }

  async #run(work: () => Promise<boolean>): Promise<void> {
    this.busy = true;
    if (await work()) await this.#reading.run();
    this.busy = false;
  }

  async #leave(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    await work();
    this.busy = false;
  }

  #turn(trail: (string | undefined)[]): void {
    this.trail = trail;
    void this.#reading.run();
  }

  override render() {
    const { value, failure } = this.#reading;
    if (!value) return failure === null ? loadingState('billing') : failureState(failure, () => this.#reading.run());
    const { overview, subscriptions, invoices, purchases } = value;
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
      ${this.#invoices(invoices)} ${once.length === 0 ? nothing : this.#purchases(once)}
      <bz-subscription-change .app=${this.app} @changed=${() => void this.#reading.run()}></bz-subscription-change>
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
    const { state, cancelAt, nextPaymentAt, paidUntil } = subscription;
    const until = formatDay(cancelAt ?? nextPaymentAt ?? paidUntil ?? new Date().toISOString());
    const canChange = state === 'active' || state === 'trial';
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
            : state === 'incomplete'
              ? nothing
              : html`<vaadin-button theme="tertiary" aria-label="Cancel ${name}" ?disabled=${this.busy} @click=${() => this.#run(() => cancel(this.app, subscription, name, until))}>
                  Cancel
                </vaadin-button>`
        }
      </div>
    </li>`;
  }

  #change(subscription: SubscriptionView, name: string): void {
    void this.renderRoot.querySelector<ChangeDialog>('bz-subscription-change')?.open(subscription, name);
  }

  #paymentMethod({ paymentMethod }: BillingOverview) {
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
      <vaadin-button ?disabled=${this.busy} @click=${() => this.#leave(() => openPortal(this.app))}>
        ${known ? 'Change card and address' : 'Open the payment portal'}
      </vaadin-button>
    </section>`;
  }

  #invoices({ items, nextCursor }: Page<InvoiceView>) {
    return html`<section class="card flush" aria-labelledby="invoices">
      <div class="head"><h2 id="invoices">Invoices</h2></div>
      ${
        items.length === 0
          ? html`<p class="muted head" style="padding-block-end: var(--bz-space-4)">Invoices appear here with the first payment.</p>`
          : html`<div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Date</th>
                    <th scope="col" class="wide">Number</th>
                    <th scope="col">For</th>
                    <th scope="col">State</th>
                    <th scope="col" class="end">Amount</th>
                    <th scope="col"><span class="visually-hidden">Documents</span></th>
                  </tr>
                </thead>
                <tbody>
                  ${items.map((invoice) => this.#invoice(invoice))}
                </tbody>
              </table>
            </div>`
      }
      ${this.trail.length > 1 || nextCursor !== undefined ? this.#pages(nextCursor) : nothing}
    </section>`;
  }

  #invoice(invoice: InvoiceView) {
    const { number, plugin, currency, total, page, pdf, createdAt, status } = invoice;
    return html`<tr>
      <td class="number">${formatDay(createdAt)}</td>
      <td class="number wide">${number ?? '–'}</td>
      <td>${this.#name(plugin)}</td>
      <td>${chip(invoiceChip(invoice))}</td>
      <td class="number end">${formatMoney(total, currency)}</td>
      <td class="end">
        <span class="row" style="justify-content: flex-end; flex-wrap: nowrap">
          ${page === null ? nothing : html`<a href=${page} rel="external" aria-label="${status === 'open' ? 'Pay' : 'Show'} invoice ${number}">${status === 'open' ? 'Pay' : 'Show'}</a>`}
          ${pdf === null ? nothing : html`<a href=${pdf} rel="external" aria-label="Invoice ${number} as PDF">PDF</a>`}
        </span>
      </td>
    </tr>`;
  }

  #pages(nextCursor: string | undefined) {
    return html`<div class="row head" style="justify-content: flex-end; padding-block-end: var(--bz-space-4)">
      <vaadin-button ?disabled=${this.trail.length === 1} @click=${() => this.#turn(this.trail.slice(0, -1))}>Newer</vaadin-button>
      <vaadin-button ?disabled=${nextCursor === undefined} @click=${() => this.#turn([...this.trail, nextCursor])}>Older</vaadin-button>
    </div>`;
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
