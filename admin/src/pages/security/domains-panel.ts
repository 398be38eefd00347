import { formatDay, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { submitOnEnter } from '../entrance.ts';
import { Submission } from '../submission.ts';
import type { DomainView } from './settings-types.ts';

/** The domains of the workspace's e-mail addresses. */
export class DomainsPanel extends AppElement {
  static override properties = {
    ...AppElement.properties,
    domains: { attribute: false },
    draft: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      li > dl {
        grid-column: 1 / -1;
      }
      code {
        overflow-wrap: anywhere;
        user-select: all;
      }
      .add {
        display: flex;
        flex-wrap: wrap;
        gap: var(--bz-space-3);
        align-items: end;
      }
      .add vaadin-text-field {
        flex: 1 1 14rem;
      }
    `,
  ];

  declare domains: DomainView[];
  declare draft: string;

  readonly #submission = new Submission(this, (pointer) => pointer === '/domain');

  changed: () => void = () => {};

  constructor() {
    super();
    this.domains = [];
    this.draft = '';
  }

  /** Whether something was filled in that is not saved. */
  get isChanged(): boolean {
    return this.draft.trim() !== '';
  }

  #change(work: () => Promise<unknown>): Promise<void> {
    return this.#submission.run(async () => {
      await work();
      this.changed();
    });
  }

  #claim(): void {
    if (this.draft.trim() === '') return;
    void this.#change(async () => {
      await this.app.api.json('POST', '/api/security/domains', { body: { domain: this.draft } });
      this.draft = '';
    });
  }

  #verify(domain: string): void {
    void this.#change(async () => {
      await this.app.api.json('POST', `/api/security/domains/${domain}/verify`, { body: {} });
      this.app.notify(`${domain} is verified.`, 'success');
    });
  }

  async #remove(domain: string): Promise<void> {
    const agreed = await this.app.confirm({
      title: `Give up ${domain}?`,
      message: 'New people with addresses of this domain cannot come in by single sign-on any more.',
      confirm: 'Give up',
      danger: true,
    });
    if (agreed) await this.#change(() => this.app.api.json('DELETE', `/api/security/domains/${domain}`));
  }

  override render() {
    const error = this.#submission.errors.get('/domain') ?? '';
    return html`<section class="card stack" aria-labelledby="domains">
      <h2 id="domains">Domains</h2>
      <p class="muted">
        Your identity provider speaks only for addresses of domains that you have shown to own, by a record in their DNS.
      </p>
      ${
        this.domains.length === 0
          ? nothing
          : html`<ul class="list rows">
              ${this.domains.map((one) => this.#row(one))}
            </ul>`
      }
      <div class="add" @keydown=${submitOnEnter(() => this.#claim())}>
        <vaadin-text-field
          label="Domain"
          placeholder="acme.com"
          autocapitalize="none"
          manual-validation
          .value=${this.draft}
          ?invalid=${error !== ''}
          .errorMessage=${error}
          @input=${(event: Event) => {
            this.draft = (event.currentTarget as HTMLInputElement).value;
          }}
        ></vaadin-text-field>
        <vaadin-button ?disabled=${this.#submission.busy} @click=${() => this.#claim()}>Add domain</vaadin-button>
      </div>
    </section>`;
  }

  #row({ domain, verifiedAt, record }: DomainView) {
    return html`<li>
      <p class="row">
        <strong>${domain}</strong>
        ${
          verifiedAt === null
            ? html`<span class="chip warning">Not verified</span>`
            : html`<span class="chip success">Verified ${formatDay(verifiedAt)}</span>`
        }
      </p>
      <span class="actions">
        ${
          verifiedAt === null
            ? html`<vaadin-button theme="small primary" ?disabled=${this.#submission.busy} @click=${() => this.#verify(domain)}>
                Verify
              </vaadin-button>`
            : nothing
        }
        <vaadin-button
          theme="small error"
          aria-label="Give up ${domain}"
          ?disabled=${this.#submission.busy}
          @click=${() => this.#remove(domain)}
        >
          Give up
        </vaadin-button>
      </span>
      ${
        verifiedAt === null
          ? html`<dl class="facts">
              <dt>TXT record at</dt>
              <dd><code>${record.name}</code></dd>
              <dt>Value</dt>
              <dd><code>${record.value}</code></dd>
            </dl>`
          : nothing
      }
    </li>`;
  }
}

customElements.define('bz-domains-panel', DomainsPanel);
