import type Stripe from 'stripe';
import type { ChangePreview, SubscriptionChange } from './types.ts';

/** The items of a subscription after a change, as the provider wants to be told. */
export function changeItems({ item, price, quantity, removeItems, addPrices }: SubscriptionChange) {
  return [
    { id: item, price, quantity },
    ...removeItems.map((id) => ({ id, deleted: true })),
    ...addPrices.map((added) => ({ price: added })),
  ];
}

/** The provider's clock counts: ours may be behind it. */
export function prorationOf({ prorationAt }: SubscriptionChange): { proration_date?: number } {
  return prorationAt === null ? {} : { proration_date: Math.floor(prorationAt.getTime() / 1000) };
}

/** What would be charged at once; the provider reckons it. */
export async function previewChange(stripe: Stripe, change: SubscriptionChange): Promise<ChangePreview> {
  const preview = await stripe.invoices.createPreview({
    subscription: change.subscription,
    subscription_details: {
      items: changeItems(change),
      proration_behavior: 'always_invoice',
      ...prorationOf(change),
    },
  });
  const ends = preview.lines.data.map(({ period }) => period.end);
  return {
    currency: preview.currency,
    // What is credited stands in the customer's favour; it is not paid out.
    dueNow: preview.total < 0 ? preview.total : preview.amount_due,
    lines: preview.lines.data.map(({ description, amount }) => ({ description: description ?? '', amount })),
    prorationAt: new Date(
      (preview.parent?.subscription_details?.subscription_proration_date ?? preview.created) * 1000,
    ),
    nextPaymentAt: ends.length === 0 ? null : new Date(Math.max(...ends) * 1000),
  };
}
