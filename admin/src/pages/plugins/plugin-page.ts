import '../billing/plans-panel.ts';
import '../licences/licence-panel.ts';
import './settings-tab.ts';
import { pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { PluginView } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import type { Source } from '../../app/source.ts';
import { focused } from '../../focus/focused.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { revealTab } from '../../shell/tabs.ts';
import { Reading } from '../reading.ts';
import { byline, licenceChip, stateChip } from './describe.ts';
import { canBeSwitched, startTrial, switchOff, switchOn } from './operations.ts';
import { overviewPanel, permissionsPanel } from './panels.ts';
import { chip, notice, partStyles, pluginIcon } from './parts.ts';
import { trialDialog } from './trial-dialog.ts';

const TABS = {
  overview: 'Overview',
  settings: 'Settings',
  permissions: 'Permissions',
  licence: 'Licence',
  plans: 'Plans',
} as const;

type Tab = keyof typeof TABS;

/** One plugin: what it is, its settings, what it may do, its licence. */
class PluginPage extends AppElement {
  static override properties = {
    ...AppElement.properties,
    params: { attribute: false },
    setTitle: { attribute: false },
    asking: { state: true },
    busy: { state: true },
  };

  static override styles = [
    pageStyles,
    partStyles,
    css`
      h1:focus {
        outline: none;
      }
      .title {
        display: flex;
        gap: var(--bz-space-4);
        align-items: center;
      }
      .title .row {
        margin-block-start: var(--bz-space-1);
      }
      .category::first-letter {
        text-transform: uppercase;
      }
    `,
  ];

  declare params: Record<string, string>;
  declare setTitle: (title: string) => void;
  declare asking: boolean;
  declare busy: boolean;

  readonly #reading = new Reading(this, async () => {
    const plugin = await this.app.api.json<PluginView>(
      'GET',
      `/api/plugins/${encodeURIComponent(this.params.plugin ?? '')}`,
    );
    this.setTitle(plugin.name);
    return plugin;
  });

  constructor() {
    super();
    this.asking = false;
    this.busy = false;
  }

  protected override observed(): readonly Source[] {
    return [this.app.router];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['plugin.changed', 'licence.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#reading.run()));
    }
  }

  async #run(work: () => Promise<boolean>): Promise<void> {
    this.busy = true;
    if (await work()) await this.#reading.run();
    this.busy = false;
    this.asking = false;
    await this.updateComplete;
    // The button that was pressed may be gone.
    if (focused() === null) this.renderRoot.querySelector('h1')?.focus();
  }

  get #tab(): Tab {
    const wanted = new URLSearchParams(this.app.router.location.query).get('tab') ?? '';
    return Object.hasOwn(TABS, wanted) ? (wanted as Tab) : 'overview';
  }

  override render() {
    const { value, failure } = this.#reading;
    if (!value) return failure === null ? loadingState('plugin') : failureState(failure, () => this.#reading.run());
    return html`<div class="page">
      <header class="page-header">
        <div class="title">
          ${pluginIcon(value)}
          <div>
            <h1 tabindex="-1">${value.name}</h1>
            <p class="row">
              ${chip(stateChip(value))} ${chip(licenceChip(value.licence, Date.now()))}
              <span class="small muted">${byline(value)}</span>
            </p>
          </div>
        </div>
        <div class="actions">${this.#actions(value)}</div>
      </header>
      ${notice(value)} ${this.#tabs(value)} ${this.#panel(value)}
      ${trialDialog({
        plugin: this.asking ? value : null,
        busy: this.busy,
        close: () => {
          this.asking = false;
        },
        start: (plugin) => void this.#run(() => startTrial(this.app, plugin)),
      })}
    </div>`;
  }

  #tabs(plugin: PluginView) {
    return html`<nav class="tabs" aria-label="About ${plugin.name}">
      ${Object.entries(TABS).map(
        ([tab, title]) =>
          html`<a
            href="/admin/plugins/${plugin.id}${tab === 'overview' ? '' : `?tab=${tab}`}"
            aria-current=${tab === this.#tab ? 'page' : nothing}
            ${tab === this.#tab ? ref(revealTab) : nothing}
            >${title}</a
          >`,
      )}
    </nav>`;
  }

  #panel(plugin: PluginView) {
    switch (this.#tab) {
      case 'overview':
        return overviewPanel(plugin, this.app.shell.data);
      case 'settings':
        return this.#settings(plugin);
      case 'permissions':
        return permissionsPanel(plugin);
      case 'licence':
        return this.#licence(plugin);
      case 'plans':
        return this.#plans(plugin);
    }
  }

  #actions(plugin: PluginView) {
    const { permissions = [] } = this.app.shell.data?.user ?? {};
    const may = (permission: string) => permissions.includes(permission);
    return html`
      ${
        may('core:plugins.manage') && canBeSwitched(plugin)
          ? html`<vaadin-button
              theme=${plugin.enabled ? '' : 'primary'}
              ?disabled=${this.busy}
              @click=${() => this.#run(() => (plugin.enabled ? switchOff : switchOn)(this.app, plugin))}
            >
              ${plugin.enabled ? 'Switch off' : 'Switch on'}
            </vaadin-button>`
          : nothing
      }
      ${plugin.trial.available && may('core:licences.manage') ? this.#trialButton() : nothing}
    `;
  }

  #trialButton() {
    return html`<vaadin-button
      theme="primary"
      ?disabled=${this.busy}
      @click=${() => {
        this.asking = true;
      }}
    >
      Start trial
    </vaadin-button>`;
  }

  #settings(plugin: PluginView) {
    if (plugin.state !== 'active' && plugin.state !== 'draining') {
      return html`<div class="empty">
        <bazaar-icon name="sliders-horizontal"></bazaar-icon>
        <h2>No settings at the moment</h2>
        <p>What was set for ${plugin.name} is kept, and can be seen and changed when it runs again.</p>
      </div>`;
    }
    if (!plugin.hasSettings) {
      return html`<div class="empty">
        <bazaar-icon name="sliders-horizontal"></bazaar-icon>
        <h2>Nothing to set</h2>
        <p>${plugin.name} works the same for everyone.</p>
      </div>`;
    }
    if (!this.app.shell.data?.user.permissions.includes('core:settings.manage')) {
      return html`<p class="banner">
        <bazaar-icon name="lock"></bazaar-icon>Settings are shown to those who may change them. Ask an administrator.
      </p>`;
    }
    return html`<section class="card" aria-label="Settings">
      <bz-plugin-settings .app=${this.app} .plugin=${plugin.id}></bz-plugin-settings>
    </section>`;
  }

  #plans({ id, name }: PluginView) {
    if (!this.app.shell.data?.user.permissions.includes('core:billing.manage')) {
      return html`<p class="banner">
        <bazaar-icon name="lock"></bazaar-icon>Plans of ${name} are chosen by those who manage billing. Ask an administrator.
      </p>`;
    }
    return html`<bz-plans .app=${this.app} .plugin=${id}></bz-plans>`;
  }

  #licence({ id, name, pricing }: PluginView) {
    return html`<bz-licence .app=${this.app} .plugin=${id} .name=${name} .pricing=${pricing}></bz-licence>`;
  }
}

customElements.define('bz-plugin', PluginPage);
