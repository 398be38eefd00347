import type Stripe from 'stripe';
import { couponOf } from '../billing/discounts.ts';
import { type LineDraft, numbered, priceLine, totals } from '../billing/lines.ts';
import { invalid } from '../http/errors.ts';
import { listOf } from '../http/list.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { CheckoutSession, Invoice, Price, SessionLine } from '../state/tables.ts';

/** Sums of a session as it would be paid now: lines, less the discount, with tax where it is known. */
export function sessionSums(
  books: Books,
  lines: readonly SessionLine[],
  terms: {
    mode: string;
    customer: string | null;
    automaticTax: boolean;
    discount: { coupon?: string; promotion_code?: string } | null;
    trial: boolean;
  },
) {
  const now = books.now(books.clockOfCustomer(terms.customer));
  const drafts = lines.map((line): LineDraft => {
    const price = books.known('price', line.price);
    const later = terms.trial && price.type === 'recurring';
    const metered = price.recurring?.usage_type === 'metered';
    const draft = priceLine(books, price, metered ? 0 : line.quantity, now);
    return later || metered ? { ...draft, amount: 0, subtotal: 0 } : draft;
  });
  const currency = drafts[0]?.currency ?? 'eur';
  // A coupon's taste, without redeeming it.
  const taste = terms.discount === null ? null : couponOf(books, terms.discount, terms.customer);
  const id = newId('di');
  if (taste !== null) {
    const source = { coupon: taste.coupon.id, type: 'coupon' as const };
    books.insert('discount', { ...BLANK_DISCOUNT, id, source, start: now });
  }
  const lineItems = numbered('preview', drafts);
  const sums = totals(books, {
    lines: lineItems,
    discounts: taste === null ? [] : [id],
    customer: terms.customer,
    automatic_tax: {
      disabled_reason: null,
      enabled: terms.automaticTax,
      liability: null,
      provider: null,
      status: null,
    },
    default_tax_rates: [],
  } as Pick<Invoice, 'lines' | 'discounts' | 'customer' | 'automatic_tax' | 'default_tax_rates'>);
  if (taste !== null) books.remove('discount', id);
  return { currency, sums };
}

const BLANK_DISCOUNT = {
  object: 'discount' as const,
  checkout_session: null,
  customer: null,
  customer_account: null,
  end: null,
  invoice: null,
  invoice_item: null,
  promotion_code: null,
  subscription: null,
  subscription_item: null,
};

/** Amounts as a session shows them. */
export function sessionAmounts(
  books: Books,
  lines: readonly SessionLine[],
  terms: Parameters<typeof sessionSums>[2],
): Pick<CheckoutSession, 'amount_subtotal' | 'amount_total' | 'currency' | 'total_details'> {
  const { currency, sums } = sessionSums(books, lines, terms);
  const sum = (parts: readonly { amount: number }[]) => parts.reduce((total, part) => total + part.amount, 0);
  return {
    amount_subtotal: sums.subtotal,
    amount_total: Math.max(0, sums.total),
    currency,
    total_details: {
      amount_discount: sum(sums.total_discount_amounts ?? []),
      amount_shipping: 0,
      amount_tax: sum(sums.total_taxes ?? []),
    },
  };
}

/** What a session sells, as `line_items` shows it. */
export function lineItems(books: Books, session: CheckoutSession) {
  const plan = books.known('session_plan', session.id);
  const trial = 'trial_period_days' in plan.subscription || 'trial_end' in plan.subscription;
  const { sums } = sessionSums(books, plan.lines, {
    mode: String(session.mode),
    customer: ref(session.customer),
    automaticTax: session.automatic_tax.enabled,
    discount: null,
    trial,
  });
  const items = plan.lines.map((line, i) => {
    const written = sums.lines.data[i];
    const tax = (written?.taxes ?? [])
      .filter((t) => t.tax_behavior === 'exclusive')
      .reduce((t, { amount }) => t + amount, 0);
    const amount = written?.amount ?? 0;
    const price: Price = books.known('price', line.price);
    const product = books.get('product', String(price.product));
    return {
      id: line.id,
      object: 'item',
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: tax,
      amount_total: amount + tax,
      currency: price.currency,
      description: product?.name ?? 'Product',
      price,
      quantity: price.recurring?.usage_type === 'metered' ? null : line.quantity,
    };
  });
  return listOf(`/v1/checkout/sessions/${session.id}/line_items`, items);
}

export function expireSession(books: Books, id: string): CheckoutSession | undefined {
  const session = books.get('checkout.session', id);
  if (session?.status !== 'open') return undefined;
  const expired = books.change('checkout.session', id, { status: 'expired', url: null });
  books.emit('checkout.session.expired', expired);
  return expired;
}

/** The page's address after it is done, with the session's id put in. */
export function doneUrl(session: CheckoutSession): string | null {
  return session.success_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id) ?? null;
}

/** @throws StripeError 400 unless the session is open */
export function openSession(books: Books, id: string): CheckoutSession {
  const session = books.find('checkout.session', id);
  if (session.status !== 'open') {
    throw invalid(`This Checkout Session is ${String(session.status)} and no longer open.`, 'id');
  }
  return session;
}

export type SubscriptionData = NonNullable<Stripe.Checkout.SessionCreateParams['subscription_data']>;
export type PaymentData = NonNullable<Stripe.Checkout.SessionCreateParams['payment_intent_data']>;
