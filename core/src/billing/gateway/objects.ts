import type Stripe from 'stripe';
import type { Interval } from '../types.ts';
import type {
  CardOnFile,
  Origin,
  PendingChange,
  ProviderAccount,
  ProviderCharge,
  ProviderCheckout,
  ProviderDispute,
  ProviderIntent,
  ProviderInvoice,
  ProviderPayout,
  ProviderSubscription,
  Settlement,
} from './types.ts';

const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

const momentOf = (seconds: number | null | undefined): Date | null =>
  seconds === null || seconds === undefined ? null : new Date(seconds * 1000);

function originOf(metadata: Stripe.Metadata | null | undefined): Partial<Origin> {
  const { tenant, plugin, purchase } = metadata ?? {};
  return {
    ...(tenant === undefined ? {} : { tenant }),
    ...(plugin === undefined ? {} : { plugin }),
    ...(purchase === undefined ? {} : { purchase }),
  };
}

/** Statuses in which some period may not have been paid. */
const DOUBTFUL = new Set<string>(['past_due', 'unpaid', 'canceled']);

export function mayOwe({ status }: Stripe.Subscription): boolean {
  return DOUBTFUL.has(status);
}

const PERIODIC = new Set<string | null>(['subscription_cycle', 'subscription_create']);

/** Where the streak of unpaid periods begins that lasts until now; `invoices` come newest first. Pure. */
export function owedSince(
  invoices: readonly Pick<Stripe.Invoice, 'status' | 'billing_reason' | 'lines'>[],
): Date | null {
  let since: number | null = null;
  for (const { status, billing_reason: reason, lines } of invoices) {
    if (!PERIODIC.has(reason)) continue;
    if (status === 'paid') break;
    const starts = lines.data.map(({ period }) => period.start);
    if (starts.length > 0) since = Math.max(...starts);
  }
  return momentOf(since);
}

const INTERVALS: Readonly<Record<string, Interval>> = { month: 'monthly', year: 'annual' };

/** The item that is paid by the period, and how often. */
function licensedOf(
  items: readonly Stripe.SubscriptionItem[],
): { item: Stripe.SubscriptionItem; plan: Interval } | null {
  const item = items.find(({ price }) => price.recurring?.usage_type === 'licensed');
  const plan = INTERVALS[item?.price.recurring?.interval ?? ''];
  return item === undefined || plan === undefined ? null : { item, plan };
}

function pendingOf(
  { pending_update: wanted }: Stripe.Subscription,
  latest: Stripe.Invoice | null,
): PendingChange | null {
  const licensed = licensedOf(wanted?.subscription_items ?? []);
  if (!wanted || !licensed) return null;
  return {
    plan: licensed.plan,
    quantity: licensed.item.quantity ?? 1,
    unitAmount: licensed.item.price.unit_amount ?? 0,
    due: latest?.amount_remaining ?? 0,
    until: new Date(wanted.expires_at * 1000),
  };
}

/**
 * `null` for a subscription that is not one of ours: without an item that is paid by the period. `invoices` are those of
 * one that may owe something, newest first; `latest` is the invoice of one with a change that waits to be paid.
 */
export function toSubscription(
  object: Stripe.Subscription,
  invoices: readonly Stripe.Invoice[] = [],
  latest: Stripe.Invoice | null = null,
): ProviderSubscription | null {
  const found = licensedOf(object.items.data);
  if (!found) return null;
  const { item: licensed, plan } = found;
  const periodEnd = momentOf(licensed.current_period_end);
  return {
    id: object.id,
    customer: idOf(object.customer) ?? '',
    origin: originOf(object.metadata),
    status: object.status,
    currency: object.currency,
    plan,
    price: licensed.price.id,
    item: licensed.id,
    meteredItems: object.items.data.filter((item) => item !== licensed).map(({ id }) => id),
    unitAmount: licensed.price.unit_amount ?? 0,
    quantity: licensed.quantity ?? 1,
    perSeat: licensed.price.metadata.perSeat === 'true',
    currentPeriodStart: momentOf(licensed.current_period_start),
    currentPeriodEnd: periodEnd,
    trialEndsAt: momentOf(object.trial_end),
    // The portal sets the moment, our own call the flag.
    cancelAt: momentOf(object.cancel_at) ?? (object.cancel_at_period_end ? periodEnd : null),
    endedAt: momentOf(object.ended_at),
    latestInvoice: idOf(object.latest_invoice),
    pending: pendingOf(object, latest),
    owedSince: owedSince(invoices),
    createdAt: new Date(object.created * 1000),
  };
}

/** `null` for a draft: it may still change, and nobody owes it. */
export function toInvoice(object: Stripe.Invoice): ProviderInvoice | null {
  if (object.status === null || object.status === 'draft') return null;
  const details = object.parent?.subscription_details;
  const intents = (object.payments?.data ?? []).map(({ payment }) => payment.payment_intent);
  return {
    id: object.id,
    customer: idOf(object.customer) ?? '',
    origin: { ...originOf(details?.metadata), ...originOf(object.metadata) },
    subscription: idOf(details?.subscription),
    number: object.number,
    status: object.status,
    reason: object.billing_reason,
    currency: object.currency,
    total: object.total,
    amountDue: object.amount_due,
    amountPaid: object.amount_paid,
    tax: (object.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
    hostedUrl: object.hosted_invoice_url ?? null,
    pdfUrl: object.invoice_pdf ?? null,
    attempts: object.attempt_count,
    nextAttemptAt: momentOf(object.next_payment_attempt),
    needsAction:
      object.status === 'open' &&
      intents.some((intent) => typeof intent === 'object' && intent.status === 'requires_action'),
    charges:
      object.status === 'paid'
        ? intents.flatMap((intent) => (typeof intent === 'object' ? (idOf(intent.latest_charge) ?? []) : []))
        : [],
    createdAt: new Date(object.created * 1000),
    paidAt: momentOf(object.status_transitions.paid_at),
  };
}

export function toCheckout(object: Stripe.Checkout.Session): ProviderCheckout {
  return {
    id: object.id,
    customer: idOf(object.customer),
    origin: originOf(object.metadata),
    status: object.status === 'complete' ? 'complete' : object.status === 'expired' ? 'expired' : 'open',
    paid: object.payment_status !== 'unpaid',
    url: object.url,
    intent: idOf(object.payment_intent),
    subscription: idOf(object.subscription),
    expiresAt: new Date(object.expires_at * 1000),
  };
}

export function toIntent(object: Stripe.PaymentIntent): ProviderIntent {
  return {
    id: object.id,
    customer: idOf(object.customer),
    origin: originOf(object.metadata),
    status: object.status,
    amountReceived: object.amount_received,
    charge: idOf(object.latest_charge),
  };
}

/** Objects that say more about a charge than it does itself. `refunds` are needed of one that was exchanged only. */
export interface AroundCharge {
  disputes: readonly Stripe.Dispute[];
  refunds: readonly Stripe.Refund[];
  payments: readonly Stripe.InvoicePayment[];
}

export function toCharge(object: Stripe.Charge, { disputes, refunds, payments }: AroundCharge): ProviderCharge {
  return {
    id: object.id,
    customer: idOf(object.customer),
    intent: idOf(object.payment_intent),
    amount: object.amount,
    amountRefunded: object.amount_refunded,
    disputes: disputes.flatMap(toDispute),
    invoice: idOf(payments[0]?.invoice),
    currency: object.currency,
    captured: object.captured && object.status === 'succeeded',
    settled: settlementOf(object),
    returned: isExchanged(object) ? returnedBy(refunds) : object.amount_refunded,
    createdAt: new Date(object.created * 1000),
  };
}

/** Whether the provider keeps what was paid in another currency. */
export function isExchanged({ balance_transaction: booked, currency }: Stripe.Charge): boolean {
  return typeof booked === 'object' && booked !== null && booked.currency !== currency;
}

function settlementOf({ balance_transaction: booked, application_fee_amount: ours }: Stripe.Charge): Settlement | null {
  if (typeof booked !== 'object' || booked === null) return null;
  const { currency, amount, fee } = booked;
  return { currency, amount, fee: fee - (ours ?? 0) };
}

/** What was sent back by the payer's bank has come back to the balance. */
function returnedBy(refunds: readonly Stripe.Refund[]): number {
  const moved = refunds.flatMap((refund) => [refund.balance_transaction, refund.failure_balance_transaction]);
  return moved.reduce((sum, one) => (typeof one === 'object' && one !== null ? sum - one.amount : sum), 0);
}

export function toAccount(object: Stripe.Account): ProviderAccount {
  return {
    id: object.id,
    detailsSubmitted: object.details_submitted,
    chargesEnabled: object.charges_enabled,
    payoutsEnabled: object.payouts_enabled,
    requirements: object.requirements?.currently_due ?? [],
  };
}

export function toPayout(object: Stripe.Payout): ProviderPayout {
  return {
    id: object.id,
    currency: object.currency,
    amount: object.amount,
    status: object.status,
    failure: object.failure_message ?? object.failure_code,
    arrivalAt: new Date(object.arrival_date * 1000),
    createdAt: new Date(object.created * 1000),
  };
}

/** A warning is no dispute: the bank only asks, and takes nothing. */
function toDispute(object: Stripe.Dispute): ProviderDispute[] {
  const { id, status, amount, currency, reason, created } = object;
  if (status.startsWith('warning_')) return [];
  return [
    {
      id,
      state: status === 'lost' ? 'lost' : status === 'won' || status === 'prevented' ? 'won' : 'open',
      amount,
      currency,
      reason,
      dueAt: momentOf(object.evidence_details.due_by),
      settlements: object.balance_transactions.map(({ currency: kept, amount: moved, fee }) => ({
        currency: kept,
        amount: moved,
        fee,
      })),
      createdAt: new Date(created * 1000),
    },
  ];
}

export function toCard(method: Stripe.PaymentMethod | null): CardOnFile | null {
  if (!method?.card) return null;
  const { brand, last4, exp_month: expMonth, exp_year: expYear } = method.card;
  return { brand, last4, expMonth, expYear };
}

/** A balance below zero is owed to the customer. */
export function toCredit({ balance, currency }: Pick<Stripe.Customer, 'balance' | 'currency'>) {
  return balance < 0 && currency ? { amount: -balance, currency } : null;
}
