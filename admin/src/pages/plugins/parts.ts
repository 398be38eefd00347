import { css, html, nothing } from 'lit';
import type { PluginView } from '../../api/types.ts';
import { type Chip, capabilityTitle, stateNotice } from './describe.ts';

export const partStyles = css`
  .plugin-icon {
    display: grid;
    place-items: center;
    flex: none;
    width: 2.75rem;
    height: 2.75rem;
    border-radius: var(--bz-radius-m);
    color: var(--bz-accent-text);
    background: var(--bz-accent-soft);
    --bz-icon-size: 1.375rem;
  }
  .plugin-icon.off {
    color: var(--bz-text-muted);
    background: var(--bz-surface-2);
  }
  .banner {
    overflow-wrap: anywhere;
  }
  .banner > div {
    min-width: 0;
  }
  .grants {
    display: grid;
    gap: var(--bz-space-4);
    padding: 0;
    list-style: none;
  }
  .grants li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 var(--bz-space-3);
  }
  .grants bazaar-icon {
    margin-block-start: 0.125rem;
    color: var(--bz-text-muted);
  }
  .grants strong {
    font-weight: 550;
  }
  .grants p {
    grid-column: 2;
    color: var(--bz-text-muted);
  }
  .grants code {
    font-size: var(--bz-text-s);
  }
`;

export const chip = (shown: Chip | null) =>
  shown === null ? nothing : html`<span class="chip ${shown.look}">${shown.text}</span>`;

export const pluginIcon = ({ icon, state, enabled, licence }: PluginView) =>
  html`<span class="plugin-icon ${state === 'active' && enabled && licence.state !== 'none' ? '' : 'off'}">
    <bazaar-icon name=${icon ?? 'puzzle'}></bazaar-icon>
  </span>`;

/** Why the plugin does not run; nothing for one that does. */
export function notice(plugin: PluginView) {
  const shown = stateNotice(plugin);
  if (shown === null) return nothing;
  return html`<div class="banner ${shown.look}">
    <bazaar-icon name="triangle-alert"></bazaar-icon>
    <div>
      <p><strong>${shown.title}.</strong> ${shown.text}</p>
      ${shown.reason === null ? nothing : html`<p class="small">Reason: ${shown.reason}</p>`}
    </div>
  </div>`;
}

/** What the plugin may do on the platform, each with the publisher's reason. */
export function capabilityList({ capabilities }: Pick<PluginView, 'capabilities'>) {
  if (capabilities.length === 0) return html`<p class="muted">It asks for nothing beyond its own data.</p>`;
  return html`<ul class="grants">
    ${capabilities.map(({ capability, reason }) => {
      const { title, icon } = capabilityTitle(capability);
      return html`<li>
        <bazaar-icon name=${icon}></bazaar-icon><strong>${title}</strong>
        ${reason === '' ? nothing : html`<p>${reason}</p>`}
      </li>`;
    })}
  </ul>`;
}
