import '@vaadin/dialog';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import { html } from 'lit';
import type { PluginView } from '../../api/types.ts';
import { priceText } from './describe.ts';
import { capabilityList } from './parts.ts';

export interface TrialQuestion {
  plugin: PluginView | null;
  busy: boolean;
  close(): void;
  start(plugin: PluginView): void;
}

function terms({ trial, pricing }: PluginView) {
  const price = priceText(pricing);
  return price === null
    ? html`<p>Free for ${trial.days} days. Nothing is charged.</p>`
    : html`<p>Free for ${trial.days} days, then ${price}. Nothing is charged by itself: without a licence it stops.</p>`;
}

/** Asks for consent to a trial: the terms, and each thing the plugin may do with its reason. */
export function trialDialog({ plugin, busy, close, start }: TrialQuestion) {
  return html`<vaadin-dialog
    class="trial"
    header-title=${plugin ? `Try ${plugin.name}` : ''}
    width="32rem"
    .opened=${plugin !== null}
    @closed=${close}
    ${dialogRenderer(
      () => html`<div class="stack">
        ${plugin ? terms(plugin) : ''}
        <h3>What ${plugin?.name ?? ''} may do</h3>
        ${plugin ? capabilityList(plugin) : ''}
      </div>`,
      [plugin],
    )}
    ${dialogFooterRenderer(
      () => html`
        <vaadin-button @click=${close}>Cancel</vaadin-button>
        <vaadin-button theme="primary" ?disabled=${busy} @click=${() => plugin && start(plugin)}>
          Agree and start trial
        </vaadin-button>
      `,
      [plugin, busy],
    )}
  ></vaadin-dialog>`;
}
