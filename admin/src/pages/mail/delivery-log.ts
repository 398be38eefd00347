import { formatMoment, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { failureState } from '../../shell/states.ts';
import { Pager, pagerButtons } from '../pager.ts';
import { Reading } from '../reading.ts';
import { attemptList } from './attempt-list.ts';
import type { DeliveryAttempt, LoggedMail, MailState, MailTransport } from './types.ts';

const STATES: Record<MailState, { title: string; look: string }> = {
  queued: { title: 'Waiting', look: 'info' },
  sent: { title: 'Sent', look: 'success' },
  captured: { title: 'Captured', look: '' },
  failed: { title: 'Given up', look: 'danger' },
};

/** What was sent to whom, for the operators of the platform: every letter with every attempt to deliver it. */
class DeliveryLog extends AppElement {
  static override properties = {
    ...AppElement.properties,
    state: { state: true },
    address: { state: true },
    opened: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      .scroll {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        padding: var(--bz-space-3) var(--bz-space-4);
        text-align: start;
        vertical-align: top;
      }
      th {
        font-size: var(--bz-text-s);
        font-weight: 550;
        color: var(--bz-text-muted);
      }
      tbody tr {
        border-block-start: 1px solid var(--bz-border);
      }
      td.address {
        overflow-wrap: anywhere;
        min-width: 12rem;
      }
      .phone {
        display: none;
      }
      @media (max-width: 640px) {
        .wide {
          display: none;
        }
        .phone {
          display: block;
        }
        th,
        td {
          padding-inline: var(--bz-space-3);
        }
        td.address {
          min-width: 0;
        }
      }
      ol {
        margin: 0;
        padding-inline-start: var(--bz-space-5);
        display: grid;
        gap: var(--bz-space-2);
      }
    `,
  ];

  declare state: MailState | 'all';
  declare address: string;
  declare opened: (LoggedMail & { deliveries: DeliveryAttempt[] }) | null;

  readonly #transport = new Reading<MailTransport>(this, () =>
    this.app.api.json('GET', '/api/platform/mail/transport'),
  );

  readonly #mails = new Pager<LoggedMail>(this, (cursor) => {
    const query = new URLSearchParams({
      limit: '25',
      ...(this.state === 'all' ? {} : { state: this.state }),
      ...(this.address === '' ? {} : { address: this.address }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return this.app.api.json('GET', `/api/platform/mail?${query}`);
  });

  constructor() {
    super();
    this.state = 'all';
    this.address = '';
    this.opened = null;
  }

  #filter(change: Partial<Pick<this, 'state' | 'address'>>): void {
    Object.assign(this, change);
    this.opened = null;
    void this.#mails.restart();
  }

  async #open(id: string): Promise<void> {
    this.opened = await this.app.api.json('GET', `/api/platform/mail/${id}`);
  }

  async #resend({ id, to }: LoggedMail): Promise<void> {
    await this.app.api.json('POST', `/api/platform/mail/${id}/resend`, { body: {} });
    this.app.notify(`The e-mail to ${to.address} is on its way again.`, 'success');
    this.opened = null;
    await this.#mails.run();
  }

  async #sendTest(): Promise<void> {
    await this.app.api.json('POST', '/api/platform/mail/test', { body: {} });
    this.app.notify('An e-mail to you is on its way.', 'success');
    await this.#mails.run();
  }

  override render() {
    const { value, failure } = this.#mails;
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Mail</h1>
          <p class="subtitle">${this.#destination()}</p>
        </div>
        <div class="actions">
          <vaadin-button @click=${() => this.#sendTest()}>
            <bazaar-icon slot="prefix" name="send"></bazaar-icon>Send me a test
          </vaadin-button>
        </div>
      </header>
      ${this.#filters()}
      ${failure !== null ? failureState(failure, () => this.#mails.run()) : value ? this.#table(value) : this.#skeleton()}
    </div>`;
  }

  #destination() {
    const { value } = this.#transport;
    if (!value) return 'Every e-mail, and every attempt to deliver it.';
    if (value.kind === 'smtp') return html`E-mails are handed to <code>${value.destination}</code>.`;
    return html`No mail server is configured: e-mails are kept in the <a href="/mailbox">mailbox</a>.`;
  }

  #filters() {
    const states = [
      { value: 'all', label: 'All' },
      ...Object.entries(STATES).map(([value, { title }]) => ({ value, label: title })),
    ];
    return html`<div class="toolbar" role="search" aria-label="Filter e-mails">
      <vaadin-select
        label="State"
        .items=${states}
        .value=${this.state}
        @change=${(event: Event) =>
          this.#filter({ state: (event.currentTarget as HTMLInputElement).value as MailState | 'all' })}
      ></vaadin-select>
      <vaadin-text-field
        label="Address"
        clear-button-visible
        .value=${this.address}
        @change=${(event: Event) => this.#filter({ address: (event.currentTarget as HTMLInputElement).value.trim() })}
      ></vaadin-text-field>
    </div>`;
  }

  #table({ items }: Page<LoggedMail>) {
    if (items.length === 0) {
      return html`<div class="empty">
        <bazaar-icon name="mail"></bazaar-icon>
        <h2>No e-mails</h2>
        <p>Nothing was sent that matches these filters.</p>
      </div>`;
    }
    return html`
      ${this.opened ? this.#details(this.opened) : nothing}
      <div class="card flush scroll">
        <table>
          <thead>
            <tr>
              <th scope="col" class="wide">When</th>
              <th scope="col">To</th>
              <th scope="col">E-mail</th>
              <th scope="col" class="wide">Workspace</th>
              <th scope="col" class="wide">State</th>
              <th scope="col"><span class="visually-hidden">Attempts</span></th>
            </tr>
          </thead>
          <tbody>
            ${items.map((mail) => this.#row(mail))}
          </tbody>
        </table>
      </div>
      ${pagerButtons(this.#mails)}
    `;
  }

  #row(mail: LoggedMail) {
    const { title, look } = STATES[mail.state];
    const moment = html`<time class="number" datetime=${mail.createdAt}>${formatMoment(mail.createdAt)}</time>`;
    const state = html`<span class="chip ${look}">${title}</span>`;
    return html`<tr>
      <td class="wide">${moment}</td>
      <td class="address">${mail.to.address} <span class="phone small muted">${moment}</span></td>
      <td><code>${mail.template}</code> <span class="phone">${state}</span></td>
      <td class="wide">${mail.tenant?.name ?? html`<span class="muted">The platform</span>`}</td>
      <td class="wide">
        ${state}
        ${mail.attempts > 1 ? html`<span class="small muted">${mail.attempts} attempts</span>` : nothing}
      </td>
      <td>
        <vaadin-button theme="tertiary small" aria-label="Details of the e-mail to ${mail.to.address}" @click=${() => this.#open(mail.id)}>
          Details
        </vaadin-button>
      </td>
    </tr>`;
  }

  #details(mail: LoggedMail & { deliveries: DeliveryAttempt[] }) {
    return html`<section class="card stack" aria-label="E-mail to ${mail.to.address}">
      <div class="row between">
        <h2>${mail.to.address}</h2>
        <div class="actions">
          ${
            mail.resendable || mail.state === 'queued'
              ? html`<vaadin-button theme="small" @click=${() => this.#resend(mail)}>Send again now</vaadin-button>`
              : nothing
          }
          <vaadin-button
            theme="small tertiary"
            @click=${() => {
              this.opened = null;
            }}
          >
            Close
          </vaadin-button>
        </div>
      </div>
      ${attemptList(mail.deliveries)}
      ${mail.dueAt === null ? nothing : html`<p class="small muted">Tried again at ${formatMoment(mail.dueAt)}.</p>`}
    </section>`;
  }

  #skeleton() {
    return html`<div class="stack" role="status" aria-label="Loading e-mails">
      <span class="skeleton block"></span><span class="skeleton block"></span>
    </div>`;
  }
}

customElements.define('bz-delivery-log', DeliveryLog);
