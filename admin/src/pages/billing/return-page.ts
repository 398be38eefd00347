import { pageStyles, UiProblem } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { pluginName } from '../../plugin-host/plugin-name.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { AskingAgain } from '../asking-again.ts';
import { Reading } from '../reading.ts';
import { paidText } from './describe.ts';
import { outcomeCard } from './outcome-card.ts';
import type { PurchaseView } from './types.ts';

/** Some means of payment take a moment longer than the page. */
const MOST_ATTEMPTS = 30;

/** Back from the provider's page: confirms what was paid, without waiting for the provider's webhook. */
class BillingReturn extends AppElement {
  static override styles = pageStyles;

  readonly #again = new AskingAgain(this, MOST_ATTEMPTS, () => void this.#reading.run());

  readonly #reading = new Reading(this, async () => {
    const session = new URLSearchParams(this.app.router.location.query).get('session') ?? '';
    const purchase = await this.app.api.json<PurchaseView>('POST', '/api/billing/confirm', { body: { session } });
    if (purchase.state === 'completed') await this.app.shell.load();
    else this.#again.soon();
    return purchase;
  });

  override render() {
    const { value, failure } = this.#reading;
    if (!value) {
      if (failure === null) return loadingState('your payment');
      const unknown = failure instanceof UiProblem && (failure.status === 404 || failure.status === 400);
      return unknown ? this.#unknown() : failureState(failure, () => this.#reading.run());
    }
    return html`<div class="page narrow">${this.#outcome(value)}</div>`;
  }

  /** The first of the plugin's pages in the menu. */
  #start(plugin: string): string | undefined {
    const entries = this.app.shell.data?.navigation.filter((entry) => entry.plugin === plugin) ?? [];
    return entries.toSorted((left, right) => left.order - right.order)[0]?.path;
  }

  #outcome(purchase: PurchaseView) {
    const { state, plugin, plan } = purchase;
    const start = this.#start(plugin);
    const name = pluginName(this.app.shell.data, plugin);
    const detail = `/admin/plugins/${plugin}`;
    switch (state) {
      case 'completed':
        return outcomeCard(
          'circle-check',
          plan === 'one-time' ? `${name} is yours` : `You have subscribed to ${name}`,
          [
            html`<p>Thank you. ${paidText(purchase)} The licence is active now, on every open page of this workspace.</p>`,
            html`<div class="row">
            ${start === undefined ? nothing : html`<a href=${start}>Open ${name}</a>`}
            <a href="${detail}?tab=licence">Show the licence</a><a href="/admin/billing">Show billing</a>
          </div>`,
          ],
        );
      case 'expired':
      case 'cancelled':
        return outcomeCard('circle-x', 'This order was not paid', [
          html`<p>Nothing was charged. You can choose a plan again at any time.</p>`,
          html`<a href="${detail}?tab=plans">Choose a plan</a>`,
        ]);
      default:
        return outcomeCard('loader-circle', 'Your payment is on its way', [
          html`<p>
            ${state === 'confirmed' ? 'Your bank takes a moment longer.' : 'We have not heard of it yet.'} ${name} becomes active
            by itself as soon as it has arrived; you need not wait here.
          </p>`,
          html`<a href="/admin/billing">Show billing</a>`,
        ]);
    }
  }

  #unknown() {
    return html`<div class="page narrow">
      ${outcomeCard('circle-help', 'There is no such order', [
        html`<p>The link is not complete, or belongs to another workspace.</p>`,
        html`<a href="/admin/billing">Show billing</a>`,
      ])}
    </div>`;
  }
}

customElements.define('bz-billing-return', BillingReturn);
