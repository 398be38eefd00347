import { html } from 'lit';
import type { PluginView, ShellData } from '../../api/types.ts';
import { pluginName } from '../../plugin-host/plugin-name.ts';
import { capabilityList } from './parts.ts';

/** What a plugin does, and the facts about it. */
export function overviewPanel(plugin: PluginView, shell: ShellData | null) {
  const needs = (plugins: Record<string, string>) =>
    Object.entries(plugins).map(
      ([id, range]) => html`<div>${pluginName(shell, id)} <span class="muted">${range}</span></div>`,
    );
  const unknown = html`<span class="muted">Not known</span>`;
  const none = html`<span class="muted">Nothing</span>`;
  return html`<div class="with-aside">
    <section class="card" aria-labelledby="what">
      <h2 id="what">What it does</h2>
      <p>${plugin.description === '' ? 'It says so as soon as it can be read.' : plugin.description}</p>
    </section>
    <section class="card" aria-label="Facts">
      <dl class="facts">
        <dt>Publisher</dt>
        <dd>${plugin.publisher === '' ? unknown : plugin.publisher}</dd>
        <dt>Category</dt>
        <dd class="category">${plugin.category === '' ? unknown : plugin.category}</dd>
        <dt>Version</dt>
        <dd class="number">${plugin.version}</dd>
        <dt>Runs</dt>
        <dd>${plugin.tier === 'inline' ? 'Inside the platform' : 'Isolated from the platform'}</dd>
        <dt>Needs</dt>
        <dd>${Object.keys(plugin.requires).length === 0 ? none : needs(plugin.requires)}</dd>
        <dt>Works with</dt>
        <dd>${Object.keys(plugin.optional).length === 0 ? none : needs(plugin.optional)}</dd>
      </dl>
    </section>
  </div>`;
}

/** What a plugin may do, and what it lets people do. */
export function permissionsPanel(plugin: PluginView) {
  if (plugin.description === '') {
    return html`<div class="empty">
      <bazaar-icon name="key-round"></bazaar-icon>
      <h2>Not known at the moment</h2>
      <p>What ${plugin.name} may do is shown as soon as it can be read.</p>
    </div>`;
  }
  return html`<div class="columns">
    <section class="card" aria-labelledby="grants">
      <h2 id="grants">What ${plugin.name} may do here</h2>
      ${capabilityList(plugin)}
    </section>
    <section class="card" aria-labelledby="defines">
      <h2 id="defines">What it lets people do</h2>
      ${
        plugin.permissions.length === 0
          ? html`<p class="muted">It defines no permissions.</p>`
          : html`<ul class="grants">
              ${plugin.permissions.map(
                ({ name, title }) => html`<li>
                  <bazaar-icon name="key-round"></bazaar-icon><strong>${title}</strong>
                  <p><code>${name}</code></p>
                </li>`,
              )}
            </ul>`
      }
    </section>
  </div>`;
}
