import { html } from 'lit';
import type { ShellData } from '../api/types.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';
import { fadingText, wayToRenew } from '../shell/licence-notice.ts';

/** The plugin is there, but not for this person at this moment. */
export function unavailablePage(shell: ShellData, plugin: string, knownName?: string) {
  const name = knownName ?? pluginName(shell, plugin);
  const suspended = shell.fading?.find((licence) => licence.plugin === plugin && licence.state === 'suspended');
  if (suspended) {
    return html`<div class="page">
      <div class="empty" role="alert">
        <bazaar-icon name="unplug"></bazaar-icon>
        <h1>${name} is suspended</h1>
        <p>${fadingText(suspended)}</p>
        ${wayToRenew(shell, plugin)}
      </div>
    </div>`;
  }
  const admin = shell.user.permissions.includes('core:plugins.read');
  return html`<div class="page">
    <div class="empty" role="alert">
      <bazaar-icon name="unplug"></bazaar-icon>
      <h1>${name} is not available</h1>
      <p>
        It is switched off for ${shell.tenant.name}, has no licence, or cannot run at the moment. Its data is kept.
        ${admin ? 'Its page says which, and what you can do.' : 'Ask an administrator if you need it.'}
      </p>
      ${
        admin
          ? html`<a href="/admin/plugins/${plugin}">Open ${name} in Plugins</a>`
          : html`<a href="/">Back to the start</a>`
      }
    </div>
  </div>`;
}
