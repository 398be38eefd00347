import { formatDay, formatMoment } from '@bazaar/sdk/ui';
import { formatMoney } from '../format.ts';
import type { Chip } from '../plugins/describe.ts';
import type {
  Attention,
  ChangePreview,
  InvoiceView,
  OfferView,
  PendingChange,
  Plan,
  PurchaseView,
  SubscriptionView,
} from './types.ts';

export const PLAN_TITLES: Readonly<Record<Plan, string>> = {
  'one-time': 'For ever',
  monthly: 'Monthly',
  annual: 'Annual',
};

const EACH: Readonly<Record<Plan, string>> = { 'one-time': 'once', monthly: 'a month', annual: 'a year' };

/** How a subscription stands, in two words. */
export function subscriptionChip({ state }: Pick<SubscriptionView, 'state'>): Chip {
  switch (state) {
    case 'trial':
      return { text: 'Free until paid', look: 'info' };
    case 'active':
      return { text: 'Active', look: 'success' };
    case 'past-due':
      return { text: 'Payment failed', look: 'danger' };
    case 'unpaid':
      return { text: 'Not paid', look: 'danger' };
    case 'ending':
      return { text: 'Ends soon', look: 'warning' };
    case 'paused':
      return { text: 'Paused', look: 'warning' };
    case 'incomplete':
      return { text: 'Not paid yet', look: 'warning' };
    case 'ended':
      return { text: 'Ended', look: '' };
  }
}

/** What happens next with a subscription, in one sentence. */
export function nextStep(subscription: SubscriptionView): string {
  const { state, nextPaymentAt, cancelAt, paidUntil, trialEndsAt, endedAt } = subscription;
  switch (state) {
    case 'trial':
      return `Nothing is charged before ${formatDay(trialEndsAt ?? nextPaymentAt ?? '')}.`;
    case 'active':
      return nextPaymentAt === null ? 'It renews by itself.' : `The next payment is on ${formatDay(nextPaymentAt)}.`;
    case 'past-due':
      return `Paid until ${formatDay(paidUntil ?? '')}. Pay the open invoice to go on.`;
    case 'unpaid':
      return 'All attempts to collect the payment failed. Pay the open invoice to go on.';
    case 'ending':
      return `It ends on ${formatDay(cancelAt ?? '')} and is not renewed.`;
    case 'paused':
      return 'It waits for a means of payment.';
    case 'incomplete':
      return 'Its first payment has not been made.';
    case 'ended':
      return endedAt === null ? 'It has ended.' : `It ended on ${formatDay(endedAt)}.`;
  }
}

/** What becomes of a subscription that was cancelled, and of a plan chosen besides. */
export function endingText({ cancelAt }: Pick<SubscriptionView, 'cancelAt'>): string {
  return `Your subscription is paid until ${formatDay(cancelAt ?? '')} and is not renewed. A plan chosen here begins, and is charged, at once.`;
}

/** `€29 a month`, `€290 a year for 10 seats`. */
export function subscriptionPrice({
  amount,
  currency,
  plan,
  seats,
}: Pick<SubscriptionView, 'amount' | 'currency' | 'plan' | 'seats'>): string {
  const price = `${formatMoney(amount, currency)} ${EACH[plan]}`;
  return seats === null ? price : `${price} for ${seats === 1 ? 'one seat' : `${seats} seats`}`;
}

/** The price of an offer for so many seats. */
export function offerPrice({ unitAmount, currency, perSeat }: OfferView, seats: number): string {
  return formatMoney(unitAmount * (perSeat ? seats : 1), currency);
}

/** What the price of an offer is for. */
export function offerTerm({ plan, perSeat, unitAmount, currency }: OfferView, seats: number): string {
  if (!perSeat || seats === 1) return perSeat ? `${EACH[plan]} for one seat` : EACH[plan];
  return `${EACH[plan]} for ${seats} seats, ${formatMoney(unitAmount, currency)} each`;
}

export function invoiceChip({ status, total }: Pick<InvoiceView, 'status' | 'total'>): Chip {
  switch (status) {
    case 'paid':
      return { text: total < 0 ? 'Credited' : 'Paid', look: 'success' };
    case 'open':
      return { text: 'Open', look: 'warning' };
    case 'uncollectible':
      return { text: 'Given up', look: 'danger' };
    default:
      return { text: 'Cancelled', look: '' };
  }
}

/** What became of an invoice's sum before anybody was asked to pay it; null when nothing did. */
export function creditText({
  total,
  amountDue,
  currency,
}: Pick<InvoiceView, 'total' | 'amountDue' | 'currency'>): string | null {
  if (total <= 0 || amountDue === total) return null;
  return amountDue < total
    ? `${formatMoney(total - amountDue, currency)} from your credit`
    : `and ${formatMoney(amountDue - total, currency)} from before`;
}

export function purchaseChip({ state }: Pick<PurchaseView, 'state'>): Chip {
  switch (state) {
    case 'completed':
      return { text: 'Paid', look: 'success' };
    case 'confirmed':
      return { text: 'Being paid', look: 'info' };
    case 'pending':
    case 'intent':
      return { text: 'Not paid yet', look: 'warning' };
    case 'refunded':
      return { text: 'Refunded', look: '' };
    case 'reversed':
      return { text: 'Charged back', look: 'danger' };
    case 'expired':
      return { text: 'Lapsed', look: '' };
    case 'cancelled':
      return { text: 'Cancelled', look: '' };
  }
}

/** What was paid with an order, and where its documents are; empty when no sum is known, as of a subscription. */
export function paidText({ amountPaid, currency }: Pick<PurchaseView, 'amountPaid' | 'currency'>): string {
  return amountPaid ? `${formatMoney(amountPaid, currency)} is paid. The invoice comes by e-mail.` : '';
}

/** What waits for a payer. `name` is the plugin's. */
export function attentionText({ kind, amount, currency, nextAttemptAt }: Attention, name: string): string {
  const sum = formatMoney(amount, currency);
  if (kind === 'action') return `Your bank asks you to confirm the payment of ${sum} for ${name}.`;
  const next = nextAttemptAt === null ? '' : ` The next attempt is on ${formatDay(nextAttemptAt)}.`;
  return `The payment of ${sum} for ${name} failed.${next}`;
}

/** What waits for the payer's bank, and what happens when it waits in vain. */
export function pendingText(pending: PendingChange, currency: string): { wanted: string; terms: string } {
  return {
    wanted: `The change to ${subscriptionPrice({ ...pending, currency })} waits until its payment is confirmed.`,
    terms:
      `Your bank wants to know that it is you. ${formatMoney(pending.due, currency)} is charged then; until then everything ` +
      `stays as it is. Without a confirmation by ${formatMoment(pending.until)} the change is dropped.`,
  };
}

/** What a change costs at once. */
export function changeText({ dueNow, currency }: ChangePreview): string {
  if (dueNow > 0) return `${formatMoney(dueNow, currency)} is charged now, for the rest of this period.`;
  if (dueNow < 0) return `${formatMoney(-dueNow, currency)} is credited to your next invoices.`;
  return 'Nothing is charged now.';
}
