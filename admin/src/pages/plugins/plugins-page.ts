import { pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Page, PluginView } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { focused } from '../../focus/focused.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
import { byline, licenceChip, priceText, stateChip } from './describe.ts';
import { canBeSwitched, startTrial, switchOff, switchOn } from './operations.ts';
import { chip, notice, partStyles, pluginIcon } from './parts.ts';
import { trialDialog } from './trial-dialog.ts';

/** All installed plugins, and what an admin most often does with them. */
class PluginsPage extends AppElement {
  static override properties = { ...AppElement.properties, trying: { state: true }, busy: { state: true } };

  static override styles = [
    pageStyles,
    partStyles,
    css`
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr));
        gap: var(--bz-space-4);
      }
      article.card {
        display: grid;
        grid-template-rows: auto 1fr auto;
        gap: var(--bz-space-4);
      }
      .head {
        display: flex;
        gap: var(--bz-space-4);
      }
      .head > div {
        min-width: 0;
      }
      .head a {
        color: inherit;
        text-decoration: none;
      }
      .head a:hover {
        text-decoration: underline;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--bz-space-3);
        padding-block-start: var(--bz-space-4);
        border-block-start: 1px solid var(--bz-border);
      }
    `,
  ];

  /** The plugin whose trial the person is asked about. */
  declare trying: PluginView | null;
  declare busy: boolean;

  readonly #plugins = new Reading(this, async () => {
    const page = await this.app.api.json<Page<PluginView>>('GET', '/api/plugins?limit=100');
    return page.items;
  });

  constructor() {
    super();
    this.trying = null;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['plugin.changed', 'licence.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#plugins.run()));
    }
  }

  async #run(plugin: PluginView, work: typeof startTrial): Promise<void> {
    this.busy = true;
    if (await work(this.app, plugin)) await this.#plugins.run();
    this.busy = false;
    this.trying = null;
    await this.updateComplete;
    // The button that was pressed may be gone.
    if (focused() === null) this.renderRoot.querySelector<HTMLElement>(`#name-${plugin.id} a`)?.focus();
  }

  override render() {
    const { value, failure } = this.#plugins;
    if (!value) return failure === null ? loadingState('plugins') : failureState(failure, () => this.#plugins.run());
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Plugins</h1>
          <p class="subtitle">What is installed here, what it may do, and what it costs.</p>
        </div>
      </header>
      ${
        value.length === 0
          ? html`<div class="empty">
              <bazaar-icon name="puzzle"></bazaar-icon>
              <h2>No plugins are installed</h2>
              <p>The operator of this platform decides which plugins it offers.</p>
            </div>`
          : html`<div class="cards">
              ${repeat(
                value,
                ({ id }) => id,
                (plugin) => this.#card(plugin),
              )}
            </div>`
      }
      ${trialDialog({
        plugin: this.trying,
        busy: this.busy,
        close: () => {
          this.trying = null;
        },
        start: (plugin) => void this.#run(plugin, startTrial),
      })}
    </div>`;
  }

  #card(plugin: PluginView) {
    const price = priceText(plugin.pricing);
    return html`<article class="card" aria-labelledby="name-${plugin.id}">
      <div class="head">
        ${pluginIcon(plugin)}
        <div>
          <h2 id="name-${plugin.id}"><a href="/admin/plugins/${plugin.id}">${plugin.name}</a></h2>
          <p class="small muted">${byline(plugin)}</p>
        </div>
      </div>
      <div class="stack">
        ${plugin.description === '' ? nothing : html`<p>${plugin.description}</p>`} ${notice(plugin)}
        <p class="row">
          ${chip(stateChip(plugin))} ${chip(licenceChip(plugin.licence, Date.now()))}
          ${price === null ? nothing : html`<span class="small muted">${price}</span>`}
        </p>
      </div>
      <div class="foot">
        <a href="/admin/plugins/${plugin.id}" aria-label="Details of ${plugin.name}">Details</a>
        <div class="actions">${this.#actions(plugin)}</div>
      </div>
    </article>`;
  }

  #actions(plugin: PluginView) {
    const { permissions = [] } = this.app.shell.data?.user ?? {};
    const mayTry = plugin.trial.available && permissions.includes('core:licences.manage');
    const maySwitch = permissions.includes('core:plugins.manage') && canBeSwitched(plugin);
    return html`
      ${
        maySwitch
          ? html`<vaadin-button
              theme=${plugin.enabled ? 'small' : 'small primary'}
              ?disabled=${this.busy}
              aria-label="${plugin.enabled ? 'Switch off' : 'Switch on'} ${plugin.name}"
              @click=${() => this.#run(plugin, plugin.enabled ? switchOff : switchOn)}
            >
              ${plugin.enabled ? 'Switch off' : 'Switch on'}
            </vaadin-button>`
          : nothing
      }
      ${
        mayTry
          ? html`<vaadin-button
              theme="small primary"
              ?disabled=${this.busy}
              aria-label="Start trial of ${plugin.name}"
              @click=${() => {
                this.trying = plugin;
              }}
            >
              Start trial
            </vaadin-button>`
          : nothing
      }
    `;
  }
}

customElements.define('bz-plugins', PluginsPage);
