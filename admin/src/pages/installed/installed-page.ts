import { emptyState, FilteredListing, formatDay, listingState, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { readPage } from '../../api/read-page.ts';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import type { Source } from '../../app/source.ts';
import { filterAddress } from '../../routing/filter-address.ts';
import { AskingAgain } from '../asking-again.ts';
import { Reading } from '../reading.ts';
import { Submission } from '../submission.ts';
import { canaryDialog } from './canary-dialog.ts';
import { quarantines, slugsIn, triable } from './describe.ts';
import { operationList } from './operation-list.ts';
import { type InstalledActions, pluginRow } from './plugin-row.ts';
import { removalDialog } from './removal-dialog.ts';
import type { CanaryDraft, Impact, InstalledPlugin, Operation, Removal } from './types.ts';

/** Ten minutes: what is under way is seen to the end. */
const MOST_ATTEMPTS = 300;
const DAYS = 30;

const pathOf = (id: string) => `/api/operator/plugins/${encodeURIComponent(id)}`;

/** The plugins of the platform, for its operators: which version serves whom, what was stopped, the way back of each step. */
class InstalledPage extends AppElement {
  static override properties = {
    ...AppElement.properties,
    removing: { state: true },
    trying: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      li > .full {
        grid-column: 1 / -1;
      }
      .head {
        padding: var(--bz-space-4) var(--bz-space-5);
      }
      .card > h2.head:first-child {
        margin: 0;
      }
      p.head {
        padding-block-start: 0;
      }
      .banner > div {
        min-width: 0;
      }
    `,
  ];

  declare removing: Removal | null;
  declare trying: CanaryDraft | null;

  readonly #plugins = new FilteredListing<InstalledPlugin, { q?: string }>(
    this,
    {},
    (filter, page) => readPage(this.app.api, '/api/operator/plugins', page, filter),
    filterAddress(this, '/platform/plugins', ['q']),
  );

  readonly #operations = new Reading(this, async () => {
    const { items } = await this.app.api.json<Page<Operation>>('GET', '/api/operator/operations?limit=10');
    if (items.some(({ state }) => state === 'running')) this.#again.soon();
    return items;
  });

  readonly #again = new AskingAgain(this, MOST_ATTEMPTS, () => void this.#refresh());

  readonly #submission = new Submission(
    this,
    (pointer) => this.trying !== null && (pointer === '/percent' || pointer.startsWith('/tenants')),
  );

  constructor() {
    super();
    this.removing = null;
    this.trying = null;
  }

  protected override observed(): readonly Source[] {
    return [this.app.router];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['plugin.changed', 'task.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#refresh()));
    }
  }

  async #refresh(): Promise<void> {
    await Promise.all([this.#plugins.refresh(), this.#operations.run()]);
  }

  readonly #nameOf = (plugin: string): string => this.#plugins.items?.find(({ id }) => id === plugin)?.name ?? plugin;

  /** Runs an operation and shows what came of it, also when it failed. */
  #run(plugin: InstalledPlugin, path: string, body: object, done: (now: InstalledPlugin | null) => string): void {
    void this.#submission.run(async () => {
      try {
        await this.app.api.json('POST', `${pathOf(plugin.id)}/${path}`, { body });
        this.removing = null;
        this.trying = null;
      } finally {
        await this.#refresh();
      }
      const now = this.#plugins.items?.find(({ id }) => id === plugin.id) ?? null;
      this.app.notify(done(now), 'success');
    });
  }

  #ask(kind: Removal['kind'], plugin: InstalledPlugin): void {
    void this.#submission.run(async () => {
      const impact = await this.app.api.json<Impact>('GET', `${pathOf(plugin.id)}/impact`);
      this.removing = { kind, plugin, impact, days: DAYS, typed: '' };
    });
  }

  #remove({ kind, plugin, days }: Removal): void {
    const { name } = plugin;
    const body = { confirm: true, ...(kind === 'uninstall' ? { retentionDays: days } : {}) };
    this.#run(plugin, kind, body, (now) => {
      if (kind === 'purge') return `${name} is deleted for good.`;
      return now?.purgeAfter
        ? `${name} is uninstalled. It can be restored until ${formatDay(now.purgeAfter)}.`
        : `${name} is uninstalled.`;
    });
  }

  async #rollBack(plugin: InstalledPlugin): Promise<void> {
    const { name, activeVersion, previousVersion } = plugin;
    const agreed = await this.app.confirm({
      title: `Roll ${name} back to ${previousVersion}?`,
      message: `${previousVersion} serves everybody in the place of ${activeVersion}. What people have stored stays as it is, and a second time leads back to ${activeVersion}.`,
      confirm: 'Roll back',
      danger: true,
    });
    if (agreed) this.#run(plugin, 'rollback', { version: previousVersion }, () => `${name} ${previousVersion} serves.`);
  }

  async #release(plugin: InstalledPlugin): Promise<void> {
    const { name } = plugin;
    const versions = new Intl.ListFormat('en').format(quarantines(plugin).map(({ version }) => version));
    const agreed = await this.app.confirm({
      title: `Let ${name} ${versions} run again?`,
      message: 'If it does harm once more it is stopped once more, for everybody.',
      confirm: 'Let it run',
    });
    if (agreed) this.#run(plugin, 'enable', {}, () => `${name} may run again.`);
  }

  async #promote(plugin: InstalledPlugin, version: string): Promise<void> {
    const { name, activeVersion } = plugin;
    const agreed = await this.app.confirm({
      title: `Let ${name} ${version} serve everybody?`,
      message: `It takes the place of ${activeVersion}, to which you can roll back.`,
      confirm: 'Serve everybody',
    });
    if (agreed) this.#run(plugin, 'canary/promote', {}, () => `${name} ${version} serves everybody.`);
  }

  override render() {
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Installed plugins</h1>
          <p class="subtitle">
            Which version serves, what was stopped, and what can be undone. Packages are installed and upgraded at the
            command line: <code>bazaar plugin install</code>.
          </p>
        </div>
      </header>
      <div class="toolbar" role="search" aria-label="Find a plugin">
        <vaadin-text-field
          class="grow"
          label="Plugin"
          placeholder="Name or id"
          clear-button-visible
          .value=${this.#plugins.filter.q ?? ''}
          @value-changed=${(event: CustomEvent<{ value: string }>) => this.#plugins.type('q', event.detail.value.trim())}
        >
          <bazaar-icon name="search" slot="prefix"></bazaar-icon>
        </vaadin-text-field>
      </div>
      ${listingState(this.#plugins, {
        noun: ['plugin', 'plugins'],
        none: () =>
          this.#plugins.query() === ''
            ? emptyState('puzzle', 'No plugins', 'Nothing has been installed yet.')
            : emptyState('puzzle', 'No plugins', 'Nothing matches your search.'),
        show: (items) => html`<ul class="list rows card flush">
          ${repeat(
            items,
            ({ id }) => id,
            (plugin) => html`<li>${pluginRow(plugin, this.#actions(plugin))}</li>`,
          )}
        </ul>`,
      })}
      ${this.#operations.value === null ? nothing : operationList(this.#operations.value, this.#nameOf)}
      ${this.#dialogs()}
    </div>`;
  }

  #actions(plugin: InstalledPlugin): InstalledActions {
    const { name, canary } = plugin;
    return {
      busy: this.#submission.busy,
      tryVersion: () => {
        this.#submission.forget();
        this.trying = { plugin, version: triable(plugin).at(-1) ?? '', percent: 10, tenants: '' };
      },
      promote: () => void this.#promote(plugin, canary?.version ?? ''),
      endTrial: () => this.#run(plugin, 'canary/stop', {}, () => `The trial of ${name} has ended.`),
      release: () => void this.#release(plugin),
      rollBack: () => void this.#rollBack(plugin),
      uninstall: () => this.#ask('uninstall', plugin),
      restore: () => this.#run(plugin, 'restore', {}, () => `${name} is back, with all its data.`),
      purge: () => this.#ask('purge', plugin),
    };
  }

  #dialogs() {
    return html`${removalDialog({
      asked: this.removing,
      busy: this.#submission.busy,
      nameOf: this.#nameOf,
      changed: (change) => {
        if (this.removing) this.removing = { ...this.removing, ...change };
      },
      close: () => {
        this.removing = null;
      },
      submit: (asked) => this.#remove(asked),
    })}
    ${canaryDialog({
      asked: this.trying,
      errors: this.#submission.errors,
      busy: this.#submission.busy,
      changed: (change) => {
        this.#submission.forget();
        if (this.trying) this.trying = { ...this.trying, ...change };
      },
      close: () => {
        this.#submission.forget();
        this.trying = null;
      },
      submit: ({ plugin, version, percent, tenants }) =>
        this.#run(
          plugin,
          'canary/start',
          { version, percent: percent ?? 0, tenants: slugsIn(tenants) },
          () => `${plugin.name} ${version} is on trial.`,
        ),
    })}`;
  }
}

customElements.define('bz-installed', InstalledPage);
