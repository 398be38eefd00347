import { html, nothing } from 'lit';
import { chip } from '../plugins/parts.ts';
import { canaryText, installedChip, parkedText, quarantines, triable, versionText } from './describe.ts';
import type { InstalledPlugin } from './types.ts';

export interface InstalledActions {
  busy: boolean;
  tryVersion(): void;
  promote(): void;
  endTrial(): void;
  release(): void;
  rollBack(): void;
  uninstall(): void;
  restore(): void;
  purge(): void;
}

function action(plugin: InstalledPlugin, text: string, { busy }: InstalledActions, run: () => void, look = '') {
  return html`<vaadin-button theme="small ${look}" aria-label="${text}: ${plugin.name}" ?disabled=${busy} @click=${run}>
    ${text}
  </vaadin-button>`;
}

function trial(plugin: InstalledPlugin, actions: InstalledActions) {
  if (plugin.canary === null) return nothing;
  const { title, text } = canaryText(plugin.canary);
  const isOver = plugin.canary.haltedAt !== null;
  return html`<div class="banner ${isOver ? 'warning' : ''}">
    <bazaar-icon name=${isOver ? 'triangle-alert' : 'info'}></bazaar-icon>
    <div class="stack tight">
      <p><strong>${title}.</strong> ${text}</p>
      ${
        isOver
          ? nothing
          : html`<div class="actions">
              ${action(plugin, 'Serve everybody', actions, actions.promote, 'primary')}
              ${action(plugin, 'End the trial', actions, actions.endTrial)}
            </div>`
      }
    </div>
  </div>`;
}

function harm(plugin: InstalledPlugin, actions: InstalledActions) {
  const found = quarantines(plugin);
  if (found.length === 0) {
    return plugin.reason === null
      ? nothing
      : html`<div class="banner danger">
          <bazaar-icon name="triangle-alert"></bazaar-icon><span>${plugin.reason}</span>
        </div>`;
  }
  return html`<div class="banner danger">
    <bazaar-icon name="triangle-alert"></bazaar-icon>
    <div class="stack tight">
      ${found.map(({ version, reason }) => html`<p><strong>${version} was stopped.</strong> <span>${reason}</span></p>`)}
      <div class="actions">${action(plugin, 'Let it run again', actions, actions.release)}</div>
    </div>
  </div>`;
}

function buttons(plugin: InstalledPlugin, actions: InstalledActions) {
  if (plugin.state === 'parked') {
    return html`${action(plugin, 'Restore', actions, actions.restore, 'primary')}
    ${action(plugin, 'Delete for good', actions, actions.purge, 'error')}`;
  }
  if (plugin.activeVersion === null) return nothing;
  return html`
    ${triable(plugin).length === 0 ? nothing : action(plugin, 'Try a version', actions, actions.tryVersion)}
    ${plugin.previousVersion === null ? nothing : action(plugin, 'Roll back', actions, actions.rollBack)}
    ${action(plugin, 'Uninstall', actions, actions.uninstall, 'error')}
  `;
}

function banners(plugin: InstalledPlugin, actions: InstalledActions) {
  const isStopped = plugin.reason !== null || quarantines(plugin).length > 0;
  if (plugin.state === 'parked' || (!isStopped && plugin.canary === null)) return nothing;
  return html`<div class="stack tight full">${harm(plugin, actions)} ${trial(plugin, actions)}</div>`;
}

/** One plugin of the platform: whether it serves, what stands in its way, and what operators do with it. */
export function pluginRow(plugin: InstalledPlugin, actions: InstalledActions) {
  return html`<div class="stack tight">
      <h2>${plugin.name} <span class="muted">· ${plugin.id}</span></h2>
      <p class="row small muted">
        ${chip(installedChip(plugin))}
        <span class="number">${plugin.state === 'parked' ? parkedText(plugin) : versionText(plugin)}</span>
      </p>
    </div>
    <div class="actions">${buttons(plugin, actions)}</div>
    ${banners(plugin, actions)}`;
}
