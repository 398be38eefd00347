import { pageStyles, UiProblem } from '@bazaar/sdk/ui';
import { html } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { pluginName } from '../../plugin-host/plugin-name.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { AskingAgain } from '../asking-again.ts';
import { Reading } from '../reading.ts';
import { subscriptionPrice } from './describe.ts';
import { outcomeCard } from './outcome-card.ts';
import type { ChangedView } from './types.ts';

/** Some banks take a moment longer than their page. */
const MOST_ATTEMPTS = 15;

/** Back from the payer's bank: tells what came of a change, without waiting for the provider's webhook. */
class ChangeReturn extends AppElement {
  static override styles = pageStyles;

  readonly #again = new AskingAgain(this, MOST_ATTEMPTS, () => void this.#reading.run());

  readonly #reading = new Reading(this, async () => {
    const id = new URLSearchParams(this.app.router.location.query).get('subscription') ?? '';
    const path = `/api/billing/subscriptions/${encodeURIComponent(id)}/change/refresh`;
    const changed = await this.app.api.json<ChangedView>('POST', path);
    if (changed.status === 'changed') await this.app.shell.load();
    else if (changed.status === 'confirmation-required') this.#again.soon();
    return changed;
  });

  override render() {
    const { value, failure } = this.#reading;
    if (!value) {
      if (failure === null) return loadingState('your change');
      const unknown = failure instanceof UiProblem && (failure.status === 404 || failure.status === 400);
      return unknown ? this.#unknown() : failureState(failure, () => this.#reading.run());
    }
    return html`<div class="page narrow">${this.#outcome(value)}</div>`;
  }

  #outcome(changed: ChangedView) {
    const name = pluginName(this.app.shell.data, changed.plugin);
    switch (changed.status) {
      case 'changed':
        return outcomeCard('circle-check', `${name} is changed`, [
          html`<p>You pay ${subscriptionPrice(changed)} from now on.</p>`,
          html`<a href="/admin/billing">Show billing</a>`,
        ]);
      case 'not-changed':
        return outcomeCard('circle-x', `${name} stays as it is`, [
          html`<p>The change was not confirmed in time, or was taken back. Nothing was charged for it.</p>`,
          html`<a href="/admin/billing">Show billing</a>`,
        ]);
      case 'confirmation-required':
        return outcomeCard('loader-circle', 'Not confirmed yet', [
          html`<p>
            ${name} changes by itself as soon as your bank has confirmed the payment; you need not wait here. If it has
            refused, try again or pay with another card from the billing page.
          </p>`,
          html`<a href="/admin/billing">Show billing</a>`,
        ]);
    }
  }

  #unknown() {
    return html`<div class="page narrow">
      ${outcomeCard('circle-help', 'There is no such subscription', [
        html`<p>The link is not complete, or belongs to another workspace.</p>`,
        html`<a href="/admin/billing">Show billing</a>`,
      ])}
    </div>`;
  }
}

customElements.define('bz-billing-changed', ChangeReturn);
