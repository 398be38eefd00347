import { ago, debounce, formatMoment, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { brandMark } from '../../shell/brand.ts';
import { failureState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
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

  readonly #mails = new Reading<Page<MailItem>>(this, () => {
    const query = new URLSearchParams({ limit: '50', ...(this.address === '' ? {} : { address: this.address }) });
    return this.app.api.json('GET', `/api/mailbox?${query}`);
  });

  readonly #search = debounce(() => void this.#mails.run(), 250);

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
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !this.#mails.busy) void this.#mails.run();
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
    const { value, failure } = this.#mails;
    if (!value && failure !== null) return failureState(failure, () => this.#mails.run());
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
        <span class="small muted">No mail server is configured: letters are kept here and go nowhere else.</span>
      </header>
      <div class="box ${this.opened ? 'open' : ''}">
        <nav aria-label="Letters" aria-busy=${value === null}>${value ? this.#list(value.items) : this.#skeleton()}</nav>
        ${this.opened ? this.#letter(this.opened) : this.#none(value?.items.length ?? 0)}
      </div>
    `;
  }

  #list(items: readonly MailItem[]) {
    if (items.length === 0) {
      return html`<div class="empty">
        <bazaar-icon name="inbox"></bazaar-icon>
        <h2>${this.address === '' ? 'No letters yet' : 'Nothing found'}</h2>
        <p>${this.address === '' ? 'What the platform sends appears here at once.' : `No letter to “${this.address}”.`}</p>
      </div>`;
    }
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
      <div class="tabs" role="group" aria-label="Show as">${tab('html', 'Letter')} ${tab('text', 'Plain text')}</div>
      ${
        this.tab === 'text'
          ? html`<pre tabindex="0" aria-label="Plain text">${text}</pre>`
          : html`<iframe
              title="The letter"
              sandbox="allow-top-navigation-by-user-activation allow-downloads allow-popups allow-popups-to-escape-sandbox"
              .srcdoc=${page}
            ></iframe>`
      }
    </article>`;
  }

  #none(count: number) {
    return html`<div class="empty none">
      ${
        this.problem === null
          ? nothing
          : html`<p class="banner danger" role="alert"><bazaar-icon name="circle-alert"></bazaar-icon>${this.problem}</p>`
      }
      <bazaar-icon name="mail"></bazaar-icon>
      <p>${count === 0 ? 'Come back when there is something to read.' : 'Choose a letter to read it.'}</p>
    </div>`;
  }

  #skeleton() {
    return html`<div class="stack" role="status" aria-label="Loading letters">
      <span class="skeleton block"></span><span class="skeleton block"></span><span class="skeleton block"></span>
    </div>`;
  }
}

customElements.define('bz-mailbox', Mailbox);
