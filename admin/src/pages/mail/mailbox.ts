import { ago, debounce, formatMoment, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { brandMark } from '../../shell/brand.ts';
import { failureState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
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

  static override styles = [
    pageStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        height: 100dvh;
        background: var(--bz-surface);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--bz-space-3) var(--bz-space-4);
        padding: var(--bz-space-3) var(--bz-space-5);
        border-block-end: 1px solid var(--bz-border);
      }
      header h1 {
        font-size: var(--bz-text-l);
      }
      header vaadin-text-field {
        flex: 1 1 14rem;
        max-width: 24rem;
      }
      .box {
        display: grid;
        grid-template-columns: minmax(16rem, 24rem) minmax(0, 1fr);
        min-height: 0;
      }
      nav {
        overflow-y: auto;
        border-inline-end: 1px solid var(--bz-border);
      }
      nav ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      nav button {
        display: grid;
        gap: 2px;
        width: 100%;
        padding: var(--bz-space-3) var(--bz-space-5);
        border: 0;
        border-block-end: 1px solid var(--bz-border);
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      nav button:hover {
        background: var(--bz-surface-sunken, light-dark(#f3f4f6, #1c2333));
      }
      nav button[aria-current] {
        background: light-dark(#e8edfc, #1e2a4a);
      }
      nav button > * {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      article {
        display: grid;
        grid-template-rows: auto auto minmax(0, 1fr);
        min-width: 0;
        min-height: 0;
      }
      article > .head {
        display: grid;
        gap: var(--bz-space-1);
        padding: var(--bz-space-4) var(--bz-space-5);
      }
      article h2 {
        overflow-wrap: anywhere;
      }
      article > .tabs {
        padding-inline: var(--bz-space-5);
      }
      iframe {
        width: 100%;
        height: 100%;
        border: 0;
        color-scheme: light dark;
      }
      pre {
        margin: 0;
        padding: var(--bz-space-5);
        overflow: auto;
        font: var(--bz-text-s) var(--bz-mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .back {
        display: none;
      }
      @media (max-width: 720px) {
        .box {
          grid-template-columns: minmax(0, 1fr);
        }
        .box.open nav,
        .box:not(.open) article,
        .box:not(.open) .none {
          display: none;
        }
        nav {
          border: 0;
        }
        .back {
          display: inline-flex;
        }
      }
    `,
  ];

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
