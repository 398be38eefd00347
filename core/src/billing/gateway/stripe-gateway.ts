import type Stripe from 'stripe';
import type { Provider } from '../types.ts';
import { connectGateway } from './connect-gateway.ts';
import { toEvent } from './event-objects.ts';
import { isCounted, isMissing, providerFailure } from './failures.ts';
import {
  isExchanged,
  mayOwe,
  toCard,
  toCharge,
  toCheckout,
  toCredit,
  toIntent,
  toInvoice,
  toSubscription,
} from './objects.ts';
import { createCheckout, createIntent, createSubscription } from './orders.ts';
import { ensureMeterPrice, ensurePrice } from './prices.ts';
import { readSignedEvent } from './read-event.ts';
import { type StripeAccess, stripeClient } from './stripe-client.ts';
import { confirmChange, invoiceOfChange, makeChange, previewChange, withdrawChange } from './subscription-changes.ts';
import type { PaymentGateway, ProviderCharge, ProviderEvent } from './types.ts';

export interface GatewayOptions {
  provider: Provider;
  /** Address and keys; looked up before each call, because the double may have moved. */
  access(): Promise<StripeAccess>;
  /** Whether the provider calculates taxes. */
  automaticTax: boolean;
}

const INVOICE = ['payments.data.payment.payment_intent'];
const BOOKED = 'balance_transaction';
const REFUNDED = ['data.balance_transaction', 'data.failure_balance_transaction'];
const PAGE = 100;

export function createGateway({ provider, access, automaticTax }: GatewayOptions): PaymentGateway {
  let connected: { access: StripeAccess; stripe: Promise<Stripe> } | undefined;

  async function connect(): Promise<Stripe> {
    const now = await access();
    if (connected?.access.address !== now.address || connected?.access.secretKey !== now.secretKey) {
      connected = { access: now, stripe: stripeClient(now) };
    }
    return connected.stripe;
  }

  async function call<T>(work: (stripe: Stripe) => Promise<T>): Promise<T> {
    try {
      return await work(await connect());
    } catch (error) {
      throw providerFailure(error);
    }
  }

  const read = <T>(work: (stripe: Stripe) => Promise<T>): Promise<T | null> =>
    call(async (stripe) => {
      try {
        return await work(stripe);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    });

  async function chargeOf(stripe: Stripe, charge: Stripe.Charge): Promise<ProviderCharge> {
    const disputes = charge.disputed ? (await stripe.disputes.list({ charge: charge.id, limit: PAGE })).data : [];
    const refunds = isExchanged(charge)
      ? (await stripe.refunds.list({ charge: charge.id, limit: PAGE, expand: REFUNDED })).data
      : [];
    const { payment_intent: intent } = charge;
    const id = typeof intent === 'string' ? intent : intent?.id;
    const payments =
      id === undefined
        ? []
        : (await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: id }, limit: 1 }))
            .data;
    return toCharge(charge, { disputes, refunds, payments });
  }

  const invoiceOf = async (stripe: Stripe, id: string) =>
    toInvoice(await stripe.invoices.retrieve(id, { expand: INVOICE }));

  async function subscriptionOf(stripe: Stripe, object: Stripe.Subscription) {
    const invoices = mayOwe(object)
      ? (await stripe.invoices.list({ subscription: object.id, limit: PAGE })).data
      : undefined;
    return toSubscription(object, invoices, await invoiceOfChange(stripe, object));
  }

  return {
    provider,
    automaticTax,
    publishableKey: async () => (await access()).publishableKey,
    createCustomer: ({ id, name, email }, idempotencyKey) =>
      call(
        async (stripe) =>
          (await stripe.customers.create({ name, email, metadata: { tenant: id } }, { idempotencyKey })).id,
      ),
    ensurePrice: (spec, lookupKey) => call((stripe) => ensurePrice(stripe, spec, lookupKey)),
    ensureMeterPrice: (spec, lookupKey) => call((stripe) => ensureMeterPrice(stripe, spec, lookupKey)),
    findPromotionCode: (code) =>
      call(async (stripe) => (await stripe.promotionCodes.list({ code, active: true, limit: 1 })).data[0]?.id ?? null),
    createCheckout: (order, key) => call((stripe) => createCheckout(stripe, automaticTax, order, key)),
    async expireCheckout(id) {
      try {
        return await call(async (stripe) => toCheckout(await stripe.checkout.sessions.expire(id)));
      } catch {
        // Not open any more, or not there: how it stands says more than why it could not be closed.
        return read(async (stripe) => toCheckout(await stripe.checkout.sessions.retrieve(id)));
      }
    },
    createIntent: (order, key) => call((stripe) => createIntent(stripe, order, key)),
    async cancelIntent(id) {
      try {
        return await call(async (stripe) => toIntent(await stripe.paymentIntents.cancel(id)));
      } catch {
        // As above.
        return read(async (stripe) => toIntent(await stripe.paymentIntents.retrieve(id)));
      }
    },
    createSubscription: (order, key) => call((stripe) => createSubscription(stripe, automaticTax, order, key)),
    previewChange: (change) => call((stripe) => previewChange(stripe, change)),
    changeSubscription: (change, key) => call((stripe) => makeChange(stripe, change, key)),
    confirmChange: (subscription, returnUrl) => call((stripe) => confirmChange(stripe, subscription, returnUrl)),
    withdrawChange: (subscription) => call((stripe) => withdrawChange(stripe, subscription)),
    setCancelAtPeriodEnd: (subscription, cancel) =>
      call(async (stripe) => {
        const { cancel_at: at } = await stripe.subscriptions.retrieve(subscription);
        // The portal sets a moment instead of the flag: taking the cancellation back takes both.
        await stripe.subscriptions.update(
          subscription,
          !cancel && at !== null ? { cancel_at: '' } : { cancel_at_period_end: cancel },
        );
      }),
    cancelNow: (subscription) =>
      call(async (stripe) => {
        await stripe.subscriptions.cancel(subscription);
      }),
    portal: (customer, returnUrl) =>
      call(async (stripe) => (await stripe.billingPortal.sessions.create({ customer, return_url: returnUrl })).url),
    refund: (charge, amount, idempotencyKey) =>
      call(async (stripe) => {
        await stripe.refunds.create({ charge, ...(amount === null ? {} : { amount }) }, { idempotencyKey });
      }),
    reportUsage: ({ eventName, customer, quantity, identifier, at }) =>
      call(async (stripe) => {
        const event = {
          event_name: eventName,
          payload: { stripe_customer_id: customer, value: String(quantity) },
          identifier,
          timestamp: Math.floor(at.getTime() / 1000),
        };
        await stripe.billing.meterEvents.create(event).catch((error: unknown) => {
          if (!isCounted(error)) throw error;
        });
      }),

    subscription: (id) => read(async (stripe) => subscriptionOf(stripe, await stripe.subscriptions.retrieve(id))),
    subscriptionsOf: (customer) =>
      call(async (stripe) => {
        const all = [];
        for await (const object of stripe.subscriptions.list({ customer, status: 'all', limit: PAGE })) {
          const one = await subscriptionOf(stripe, object);
          if (one) all.push(one);
        }
        return all;
      }),
    invoice: (id) => read((stripe) => invoiceOf(stripe, id)),
    invoicesOf: (customer) =>
      call(async (stripe) => {
        const all = [];
        for await (const object of stripe.invoices.list({ customer, limit: PAGE })) {
          // Lists expand four levels deep at most: whether a payment waits for a confirmation is a level below.
          const one = object.status === 'open' ? await invoiceOf(stripe, object.id) : toInvoice(object);
          if (one) all.push(one);
        }
        return all;
      }),
    checkout: (id) => read(async (stripe) => toCheckout(await stripe.checkout.sessions.retrieve(id))),
    checkoutsOf: (customer) =>
      call(async (stripe) => {
        const all = [];
        for await (const object of stripe.checkout.sessions.list({ customer, limit: PAGE }))
          all.push(toCheckout(object));
        return all;
      }),
    intent: (id) => read(async (stripe) => toIntent(await stripe.paymentIntents.retrieve(id))),
    charge: (id) => read(async (stripe) => chargeOf(stripe, await stripe.charges.retrieve(id, { expand: [BOOKED] }))),
    chargesOf: (customer) =>
      call(async (stripe) => {
        const all = [];
        for await (const object of stripe.charges.list({ customer, limit: PAGE, expand: [`data.${BOOKED}`] }))
          all.push(await chargeOf(stripe, object));
        return all;
      }),
    customer: (id) =>
      call(async (stripe) => {
        const found = await stripe.customers.retrieve(id, { expand: ['invoice_settings.default_payment_method'] });
        if (found.deleted) return null;
        const credit = toCredit(found);
        const { default_payment_method: method } = found.invoice_settings;
        if (typeof method === 'object' && method !== null) return { card: toCard(method), credit };
        const { data } = await stripe.paymentMethods.list({ customer: id, type: 'card', limit: 1 });
        return { card: toCard(data[0] ?? null), credit };
      }),

    ...connectGateway(call, read),

    eventsSince: (since, account) =>
      call(async (stripe) => {
        const events: ProviderEvent[] = [];
        const created = { gte: Math.floor(since.getTime() / 1000) };
        const as = account === null ? {} : { stripeAccount: account };
        // Asked as an account, its events do not say whose they are.
        for await (const event of stripe.events.list({ created, limit: PAGE }, as))
          events.unshift({ ...toEvent(event), account });
        return events;
      }),
    async readEvent(body, signature, now) {
      const { webhooks } = await connect();
      const { webhookSecrets } = await access();
      return readSignedEvent(webhooks, body, signature, webhookSecrets, now);
    },
  };
}
