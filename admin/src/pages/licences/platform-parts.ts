import { emptyState } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { orphanText } from './describe.ts';
import type { OrphansView, PluginUsageView } from './types.ts';

export const VIEWS = {
  all: 'All licences',
  expiring: 'Ending in 7 days',
  usage: 'Plugins in use',
  orphans: 'Orphaned records',
};

export type View = keyof typeof VIEWS;

export function usageRow({ plugin, name, tenants, seatsTaken, metered }: PluginUsageView) {
  const { trial, active, ending, ended } = tenants;
  const counts = Object.entries(metered).map(([meter, count]) => `${meter}: ${count} in 30 days`);
  return html`<div class="stack tight">
    <h2>${name} <span class="muted">· ${plugin}</span></h2>
    <p class="row small muted">
      <span class="number">${active} licensed</span><span class="number">${trial} on trial</span>
      <span class="number">${ending} ending</span><span class="number">${ended} ended</span>
      ${seatsTaken === 0 ? nothing : html`<span class="number">${seatsTaken} seats taken</span>`}
      ${counts.map((text) => html`<span class="number">${text}</span>`)}
    </p>
  </div>`;
}

export function orphansRow(orphans: OrphansView) {
  return html`<div class="stack tight">
    <h2>${orphans.plugin} <span class="muted">· <code>${orphans.table}</code></span></h2>
    <p class="row small muted"><span class="number">${orphans.rows} rows</span><span>${orphanText(orphans)}</span></p>
  </div>`;
}

const NOTHING: Record<View, { title: string; text: string; icon: string }> = {
  all: { title: 'No licence found', text: 'No workspace has one, or none matches.', icon: 'key-round' },
  expiring: { title: 'Nothing ends soon', text: 'No licence ends within the next 7 days.', icon: 'circle-check' },
  usage: { title: 'Nothing is used yet', text: 'No workspace has a licence.', icon: 'puzzle' },
  orphans: { title: 'All in order', text: 'Every record belongs to somebody.', icon: 'circle-check' },
};

export function emptyView(view: View) {
  const { title, text, icon } = NOTHING[view];
  return emptyState(icon, title, text);
}
