import type Stripe from 'stripe';
import { toCheckout } from './objects.ts';
import type { CheckoutOrder, DirectOrder, DirectPayment, OrderLine, Origin, ProviderCheckout } from './types.ts';

const metadataOf = ({ tenant, plugin, purchase }: Origin): Record<string, string> => ({ tenant, plugin, purchase });

const lineItem = ({ price, quantity }: OrderLine) => ({ price, ...(quantity === undefined ? {} : { quantity }) });

/** A page of the provider's where the order is paid. */
export async function createCheckout(
  stripe: Stripe,
  tax: boolean,
  order: CheckoutOrder,
  key: string,
): Promise<ProviderCheckout> {
  const metadata = metadataOf(order.origin);
  const session = await stripe.checkout.sessions.create(
    {
      mode: order.mode,
      customer: order.customer,
      client_reference_id: order.origin.purchase,
      metadata,
      line_items: order.lines.map(lineItem),
      success_url: order.successUrl,
      cancel_url: order.cancelUrl,
      locale: order.locale,
      ...(order.promotionCode === null
        ? { allow_promotion_codes: true }
        : { discounts: [{ promotion_code: order.promotionCode }] }),
      ...(tax ? { automatic_tax: { enabled: true }, billing_address_collection: 'required' as const } : {}),
      tax_id_collection: { enabled: true },
      customer_update: { address: 'auto', name: 'auto' },
      ...(order.mode === 'payment'
        ? {
            payment_intent_data: { metadata },
            invoice_creation: { enabled: true, invoice_data: { metadata } },
          }
        : {
            subscription_data: {
              metadata,
              ...(order.trialEndsAt === null ? {} : { trial_end: Math.floor(order.trialEndsAt.getTime() / 1000) }),
            },
          }),
    },
    { idempotencyKey: key },
  );
  return toCheckout(session);
}

/** A payment that the client confirms itself. */
export async function createIntent(stripe: Stripe, order: DirectOrder, key: string): Promise<DirectPayment> {
  const intent = await stripe.paymentIntents.create(
    {
      amount: order.amount,
      currency: order.currency,
      customer: order.customer,
      metadata: metadataOf(order.origin),
      automatic_payment_methods: { enabled: true },
    },
    { idempotencyKey: key },
  );
  return { clientSecret: intent.client_secret, intent: intent.id, subscription: null };
}

/** A subscription that is incomplete until the client has confirmed its first payment. */
export async function createSubscription(
  stripe: Stripe,
  tax: boolean,
  order: DirectOrder,
  key: string,
): Promise<DirectPayment> {
  const subscription = await stripe.subscriptions.create(
    {
      customer: order.customer,
      metadata: metadataOf(order.origin),
      items: order.lines.map(lineItem),
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
      ...(order.promotionCode === null ? {} : { discounts: [{ promotion_code: order.promotionCode }] }),
      ...(order.trialEndsAt === null ? {} : { trial_end: Math.floor(order.trialEndsAt.getTime() / 1000) }),
      ...(tax ? { automatic_tax: { enabled: true } } : {}),
      expand: ['latest_invoice.confirmation_secret', 'pending_setup_intent'],
    },
    { idempotencyKey: key },
  );
  const { latest_invoice: invoice, pending_setup_intent: setup } = subscription;
  const secret =
    (typeof invoice === 'object' ? invoice?.confirmation_secret?.client_secret : undefined) ??
    (typeof setup === 'object' ? setup?.client_secret : undefined);
  return { clientSecret: secret ?? null, intent: null, subscription: subscription.id };
}
