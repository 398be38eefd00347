import { html } from 'lit';
import type { PluginView } from '../../api/types.ts';
import { formDialog } from '../form-dialog.ts';
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
export function trialDialog({ plugin, start, ...question }: TrialQuestion) {
  return formDialog({
    ...question,
    asked: plugin,
    title: ({ name }) => `Try ${name}`,
    width: '32rem',
    content: (asked) => html`${terms(asked)}
      <h3>What ${asked.name} may do</h3>
      ${capabilityList(asked)}`,
    button: () => 'Agree and start trial',
    submit: start,
  });
}
