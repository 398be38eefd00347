import type Stripe from 'stripe';
import { isOvertaken, wantsConfirmation } from './failures.ts';
import type { ChangeConfirmation, ChangePreview, SubscriptionChange } from './types.ts';

/** The items of a subscription after a change, as the provider wants to be told. */
function changeItems({ item, price, quantity, removeItems, addPrices }: SubscriptionChange) {
  return [
    { id: item, price, quantity },
    ...removeItems.map((id) => ({ id, deleted: true })),
    ...addPrices.map((added) => ({ price: added })),
  ];
}

/** The provider's clock counts: ours may be behind it. */
function prorationOf({ prorationAt }: SubscriptionChange): { proration_date?: number } {
  return prorationAt === null ? {} : { proration_date: Math.floor(prorationAt.getTime() / 1000) };
}

/** What would be charged at once, calculated by the provider. */
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

/** What cannot be paid is not changed; what the payer's bank wants confirmed waits for that, for 23 hours. */
export async function makeChange(stripe: Stripe, change: SubscriptionChange, key: string): Promise<'made' | 'pending'> {
  const update = (how: 'error_if_incomplete' | 'pending_if_incomplete', idempotencyKey: string) =>
    stripe.subscriptions.update(
      change.subscription,
      {
        items: changeItems(change),
        proration_behavior: 'always_invoice',
        ...prorationOf(change),
        payment_behavior: how,
      },
      { idempotencyKey },
    );
  try {
    await update('error_if_incomplete', key);
    return 'made';
  } catch (error) {
    if (!wantsConfirmation(error)) throw error;
  }
  // Not asked for at once: a card that is simply declined would leave a change behind that nobody wants to pay.
  const { pending_update: pending } = await update('pending_if_incomplete', `${key}:pending`);
  return pending === null ? 'made' : 'pending';
}

/** The open invoice that a pending change waits for; `null` when none is pending. */
export async function invoiceOfChange(
  stripe: Stripe,
  { pending_update: pending, latest_invoice: latest }: Stripe.Subscription,
): Promise<Stripe.Invoice | null> {
  const id = typeof latest === 'string' ? latest : latest?.id;
  if (pending === null || id === undefined) return null;
  const invoice = await stripe.invoices.retrieve(id, { expand: ['confirmation_secret', 'payments'] });
  return invoice.status === 'open' && invoice.billing_reason === 'subscription_update' ? invoice : null;
}

/** The way to the payer's bank, and back to `returnUrl`. */
export async function confirmChange(stripe: Stripe, id: string, returnUrl: string): Promise<ChangeConfirmation | null> {
  const invoice = await invoiceOfChange(stripe, await stripe.subscriptions.retrieve(id));
  if (!invoice) return null;
  return {
    clientSecret: invoice.confirmation_secret?.client_secret ?? null,
    // A payment that the bank has refused is made on the page of the invoice, with another card.
    url: (await bankPage(stripe, invoice, returnUrl)) ?? invoice.hosted_invoice_url ?? null,
  };
}

async function bankPage(stripe: Stripe, invoice: Stripe.Invoice, returnUrl: string): Promise<string | null> {
  const intent = invoice.payments?.data.at(0)?.payment.payment_intent;
  const id = typeof intent === 'string' ? intent : intent?.id;
  if (id === undefined || (await stripe.paymentIntents.retrieve(id)).status !== 'requires_action') return null;
  try {
    const { next_action: next } = await stripe.paymentIntents.confirm(id, { return_url: returnUrl });
    return next?.redirect_to_url?.url ?? null;
  } catch (error) {
    if (isOvertaken(error)) return null;
    throw error;
  }
}

/** Without its invoice a pending change is none any more. */
export async function withdrawChange(stripe: Stripe, id: string): Promise<void> {
  const invoice = await invoiceOfChange(stripe, await stripe.subscriptions.retrieve(id));
  if (invoice) await stripe.invoices.voidInvoice(invoice.id);
}
