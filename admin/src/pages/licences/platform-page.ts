import { debounce, formatDay, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import type { Source } from '../../app/source.ts';
import { failureState } from '../../shell/states.ts';
import { licenceChip } from '../plugins/describe.ts';
import { chip } from '../plugins/parts.ts';
import { Reading } from '../reading.ts';
import { sourceText } from './describe.ts';
import { type OperatorWork, operatorDialog } from './operator-dialog.ts';
import { emptyView, orphansRow, usageRow, VIEWS, type View } from './platform-parts.ts';
import type { OrphansView, PlatformLicenceView, PluginUsageView } from './types.ts';

const PATHS: Record<View, string> = {
  all: '/api/platform/licences',
  expiring: '/api/platform/licences/expiring',
  usage: '/api/platform/licences/usage',
  orphans: '/api/platform/licences/orphans',
};

type Item = PlatformLicenceView | PluginUsageView | OrphansView;

/** The licences of all workspaces, for operators: what ends soon, what is used, what nothing refers to any more. */
class PlatformLicences extends AppElement {
  static override properties = {
    ...AppElement.properties,
    work: { state: true },
    busy: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      .list > li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--bz-space-1) var(--bz-space-4);
        align-items: center;
      }
      .list h2 {
        font-size: var(--bz-text-m);
        overflow-wrap: anywhere;
      }
      .list .actions {
        grid-row: 1 / span 2;
        grid-column: 2;
      }
      @media (max-width: 640px) {
        .list .actions {
          grid-row: auto;
          grid-column: 1;
        }
      }
    `,
  ];

  declare work: OperatorWork | null;
  declare busy: boolean;

  #search = '';
  #cursor: string | undefined;
  #shown: View | undefined;

  readonly #reading = new Reading<Item[]>(this, async () => {
    const page = await this.#page();
    this.#cursor = page.nextCursor;
    return page.items;
  });

  readonly #searchSoon = debounce(() => void this.#reading.run());

  constructor() {
    super();
    this.work = null;
    this.busy = false;
  }

  protected override observed(): readonly Source[] {
    return [this.app.router];
  }

  get #view(): View {
    const wanted = new URLSearchParams(this.app.router.location.query).get('view') ?? '';
    return Object.hasOwn(VIEWS, wanted) ? (wanted as View) : 'all';
  }

  #page(cursor?: string): Promise<Page<Item>> {
    const query = new URLSearchParams({ limit: '50' });
    if (cursor !== undefined) query.set('cursor', cursor);
    if (this.#view === 'all' && this.#search !== '') query.set('tenant', this.#search);
    return this.app.api.json<Page<Item>>('GET', `${PATHS[this.#view]}?${query}`);
  }

  async #more(): Promise<void> {
    try {
      const page = await this.#page(this.#cursor);
      this.#cursor = page.nextCursor;
      this.#reading.value = [...(this.#reading.value ?? []), ...page.items];
      this.requestUpdate();
    } catch (error) {
      this.app.notify(problemMessage(error), 'error');
    }
  }

  override willUpdate(): void {
    const view = this.#view;
    if (this.#shown !== undefined && this.#shown !== view) {
      this.#reading.clear();
      void this.#reading.run();
    }
    this.#shown = view;
  }

  #ask(kind: OperatorWork['kind'], licence: PlatformLicenceView): void {
    this.work = { kind, licence, days: 14, seats: licence.seats?.limit ?? null, reason: '' };
  }

  async #do({ kind, licence, days, seats, reason }: OperatorWork): Promise<void> {
    this.busy = true;
    const path = `/api/platform/licences/${licence.tenant.slug}/${licence.plugin}/${kind}`;
    const bodies = { 'extend-trial': { days }, revoke: { reason }, reactivate: { reason }, grant: { reason, seats } };
    try {
      await this.app.api.json(kind === 'grant' ? 'PUT' : 'POST', path, { body: bodies[kind] });
      this.work = null;
      this.app.notify(`Done: ${licence.plugin} of ${licence.tenant.name}.`, 'success');
      await this.#reading.run();
    } catch (error) {
      this.app.notify(problemMessage(error), 'error');
    }
    this.busy = false;
  }

  override render() {
    const { value, failure } = this.#reading;
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Licences</h1>
          <p class="subtitle">Of all workspaces on this platform.</p>
        </div>
      </header>
      <nav class="tabs" aria-label="Views">
        ${Object.entries(VIEWS).map(
          ([view, title]) =>
            html`<a
              href="/platform/licences${view === 'all' ? '' : `?view=${view}`}"
              aria-current=${view === this.#view ? 'page' : nothing}
              >${title}</a
            >`,
        )}
      </nav>
      ${this.#view === 'all' ? this.#searchField() : nothing}
      ${failure !== null ? failureState(failure, () => this.#reading.run()) : value ? this.#list(value) : this.#skeleton()}
      ${operatorDialog({
        work: this.work,
        busy: this.busy,
        changed: (change) => {
          if (this.work) this.work = { ...this.work, ...change };
        },
        close: () => {
          this.work = null;
        },
        submit: (work) => void this.#do(work),
      })}
    </div>`;
  }

  #searchField() {
    return html`<div class="toolbar" role="search" aria-label="Find a workspace">
      <vaadin-text-field
        class="grow"
        label="Workspace"
        placeholder="Name or address"
        clear-button-visible
        .value=${this.#search}
        @input=${(event: Event) => {
          this.#search = (event.currentTarget as HTMLInputElement).value.trim();
          this.#searchSoon();
        }}
      ></vaadin-text-field>
    </div>`;
  }

  #list(items: readonly Item[]) {
    if (items.length === 0) return emptyView(this.#view);
    return html`
      <ul class="list card flush">
        ${items.map((item) => html`<li>${this.#item(item)}</li>`)}
      </ul>
      ${
        this.#cursor === undefined
          ? nothing
          : html`<div class="row"><vaadin-button @click=${() => this.#more()}>Show more</vaadin-button></div>`
      }
    `;
  }

  #item(item: Item) {
    if ('tenant' in item) return this.#licence(item);
    return 'rows' in item ? orphansRow(item) : usageRow(item);
  }

  #licence(licence: PlatformLicenceView) {
    const { tenant, plugin, state, plan, expiresAt, seats, revokedReason } = licence;
    const button = (kind: OperatorWork['kind'], text: string) =>
      html`<vaadin-button
        theme="small"
        aria-label="${text}: ${plugin} of ${tenant.name}"
        @click=${() => this.#ask(kind, licence)}
      >
        ${text}
      </vaadin-button>`;
    return html`
      <h2>${tenant.name} <span class="muted">· ${plugin}</span></h2>
      <p class="row small muted">
        ${chip(licenceChip({ state, plan, validUntil: expiresAt }, Date.now()))}
        <span>${sourceText(licence)}${expiresAt === null ? '' : `, until ${formatDay(expiresAt)}`}</span>
        ${seats ? html`<span class="number">${seats.taken} of ${seats.limit} seats</span>` : nothing}
        ${revokedReason === null ? nothing : html`<span>Reason: ${revokedReason}</span>`}
      </p>
      <div class="actions">
        ${licence.kind === 'trial' && state !== 'revoked' ? button('extend-trial', 'Extend trial') : nothing}
        ${state === 'revoked' ? button('reactivate', 'Reactivate') : button('revoke', 'Revoke')}
        ${button('grant', 'Give licence')}
      </div>
    `;
  }

  #skeleton() {
    return html`<div class="stack" role="status" aria-label="Loading">
      <span class="skeleton block"></span><span class="skeleton block"></span>
    </div>`;
  }
}

customElements.define('bz-platform-licences', PlatformLicences);
