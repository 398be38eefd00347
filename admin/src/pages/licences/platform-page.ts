import { FilteredListing, formatDay, listingState, pageStyles } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { readPage } from '../../api/read-page.ts';
import { AppElement } from '../../app/app-element.ts';
import type { Source } from '../../app/source.ts';
import { filterAddress } from '../../routing/filter-address.ts';
import { revealTab } from '../../shell/tabs.ts';
import { licenceChip } from '../plugins/describe.ts';
import { chip } from '../plugins/parts.ts';
import { Submission } from '../submission.ts';
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

const NOUNS: Record<View, readonly [one: string, many: string]> = {
  all: ['licence', 'licences'],
  expiring: ['licence', 'licences'],
  usage: ['plugin', 'plugins'],
  orphans: ['plugin', 'plugins'],
};

type Item = PlatformLicenceView | PluginUsageView | OrphansView;

/** The licences of all workspaces, for operators: what ends soon, what is used, what nothing refers to any more. */
class PlatformLicences extends AppElement {
  static override properties = {
    ...AppElement.properties,
    work: { state: true },
  };

  static override styles = pageStyles;

  declare work: OperatorWork | null;

  #shown: View | undefined;

  readonly #items = new FilteredListing<Item, { view?: string; tenant?: string }>(
    this,
    {},
    ({ tenant }, page) =>
      readPage(this.app.api, PATHS[this.#view], page, this.#view === 'all' && tenant ? { tenant } : {}),
    filterAddress(this, '/platform/licences', ['view', 'tenant']),
  );

  readonly #submission = new Submission(this);

  constructor() {
    super();
    this.work = null;
  }

  protected override observed(): readonly Source[] {
    return [this.app.router];
  }

  get #view(): View {
    const wanted = new URLSearchParams(this.app.router.location.query).get('view') ?? '';
    return Object.hasOwn(VIEWS, wanted) ? (wanted as View) : 'all';
  }

  override willUpdate(): void {
    const view = this.#view;
    // What is listed next is of another kind.
    if (this.#shown !== undefined && this.#shown !== view) this.#items.clear();
    this.#shown = view;
  }

  #ask(kind: OperatorWork['kind'], licence: PlatformLicenceView): void {
    this.work = { kind, licence, days: 14, seats: licence.seats?.limit ?? null, reason: '' };
  }

  #do({ kind, licence, days, seats, reason }: OperatorWork): void {
    const path = `/api/platform/licences/${licence.tenant.slug}/${licence.plugin}/${kind}`;
    const bodies = { 'extend-trial': { days }, revoke: { reason }, reactivate: { reason }, grant: { reason, seats } };
    void this.#submission.run(async () => {
      await this.app.api.json(kind === 'grant' ? 'PUT' : 'POST', path, { body: bodies[kind] });
      this.work = null;
      this.app.notify(`Done: ${licence.plugin} of ${licence.tenant.name}.`, 'success');
      await this.#items.refresh();
    });
  }

  override render() {
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
              ${view === this.#view ? ref(revealTab) : nothing}
              >${title}</a
            >`,
        )}
      </nav>
      ${this.#view === 'all' ? this.#searchField() : nothing}
      ${listingState(this.#items, {
        noun: NOUNS[this.#view],
        none: () => emptyView(this.#view),
        show: (items) =>
          html`<ul class="list rows card flush">${items.map((item) => html`<li>${this.#item(item)}</li>`)}</ul>`,
      })}
      ${operatorDialog({
        work: this.work,
        busy: this.#submission.busy,
        changed: (change) => {
          if (this.work) this.work = { ...this.work, ...change };
        },
        close: () => {
          this.work = null;
        },
        submit: (work) => this.#do(work),
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
        .value=${this.#items.filter.tenant ?? ''}
        @input=${(event: Event) => {
          this.#items.type('tenant', (event.currentTarget as HTMLInputElement).value.trim());
        }}
      ><bazaar-icon name="search" slot="prefix"></bazaar-icon></vaadin-text-field>
    </div>`;
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
      <div class="stack tight">
      <h2>${tenant.name} <span class="muted">· ${plugin}</span></h2>
      <p class="row small muted">
        ${chip(licenceChip({ state, plan, validUntil: expiresAt }, Date.now()))}
        <span>${sourceText(licence)}${expiresAt === null ? '' : `, until ${formatDay(expiresAt)}`}</span>
        ${seats ? html`<span class="number">${seats.taken} of ${seats.limit} seats</span>` : nothing}
        ${revokedReason === null ? nothing : html`<span>Reason: ${revokedReason}</span>`}
      </p>
      </div>
      <div class="actions">
        ${licence.kind === 'trial' && state !== 'revoked' ? button('extend-trial', 'Extend trial') : nothing}
        ${state === 'revoked' ? button('reactivate', 'Reactivate') : button('revoke', 'Revoke')}
        ${button('grant', 'Give licence')}
      </div>
    `;
  }
}

customElements.define('bz-platform-licences', PlatformLicences);
