import {
  ago,
  debounce,
  emptyState,
  formatMoment,
  Listing,
  listingState,
  pageStyles,
  problemMessage,
} from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { readPage } from '../../api/read-page.ts';
import { AppElement } from '../../app/app-element.ts';
import { brandMark } from '../../shell/brand.ts';
import { failureState } from '../../shell/states.ts';
import { mailboxStyles } from './mailbox-styles.ts';
import type { MailItem, OpenedMail } from './types.ts';

const POLL_MS = 5_000;

/** What the platform would have sent, while it has no mail server: newest first, with the opened letter beside. */
class Mailbox extends AppElement {
  static override properties = {
    ...AppElement.properties,
    address: { state: true },
    opened: { state: true },
    tab: { state: true },
    problem: { state: true },
  };

  static override styles = [pageStyles, mailboxStyles];

  declare address: string;
  declare opened: OpenedMail | null;
  declare tab: 'html' | 'text';
  declare problem: string | null;

  readonly #mails = new Listing<MailItem>(this, (page) =>
    readPage(this.app.api, '/api/mailbox', page, this.address === '' ? {} : { address: this.address }),
  );

  readonly #search = debounce(() => void this.#mails.restart());

  constructor() {
    super();
    this.address = '';
    this.opened = null;
    this.tab = 'html';
    this.problem = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Mailbox – Bazaar';
    void this.#mails.restart();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !this.#mails.busy) void this.#mails.refresh();
    }, POLL_MS);
    this.whileConnected(() => clearInterval(timer));
  }

  async #open(id: string): Promise<void> {
    try {
      this.opened = await this.app.api.json<OpenedMail>('GET', `/api/mailbox/${id}`);
      this.problem = null;
    } catch (error) {
      this.problem = problemMessage(error);
    }
  }

  override render() {
    const { items, failure } = this.#mails;
    if (items === null && failure !== null) return failureState(failure, () => void this.#mails.restart());
    return html`
      <header>
        ${brandMark(24)}
        <h1>Mailbox</h1>
        <vaadin-text-field
          placeholder="Find by address"
          accessible-name="Find by address"
          clear-button-visible
          @value-changed=${(event: CustomEvent<{ value: string }>) => {
            const address = event.detail.value.trim();
            if (address === this.address) return;
            this.address = address;
            this.#search();
          }}
        >
          <bazaar-icon slot="prefix" name="search"></bazaar-icon>
        </vaadin-text-field>
        <span class="small muted">No mail server is configured: e-mails are kept here and go nowhere else.</span>
      </header>
      <main class="box ${this.opened ? 'open' : ''}">
        <nav aria-label="E-mails">
          ${listingState(this.#mails, {
            noun: ['e-mail', 'e-mails'],
            none: () => this.#noMails(),
            show: (letters) => this.#list(letters),
          })}
        </nav>
        ${this.opened ? this.#letter(this.opened) : this.#none(items?.length ?? 0)}
      </main>
    `;
  }

  #noMails() {
    return this.address === ''
      ? emptyState('inbox', 'No e-mails yet', 'What the platform sends appears here at once.')
      : emptyState('search', 'Nothing found', `No e-mail to “${this.address}”.`);
  }

  #list(items: readonly MailItem[]) {
    const now = Date.now();
    return html`<ul>
      ${repeat(
        items,
        ({ id }) => id,
        ({ id, subject, to, createdAt }) => html`<li>
          <button aria-current=${this.opened?.id === id ? 'true' : nothing} @click=${() => this.#open(id)}>
            <strong>${subject}</strong>
            <span class="small">${to.address}</span>
            <time class="small muted" datetime=${createdAt}>${ago(createdAt, now)}</time>
          </button>
        </li>`,
      )}
    </ul>`;
  }

  #letter({ subject, to, createdAt, html: body, text }: OpenedMail) {
    const tab = (name: 'html' | 'text', title: string) => html`<a
      href="#${name}"
      aria-current=${this.tab === name ? 'true' : nothing}
      @click=${(event: Event) => {
        event.preventDefault();
        this.tab = name;
      }}
      >${title}</a
    >`;
    // Nothing in it may run; its links open in this window, which is what whoever follows them wants.
    const page = body.replace('<head>', '<head><base target="_top">');
    return html`<article aria-label=${subject}>
      <div class="head">
        <div class="row back">
          <vaadin-button
            theme="tertiary"
            @click=${() => {
              this.opened = null;
            }}
          >
            <bazaar-icon slot="prefix" name="arrow-left"></bazaar-icon>All letters
          </vaadin-button>
        </div>
        <h2>${subject}</h2>
        <p class="small muted">
          To ${to.name === null ? nothing : html`${to.name} – `}${to.address},
          <time datetime=${createdAt}>${formatMoment(createdAt)}</time>
        </p>
      </div>
      <div class="tabs" role="group" aria-label="Show as">${tab('html', 'E-mail')} ${tab('text', 'Plain text')}</div>
      ${
        this.tab === 'text'
          ? html`<pre tabindex="0" aria-label="Plain text">${text}</pre>`
          : html`<iframe
              title="The e-mail"
              sandbox="allow-top-navigation-by-user-activation allow-downloads allow-popups allow-popups-to-escape-sandbox"
              .srcdoc=${page}
            ></iframe>`
      }
    </article>`;
  }

  #none(count: number) {
    if (this.problem !== null) {
      return html`<div class="none">
        <p class="banner danger" role="alert"><bazaar-icon name="circle-alert"></bazaar-icon>${this.problem}</p>
      </div>`;
    }
    // With nothing to choose from, the list says all there is to say.
    return html`<div class="none muted">
      ${count === 0 ? nothing : html`<bazaar-icon name="mail"></bazaar-icon><p>Choose an e-mail to read it.</p>`}
    </div>`;
  }
}

customElements.define('bz-mailbox', Mailbox);
