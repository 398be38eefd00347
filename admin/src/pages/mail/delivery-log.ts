import { emptyState, FilteredListing, formatMoment, listingState, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { readPage } from '../../api/read-page.ts';
import { AppElement } from '../../app/app-element.ts';
import type { Source } from '../../app/source.ts';
import { filterAddress } from '../../routing/filter-address.ts';
import { Reading } from '../reading.ts';
import { Submission } from '../submission.ts';
import { attemptList } from './attempt-list.ts';
import { isMailState, kindOfMail, MAIL_STATES } from './describe.ts';
import type { DeliveryAttempt, LoggedMail, MailTransport } from './types.ts';

interface Filter {
  state?: string;
  address?: string;
}

/** What was sent to whom, for the operators of the platform: every letter with every attempt to deliver it. */
class DeliveryLog extends AppElement {
  static override properties = { ...AppElement.properties, opened: { state: true } };

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
      tbody tr.details {
        border: 0;
      }
      tr.details > td {
        padding-block-start: 0;
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

  /** The letter whose attempts are shown below it. */
  declare opened: (LoggedMail & { deliveries: DeliveryAttempt[] }) | null;

  readonly #transport = new Reading<MailTransport>(this, () =>
    this.app.api.json('GET', '/api/platform/mail/transport'),
  );

  readonly #mails = new FilteredListing<LoggedMail, Filter>(
    this,
    {},
    ({ state, address }, page) =>
      readPage(this.app.api, '/api/platform/mail', page, {
        ...(isMailState(state) ? { state } : {}),
        ...(address === undefined ? {} : { address }),
      }),
    filterAddress(this, '/platform/mail', ['state', 'address']),
  );

  readonly #submission = new Submission(this);

  constructor() {
    super();
    this.opened = null;
  }

  protected override observed(): readonly Source[] {
    return [this.app.router];
  }

  #toggle(id: string): void {
    if (this.opened?.id === id) this.opened = null;
    else {
      void this.#submission.run(async () => {
        this.opened = await this.app.api.json('GET', `/api/platform/mail/${id}`);
      });
    }
  }

  #resend({ id, to }: LoggedMail): void {
    void this.#submission.run(async () => {
      await this.app.api.json('POST', `/api/platform/mail/${id}/resend`, { body: {} });
      this.app.notify(`The e-mail to ${to.address} is on its way again.`, 'success');
      this.opened = null;
      await this.#mails.refresh();
    });
  }

  #sendTest(): void {
    void this.#submission.run(async () => {
      await this.app.api.json('POST', '/api/platform/mail/test', { body: {} });
      this.app.notify('An e-mail to you is on its way.', 'success');
      await this.#mails.refresh();
    });
  }

  override render() {
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Mail</h1>
          <p class="subtitle">${this.#destination()}</p>
        </div>
        <div class="actions">
          <vaadin-button ?disabled=${this.#submission.busy} @click=${() => this.#sendTest()}>
            <bazaar-icon slot="prefix" name="send"></bazaar-icon>Send me a test
          </vaadin-button>
        </div>
      </header>
      ${this.#filters()}
      ${listingState(this.#mails, {
        noun: ['e-mail', 'e-mails'],
        none: () =>
          this.#mails.query() === ''
            ? emptyState('mail', 'No e-mails', 'Nothing has been sent yet.')
            : emptyState('mail', 'No e-mails', 'Nothing was sent that matches these filters.'),
        show: (items) => this.#table(items),
      })}
    </div>`;
  }

  #destination() {
    const { value } = this.#transport;
    if (!value) return 'Every e-mail, and every attempt to deliver it.';
    if (value.kind === 'smtp') return html`E-mails are handed to <code>${value.destination}</code>.`;
    return html`No mail server is configured: e-mails are kept in the <a href="/mailbox">mailbox</a>.`;
  }

  #filters() {
    const { state, address = '' } = this.#mails.filter;
    const states = [
      { value: 'all', label: 'All' },
      ...Object.entries(MAIL_STATES).map(([value, { title }]) => ({ value, label: title })),
    ];
    return html`<div class="toolbar" role="search" aria-label="Filter e-mails">
      <vaadin-select
        label="State"
        .items=${states}
        .value=${isMailState(state) ? state : 'all'}
        @change=${(event: Event) => {
          const { value } = event.currentTarget as HTMLInputElement;
          this.#mails.choose('state', value === 'all' ? '' : value);
        }}
      ></vaadin-select>
      <vaadin-text-field
        class="grow"
        label="Address"
        placeholder="Part of it"
        clear-button-visible
        .value=${address}
        @value-changed=${(event: CustomEvent<{ value: string }>) => {
          this.#mails.type('address', event.detail.value.trim());
        }}
      ></vaadin-text-field>
    </div>`;
  }

  #table(items: readonly LoggedMail[]) {
    return html`<div class="card flush scroll">
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
          ${repeat(
            items,
            ({ id }) => id,
            (mail) => html`${this.#row(mail)} ${this.opened?.id === mail.id ? this.#details(this.opened) : nothing}`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #row(mail: LoggedMail) {
    const { title, look } = MAIL_STATES[mail.state];
    const moment = html`<time class="number" datetime=${mail.createdAt}>${formatMoment(mail.createdAt)}</time>`;
    const state = html`<span class="chip ${look}">${title}</span>`;
    const isOpen = this.opened?.id === mail.id;
    return html`<tr>
      <td class="wide">${moment}</td>
      <td class="address">${mail.to.address} <span class="phone small muted">${moment}</span></td>
      <td><span>${kindOfMail(mail.template)}</span> <span class="phone">${state}</span></td>
      <td class="wide">${mail.tenant?.name ?? html`<span class="muted">The platform</span>`}</td>
      <td class="wide">
        ${state}
        ${mail.attempts > 1 ? html`<span class="small muted">${mail.attempts} attempts</span>` : nothing}
      </td>
      <td>
        <vaadin-button
          theme="tertiary small"
          aria-label="Details of the e-mail to ${mail.to.address}"
          aria-expanded=${isOpen}
          @click=${() => this.#toggle(mail.id)}
        >
          Details
        </vaadin-button>
      </td>
    </tr>`;
  }

  #details(mail: LoggedMail & { deliveries: DeliveryAttempt[] }) {
    const canResend = mail.resendable || mail.state === 'queued';
    return html`<tr class="details">
      <td colspan="6">
        <div class="stack tight" role="region" aria-label="Attempts to deliver the e-mail to ${mail.to.address}">
          ${attemptList(mail.deliveries)}
          ${mail.dueAt === null ? nothing : html`<p class="small muted">Tried again at ${formatMoment(mail.dueAt)}.</p>`}
          ${
            canResend
              ? html`<div class="actions">
                  <vaadin-button theme="small" ?disabled=${this.#submission.busy} @click=${() => this.#resend(mail)}>
                    Send again now
                  </vaadin-button>
                </div>`
              : nothing
          }
        </div>
      </td>
    </tr>`;
  }
}

customElements.define('bz-delivery-log', DeliveryLog);
