import { emptyState, Listing, listingState, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing, type PropertyValues } from 'lit';
import { readPage } from '../../api/read-page.ts';
import { AppElement } from '../../app/app-element.ts';
import { UnsavedWork } from '../../leaving/unsaved-work.ts';
import { Reading } from '../reading.ts';
import { permissionStyles } from '../roles/permission-choice.ts';
import type { PermissionGroup } from '../roles/types.ts';
import { Submission } from '../submission.ts';
import { EMPTY_KEY, isFilledIn, type KeyDraft, keyEditor } from './key-editor.ts';
import { type ApiKey, keyRow } from './key-row.ts';

const DAY_MS = 86_400_000;

/** Keys with which tools call the API. */
class ApiKeys extends AppElement {
  static override properties = {
    ...AppElement.properties,
    draft: { state: true },
    made: { state: true },
  };

  static override styles = [
    pageStyles,
    permissionStyles,
    css`
      .secret {
        display: block;
        padding: var(--bz-space-3);
        border-radius: var(--bz-radius-m);
        background: var(--bz-surface-2);
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];

  declare draft: KeyDraft | null;
  /** The key that has just been made: shown until it is put away, and never again. */
  declare made: string | null;

  readonly #keys = new Listing<ApiKey>(this, (page) => readPage(this.app.api, '/api/keys', page));
  readonly #groups = new Reading(this, () =>
    this.app.api.json<{ items: PermissionGroup[] }>('GET', '/api/permissions'),
  );

  readonly #submission = new Submission(this, (pointer) => pointer === '/name');

  constructor() {
    super();
    this.draft = null;
    this.made = null;
    const isDrafted = () => this.draft !== null && isFilledIn(this.draft);
    const leaving = () =>
      this.made === null
        ? { title: 'Leave without the key?', message: 'It has not been made yet.' }
        : { title: 'Leave without the key?', message: 'It is not shown again. If you have not kept it, revoke it.' };
    new UnsavedWork(this, () => this.made !== null || isDrafted(), leaving);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#keys.restart();
  }

  /** What was pressed goes with the part it stood in: the focus moves on to what takes its place. */
  override updated(changed: PropertyValues<this>): void {
    const isMade = changed.has('made') && this.made !== null;
    const isOver = Boolean(changed.get('draft') ?? changed.get('made')) && this.draft === null && this.made === null;
    if (isMade) this.renderRoot.querySelector<HTMLElement>('#copy')?.focus();
    else if (isOver) this.renderRoot.querySelector<HTMLElement>('#new')?.focus();
  }

  readonly #titleOf = (permission: string): string => {
    const all = (this.#groups.value?.items ?? []).flatMap(({ permissions }) => permissions);
    return all.find(({ name }) => name === permission)?.title ?? permission;
  };

  #change(work: () => Promise<void>): Promise<void> {
    return this.#submission.run(async () => {
      await work();
      await this.#keys.refresh();
    });
  }

  #create({ name, permissions, days }: KeyDraft): void {
    const expiresAt = days === 'never' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    void this.#change(async () => {
      const body = { name, permissions, expiresAt };
      const { key } = await this.app.api.json<{ key: string }>('POST', '/api/keys', { body });
      this.draft = null;
      this.made = key;
    });
  }

  async #revoke({ id, name }: ApiKey): Promise<void> {
    const agreed = await this.app.confirm({
      title: `Revoke ${name}?`,
      message: 'Whatever uses this key stops working at once. It cannot be brought back.',
      confirm: 'Revoke',
      danger: true,
    });
    if (!agreed) return;
    await this.#change(async () => {
      await this.app.api.json('DELETE', `/api/keys/${id}`);
      this.app.notify(`${name} is revoked.`, 'success');
    });
  }

  override render() {
    const idle = this.draft === null && this.made === null;
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>API keys</h1>
          <p class="subtitle">A key lets a tool call the API in the name of who made it, with the permissions it was given.</p>
        </div>
        ${
          idle
            ? html`<div class="actions">
                <vaadin-button
                  id="new"
                  theme="primary"
                  @click=${() => {
                    this.#submission.forget();
                    this.draft = EMPTY_KEY;
                  }}
                >
                  <bazaar-icon name="plus" slot="prefix"></bazaar-icon>New key
                </vaadin-button>
              </div>`
            : nothing
        }
      </header>
      ${this.made === null ? nothing : this.#secret(this.made)} ${this.draft === null ? nothing : this.#editor(this.draft)}
      ${listingState(this.#keys, {
        noun: ['key', 'keys'],
        none: () => emptyState('key-round', 'No keys', 'Make one when a tool of yours is to call the API.'),
        show: (items) => html`<ul class="list rows card flush">
            ${items.map((key) =>
              keyRow(key, {
                busy: this.#submission.busy,
                titleOf: this.#titleOf,
                revoke: () => void this.#revoke(key),
              }),
            )}
          </ul>`,
      })}
    </div>`;
  }

  #secret(key: string) {
    return html`<section class="card stack" role="status" aria-label="The new key">
      <h2>Copy the key now</h2>
      <p>It is not shown again. Keep it where you keep passwords.</p>
      <code class="secret">${key}</code>
      <div class="actions">
        <vaadin-button id="copy" theme="primary" @click=${() => this.#copy(key)}>
          <bazaar-icon name="copy" slot="prefix"></bazaar-icon>Copy
        </vaadin-button>
        <vaadin-button
          @click=${() => {
            this.made = null;
          }}
        >
          I have kept it
        </vaadin-button>
      </div>
    </section>`;
  }

  async #copy(key: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(key);
      this.app.notify('Copied.', 'success');
    } catch {
      // Not allowed here, e.g. without https: it can be selected.
      this.app.notify('Select the key and copy it yourself: this browser does not let us.', 'info');
    }
  }

  #editor(draft: KeyDraft) {
    const held = this.app.shell.data?.user.permissions ?? [];
    const groups = (this.#groups.value?.items ?? [])
      .map((group) => ({ ...group, permissions: group.permissions.filter(({ name }) => held.includes(name)) }))
      .filter(({ permissions }) => permissions.length > 0);
    return keyEditor({
      draft,
      groups,
      busy: this.#submission.busy,
      error: this.#submission.errors.get('/name') ?? '',
      changed: (change) => {
        this.draft = change;
      },
      close: () => {
        this.draft = null;
      },
      submit: () => this.#create(draft),
    });
  }
}

customElements.define('bz-api-keys', ApiKeys);
