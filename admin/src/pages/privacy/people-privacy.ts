import './workspace-deletion.ts';
import { counted, formErrors, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { failureState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
import { requestList } from './request-list.ts';
import { isConfirmed, typedConfirmation } from './typed-confirmation.ts';
import { isUnderWay, type PrivacyRequest } from './types.ts';

interface Preview {
  member: boolean;
  parts: {
    title: string;
    state: 'ready' | 'waiting' | 'undeclared';
    files: number;
    collections: { title: string; count: number }[];
  }[];
}

const LOOK_AGAIN_MS = 1_500;

/** What the workspace knows of a person, member or not: find it, export it, have it forgotten. */
class PeoplePrivacy extends AppElement {
  static override properties = {
    ...AppElement.properties,
    email: { state: true },
    preview: { state: true },
    confirming: { state: true },
    typed: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  static override styles = pageStyles;

  declare email: string;
  declare preview: (Preview & { email: string }) | null;
  declare confirming: boolean;
  declare typed: string;
  declare problem: string | null;
  declare busy: boolean;

  readonly #requests = new Reading<Page<PrivacyRequest>>(this, () =>
    this.app.api.json<Page<PrivacyRequest>>('GET', '/api/privacy/requests?limit=50'),
  );

  constructor() {
    super();
    this.email = '';
    this.preview = null;
    this.confirming = false;
    this.typed = '';
    this.problem = null;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const timer = setInterval(() => {
      if (this.#requests.value?.items.some(isUnderWay) && !this.#requests.busy) void this.#requests.run();
    }, LOOK_AGAIN_MS);
    this.whileConnected(() => clearInterval(timer));
  }

  async #do(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      await work();
    } catch (error) {
      const errors = formErrors(error);
      this.problem = errors.get('/email') ?? errors.get('/confirm') ?? problemMessage(error);
    } finally {
      this.busy = false;
    }
  }

  #search = () =>
    this.#do(async () => {
      const email = this.email.trim();
      this.preview = null;
      this.confirming = false;
      const found = await this.app.api.json<Preview>('POST', '/api/privacy/preview', { body: { email } });
      this.preview = { ...found, email };
    });

  #export = (email: string) =>
    this.#do(async () => {
      await this.app.api.json('POST', '/api/privacy/exports', { body: { email } });
      this.app.notify('The data is being collected. An e-mail tells you when it is ready.', 'success');
      await this.#requests.run();
    });

  #erase = (email: string) =>
    this.#do(async () => {
      await this.app.api.json('POST', '/api/privacy/erasures', { body: { email, confirm: this.typed } });
      this.app.notify('The person is being erased.', 'success');
      this.preview = null;
      this.confirming = false;
      this.email = '';
      await this.#requests.run();
    });

  override render() {
    const { value, failure } = this.#requests;
    return html`<div class="page narrow">
      <header class="page-header">
        <div>
          <h1>Privacy</h1>
          <p class="subtitle">
            Answer people who ask what your workspace knows about them, or who want to be forgotten – members, candidates,
            contacts.
          </p>
        </div>
      </header>
      ${this.#form()} ${this.preview ? this.#found(this.preview) : nothing}
      <h2>Requests</h2>
      ${failure !== null ? failureState(failure, () => this.#requests.run()) : this.#list(value)}
      <bz-workspace-deletion .app=${this.app}></bz-workspace-deletion>
    </div>`;
  }

  #list(value: Page<PrivacyRequest> | null) {
    if (!value) return html`<span class="skeleton block" role="status" aria-label="Loading requests"></span>`;
    if (value.items.length > 0) return requestList(this.app, value.items);
    return html`<div class="empty">
      <bazaar-icon name="shield-check"></bazaar-icon>
      <h3>Nobody has asked yet</h3>
      <p>Exports and erasures appear here with their progress, and later with their certificate.</p>
    </div>`;
  }

  #form() {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && this.email.trim() !== '') void this.#search();
    };
    return html`<div class="toolbar" role="search" aria-label="Find a person">
      <vaadin-email-field
        class="grow"
        label="E-mail address of the person"
        .value=${this.email}
        .invalid=${this.problem !== null && !this.confirming}
        .errorMessage=${this.problem ?? ''}
        @value-changed=${(event: CustomEvent<{ value: string }>) => {
          this.email = event.detail.value;
        }}
        @keydown=${onKey}
      ></vaadin-email-field>
      <vaadin-button theme="primary" ?disabled=${this.busy || this.email.trim() === ''} @click=${this.#search}>
        Find what is known
      </vaadin-button>
    </div>`;
  }

  #found({ email, member, parts }: Preview & { email: string }) {
    const known = parts.filter(({ collections, files, state }) => collections.length + files > 0 || state !== 'ready');
    return html`<section class="card stack" aria-label="What is known of ${email}" aria-live="polite">
      <div class="row between">
        <h2>${email}</h2>
        ${member ? html`<span class="chip info">Member</span>` : nothing}
      </div>
      ${
        known.length === 0
          ? html`<p class="muted">
              ${member ? 'Nothing beyond the account and its sign-ins.' : 'No plugin knows this address.'}
            </p>`
          : html`<dl class="facts">
              ${known.map(
                ({ title, state, collections, files }) => html`<dt>${title}</dt>
                  <dd>
                    ${
                      state === 'ready'
                        ? [
                            ...collections.map((one) => `${one.title} (${one.count})`),
                            ...(files > 0 ? [counted(files, 'file')] : []),
                          ].join(', ')
                        : state === 'waiting'
                          ? 'Does not run now; it is asked as soon as it does.'
                          : 'Keeps data and does not say whether it is about people.'
                    }
                  </dd>`,
              )}
            </dl>`
      }
      ${this.confirming ? this.#confirmation(email) : this.#actions(email)}
    </section>`;
  }

  #actions(email: string) {
    return html`<div class="actions">
      <vaadin-button ?disabled=${this.busy} @click=${() => this.#export(email)}>Export</vaadin-button>
      <vaadin-button
        theme="error"
        @click=${() => {
          this.typed = '';
          this.problem = null;
          this.confirming = true;
        }}
      >
        Erase…
      </vaadin-button>
    </div>`;
  }

  #confirmation(email: string) {
    return html`<p class="banner danger">
        <bazaar-icon name="triangle-alert"></bazaar-icon>
        <span>All of this is deleted for ever, in every plugin. Files, too.</span>
      </p>
      ${typedConfirmation({
        expected: email,
        typed: this.typed,
        problem: this.problem,
        changed: (typed) => {
          this.typed = typed;
        },
      })}
      <div class="actions">
        <vaadin-button
          theme="primary error"
          ?disabled=${this.busy || !isConfirmed({ expected: email, typed: this.typed })}
          @click=${() => this.#erase(email)}
        >
          Erase for ever
        </vaadin-button>
        <vaadin-button
          theme="tertiary"
          @click=${() => {
            this.confirming = false;
          }}
        >
          Cancel
        </vaadin-button>
      </div>`;
  }
}

customElements.define('bz-people-privacy', PeoplePrivacy);
