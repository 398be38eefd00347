import '@vaadin/dialog';
import { formatDay, formErrors, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import { html, nothing } from 'lit';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
import { requestList } from './request-list.ts';
import { isConfirmed, typedConfirmation } from './typed-confirmation.ts';
import { isUnderWay, type PrivacyRequest } from './types.ts';

interface Overview extends Page<PrivacyRequest> {
  onlyOwnerOf: { slug: string; name: string }[];
  mayDeleteNow: boolean;
}

const LOOK_AGAIN_MS = 1_500;

/** A person's own data: have it, or have it deleted. */
class OwnPrivacy extends AppElement {
  static override properties = {
    ...AppElement.properties,
    busy: { state: true },
    asking: { state: true },
    typed: { state: true },
    atOnce: { state: true },
    problem: { state: true },
  };

  static override styles = pageStyles;

  declare busy: boolean;
  declare asking: boolean;
  declare typed: string;
  declare atOnce: boolean;
  declare problem: string | null;

  readonly #overview = new Reading<Overview>(this, () =>
    this.app.api.json<Overview>('GET', '/api/account/privacy?limit=20'),
  );

  constructor() {
    super();
    this.busy = false;
    this.asking = false;
    this.typed = '';
    this.atOnce = false;
    this.problem = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const timer = setInterval(() => {
      if (this.#overview.value?.items.some(isUnderWay) && !this.#overview.busy) void this.#overview.run();
    }, LOOK_AGAIN_MS);
    this.whileConnected(() => clearInterval(timer));
  }

  async #do(work: () => Promise<string>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      this.app.notify(await work(), 'success');
      this.asking = false;
      await this.#overview.run();
    } catch (error) {
      this.problem = formErrors(error).get('/confirm') ?? problemMessage(error);
      if (!this.asking) this.app.notify(this.problem, 'error');
    } finally {
      this.busy = false;
    }
  }

  #export = () =>
    this.#do(async () => {
      await this.app.api.json('POST', '/api/account/privacy/exports', { body: {} });
      return 'Your data is being collected. An e-mail tells you when it is ready.';
    });

  #delete = () =>
    this.#do(async () => {
      const body = { confirm: this.typed, when: this.atOnce ? 'now' : 'after-grace' };
      await this.app.api.json('POST', '/api/account/privacy/deletion', { body });
      return this.atOnce ? 'Your account is being deleted.' : 'Your account will be deleted in 30 days.';
    });

  #keep = () =>
    this.#do(async () => {
      await this.app.api.json('DELETE', '/api/account/privacy/deletion', { body: {} });
      return 'Your account stays.';
    });

  override render() {
    const { value, failure } = this.#overview;
    if (!value) return failure === null ? loadingState('your data') : failureState(failure, () => this.#overview.run());
    const planned = value.items.find(({ kind, state }) => kind === 'erasure' && state === 'scheduled');
    return html`<div class="page narrow">
      <header class="page-header">
        <div>
          <h1>Your data</h1>
          <p class="subtitle">Have what the platform knows about you, or have it forgotten.</p>
        </div>
      </header>
      ${
        planned
          ? html`<p class="banner warning" role="status">
              <bazaar-icon name="triangle-alert"></bazaar-icon>
              <span>Your account will be deleted on ${formatDay(planned.dueAt)}.</span>
              <vaadin-button theme="small" ?disabled=${this.busy} @click=${this.#keep}>Keep my account</vaadin-button>
            </p>`
          : nothing
      }
      <section class="card stack">
        <h2>Export</h2>
        <p>
          An archive of everything that is known about you in all of your workspaces and their plugins: JSON files that any
          program can read, and the files themselves. It takes a moment; a letter with a link tells when it is there.
        </p>
        <div class="actions">
          <vaadin-button theme="primary" ?disabled=${this.busy} @click=${this.#export}>Export my data</vaadin-button>
        </div>
      </section>
      ${value.items.length === 0 ? nothing : requestList(this.app, value.items)}
      ${planned ? nothing : this.#deletion(value)} ${this.#dialog(value)}
    </div>`;
  }

  #deletion({ onlyOwnerOf }: Overview) {
    return html`<section class="card stack">
      <h2>Delete your account</h2>
      <p>
        Your account, your sign-ins and what plugins know about you are deleted. What you wrote about others stays without
        your name; what the law demands to keep no longer leads to you.
      </p>
      ${
        onlyOwnerOf.length > 0
          ? html`<p class="banner">
              <bazaar-icon name="crown"></bazaar-icon>
              <span>
                You are the only owner of ${onlyOwnerOf.map(({ name }) => name).join(', ')}. Make somebody else an owner
                first, or delete the workspace.
              </span>
            </p>`
          : html`<div class="actions">
              <vaadin-button
                theme="error"
                @click=${() => {
                  this.typed = '';
                  this.atOnce = false;
                  this.problem = null;
                  this.asking = true;
                }}
              >
                Delete my account…
              </vaadin-button>
            </div>`
      }
    </section>`;
  }

  #dialog({ mayDeleteNow }: Overview) {
    const { typed, atOnce, problem, busy } = this;
    const email = this.app.shell.data?.user.email ?? '';
    return html`<vaadin-dialog
      no-close-on-outside-click
      header-title="Delete your account"
      .opened=${this.asking}
      @opened-changed=${(event: CustomEvent<{ value: boolean }>) => {
        this.asking = event.detail.value;
      }}
      ${dialogRenderer(
        () => html`<div style="display: grid; gap: 1rem; max-width: 26rem">
          <p style="margin: 0">
            ${
              atOnce
                ? 'Your account is deleted at once. This cannot be undone.'
                : 'Your account is deleted in 30 days. Until then you can change your mind.'
            }
          </p>
          ${
            mayDeleteNow
              ? html`<vaadin-checkbox
                  label="Delete at once"
                  .checked=${atOnce}
                  @checked-changed=${(event: CustomEvent<{ value: boolean }>) => {
                    this.atOnce = event.detail.value;
                  }}
                ></vaadin-checkbox>`
              : nothing
          }
          ${typedConfirmation({
            expected: email,
            typed,
            problem,
            changed: (text) => {
              this.typed = text;
            },
          })}
        </div>`,
        [typed, atOnce, problem, mayDeleteNow],
      )}
      ${dialogFooterRenderer(
        () => html`
          <vaadin-button
            theme="tertiary"
            @click=${() => {
              this.asking = false;
            }}
          >
            Cancel
          </vaadin-button>
          <vaadin-button
            theme="primary error"
            ?disabled=${busy || !isConfirmed({ expected: email, typed })}
            @click=${this.#delete}
          >
            Delete my account
          </vaadin-button>
        `,
        [typed, busy, email],
      )}
    ></vaadin-dialog>`;
  }
}

customElements.define('bz-own-privacy', OwnPrivacy);
