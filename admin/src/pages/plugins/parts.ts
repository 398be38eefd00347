import { css, html, nothing } from 'lit';
import type { PluginView } from '../../api/types.ts';
import { type Chip, capabilityTitle } from './describe.ts';

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

export const pluginIcon = ({ icon, enabled, licence }: PluginView) =>
  html`<span class="plugin-icon ${enabled && licence.state !== 'none' ? '' : 'off'}">
    <bazaar-icon name=${icon ?? 'puzzle'}></bazaar-icon>
  </span>`;

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
