import '@vaadin/grid';
import { dateWords, formatMoment, NarrowScreen, pageStyles } from '@bazaar/sdk/ui';
import { columnBodyRenderer } from '@vaadin/grid/lit.js';
import { css, html, nothing } from 'lit';
import type { AuditEntry, Page } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import type { Source } from '../app/source.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';
import { failureState } from '../shell/states.ts';
import { type AuditFilter, auditQuery, filterIn, filterQuery, NO_FILTER } from './audit-query.ts';
import { Pager, pagerButtons } from './pager.ts';

/** The operator of the platform who acted as the person, where there was one. */
function operatorIn({ impersonator }: AuditEntry['detail']): { id: string; name: string } | null {
  const isOne =
    typeof impersonator === 'object' && impersonator !== null && 'id' in impersonator && 'name' in impersonator;
  return isOne ? { id: String(impersonator.id), name: String(impersonator.name) } : null;
}

/** Who did it, and in whose name. */
function actorName({ actor: { kind, id, name }, detail }: Pick<AuditEntry, 'actor' | 'detail'>): string {
  const operator = operatorIn(detail);
  if (operator && operator.id === id) return `${operator.name} (operator)`;
  const others = { user: 'A former member', visitor: 'A visitor', plugin: 'A plugin', system: 'The platform' };
  const shown = name || others[kind];
  return operator ? `${shown} (by ${operator.name}, operator)` : shown;
}

const PATH = '/admin/audit';

/** Who did what. */
class Audit extends AppElement {
  static override properties = { ...AppElement.properties, opened: { state: true } };

  static override styles = [
    pageStyles,
    css`
      vaadin-grid {
        height: auto;
        min-height: 12rem;
      }
      code {
        overflow-wrap: anywhere;
      }
      time {
        white-space: normal;
      }
      pre {
        margin: 0;
        font: var(--bz-text-s) var(--bz-mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare opened: AuditEntry | null;

  /** The query of the address whose entries are listed. */
  #shown: string | null = null;

  readonly #narrow = new NarrowScreen(this);

  readonly #entries = new Pager<AuditEntry>(this, (cursor) =>
    this.app.api.json<Page<AuditEntry>>('GET', `/api/audit?${auditQuery(this.#filter, cursor)}`),
  );

  constructor() {
    super();
    this.opened = null;
  }

  protected override observed(): readonly Source[] {
    return [this.app.router];
  }

  get #filter(): AuditFilter {
    return filterIn(this.app.router.location.query);
  }

  override willUpdate(): void {
    const { pathname, query } = this.app.router.location;
    if (pathname !== PATH) return;
    if (this.#shown !== null && this.#shown !== query) {
      this.opened = null;
      void this.#entries.restart();
    }
    this.#shown = query;
  }

  #search(change: Partial<AuditFilter>): void {
    this.app.router.navigate(`${PATH}${filterQuery({ ...this.#filter, ...change })}`, { replace: true });
  }

  override render() {
    const { value, failure } = this.#entries;
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Audit log</h1>
          <p class="subtitle">Every change in this workspace: who made it, when, and from where. It cannot be edited.</p>
        </div>
      </header>
      ${this.#filters()}
      ${failure !== null ? failureState(failure, () => this.#entries.run()) : value ? this.#table(value) : this.#skeleton()}
    </div>`;
  }

  #filters() {
    const filter = this.#filter;
    const shell = this.app.shell.data;
    const ids = [
      ...new Set([
        ...(shell?.plugins ?? []).map(({ id }) => id),
        ...(shell?.screens ?? []).map(({ plugin }) => plugin),
      ]),
    ];
    const plugins = [{ value: 'all', label: 'All' }, ...ids.map((id) => ({ value: id, label: pluginName(shell, id) }))];
    const onChange = (field: keyof AuditFilter) => (event: Event) =>
      this.#search({ [field]: (event.currentTarget as HTMLInputElement).value });
    return html`<div class="toolbar" role="search" aria-label="Filter the log">
      <vaadin-select label="Plugin" .items=${plugins} .value=${filter.plugin} @change=${onChange('plugin')}></vaadin-select>
      <vaadin-text-field
        label="Action"
        placeholder="e.g. plugin.disabled"
        clear-button-visible
        .value=${filter.action}
        @change=${onChange('action')}
      ></vaadin-text-field>
      <vaadin-date-picker .i18n=${dateWords} label="From" clear-button-visible .value=${filter.from} @change=${onChange('from')}></vaadin-date-picker>
      <vaadin-date-picker .i18n=${dateWords} label="To" clear-button-visible .value=${filter.to} @change=${onChange('to')}></vaadin-date-picker>
      ${
        filterQuery(filter) !== ''
          ? html`<vaadin-button theme="tertiary" @click=${() => this.#search(NO_FILTER)}>Clear filters</vaadin-button>`
          : nothing
      }
    </div>`;
  }

  #table({ items }: Page<AuditEntry>) {
    if (items.length === 0) {
      return html`<div class="empty">
        <bazaar-icon name="scroll-text"></bazaar-icon>
        <h2>Nothing found</h2>
        <p>No change matches these filters.</p>
      </div>`;
    }
    const { opened } = this;
    const narrow = this.#narrow.matches;
    return html`
      <vaadin-grid
        aria-label="Changes"
        all-rows-visible
        .items=${items}
        .selectedItems=${[]}
        @active-item-changed=${(event: CustomEvent<{ value: AuditEntry | null }>) => {
          this.opened = event.detail.value;
        }}
      >
        <vaadin-grid-column
          header="When"
          width=${narrow ? '7.5rem' : '11rem'}
          flex-grow="0"
          ${columnBodyRenderer<AuditEntry>(
            ({ at }) => html`<time class="number" datetime=${at}>${formatMoment(at)}</time>`,
            [],
          )}
        ></vaadin-grid-column>
        <vaadin-grid-column
          header="Who"
          width="10rem"
          ?hidden=${narrow}
          ${columnBodyRenderer<AuditEntry>((entry) => html`${actorName(entry)}`, [])}
        ></vaadin-grid-column>
        <vaadin-grid-column
          header="What"
          width="13rem"
          ${columnBodyRenderer<AuditEntry>(
            (entry) => html`<code>${entry.action}</code>
              ${narrow ? html`<div class="small muted">${actorName(entry)}</div>` : nothing}`,
            [narrow],
          )}
        ></vaadin-grid-column>
        <vaadin-grid-column
          header="Plugin"
          width="9rem"
          ?hidden=${narrow}
          ${columnBodyRenderer<AuditEntry>(
            ({ plugin }) => html`${plugin === null ? '–' : pluginName(this.app.shell.data, plugin)}`,
            [],
          )}
        ></vaadin-grid-column>
        <vaadin-grid-column
          header="From"
          width="9rem"
          ?hidden=${narrow}
          ${columnBodyRenderer<AuditEntry>(({ ip }) => html`<span class="muted">${ip ?? '–'}</span>`, [])}
        ></vaadin-grid-column>
      </vaadin-grid>
      ${opened ? this.#details(opened) : nothing}
      ${pagerButtons(this.#entries)}
    `;
  }

  #details(entry: AuditEntry) {
    const { action, plugin, entityId, detail, requestId, ip, userAgent } = entry;
    return html`<section class="card" aria-label="Details of ${action}">
      <h2>${action}</h2>
      <dl class="facts">
        <dt>Who</dt>
        <dd>${actorName(entry)}</dd>
        <dt>Plugin</dt>
        <dd>${plugin === null ? '–' : pluginName(this.app.shell.data, plugin)}</dd>
        <dt>Subject</dt>
        <dd>${entityId ?? '–'}</dd>
        <dt>Request</dt>
        <dd>${requestId ?? '–'}</dd>
        <dt>From</dt>
        <dd>${ip ?? '–'}</dd>
        <dt>Browser</dt>
        <dd>${userAgent ?? '–'}</dd>
        <dt>Detail</dt>
        <dd><pre>${JSON.stringify(detail, null, 2)}</pre></dd>
      </dl>
    </section>`;
  }

  #skeleton() {
    return html`<div class="stack" role="status" aria-label="Loading the log">
      <span class="skeleton block"></span><span class="skeleton block"></span>
    </div>`;
  }
}

customElements.define('bz-audit', Audit);
