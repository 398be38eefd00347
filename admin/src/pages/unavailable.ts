import { html } from 'lit';
import type { ShellData } from '../api/types.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';

/** The plugin went away while its screen was open. */
export function unavailablePage(shell: ShellData, plugin: string) {
  const name = pluginName(shell, plugin);
  const admin = shell.user.permissions.includes('core:plugins.read');
  return html`<div class="page">
    <div class="empty" role="alert">
      <bazaar-icon name="unplug"></bazaar-icon>
      <h1>${name} is no longer available</h1>
      <p>
        It has been switched off for ${shell.tenant.name}, or its licence has ended. Its data is kept.
        ${admin ? 'You can switch it on again or renew the licence.' : 'Ask an administrator if you need it.'}
      </p>
      ${
        admin
          ? html`<a href="/admin/plugins/${plugin}">Open ${name} in Plugins</a>`
          : html`<a href="/">Back to the start</a>`
      }
    </div>
  </div>`;
}

export function unknownPage() {
  return html`<div class="page">
    <div class="empty">
      <bazaar-icon name="map"></bazaar-icon>
      <h1>There is nothing here</h1>
      <p>The address may be mistyped, or the page belongs to a plugin that you cannot use.</p>
      <a href="/">Back to the start</a>
    </div>
  </div>`;
}
