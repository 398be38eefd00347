import { html, nothing } from 'lit';
import type { BillingOverview } from './types.ts';

/** Says plainly when no money moves. */
export function testPayments({ payments }: Pick<BillingOverview, 'payments'>) {
  if (payments === 'live') return nothing;
  return html`<p class="banner">
    <bazaar-icon name="info"></bazaar-icon>
    <span>
      <strong>Test payments: no money moves.</strong>
      ${payments === 'double' ? 'Pay with the card 4242 4242 4242 4242, any date to come and any check digits.' : 'Stripe is in its test mode.'}
    </span>
  </p>`;
}
