import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { rounded, shared } from '../money.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { InvoiceLine } from '../state/tables.ts';
import { boundary } from './periods.ts';

/** A coupon or promotion code as requests name it. */
export interface Wanted {
  coupon?: string;
  promotion_code?: string;
  discount?: string;
}

/** The coupon behind a wish, usable now. @throws StripeError 400 for one that is not */
export function couponOf(
  books: Books,
  wanted: Wanted,
  customer: string | null,
): { coupon: Stripe.Coupon; code: Stripe.PromotionCode | null } {
  let code: Stripe.PromotionCode | null = null;
  let id = wanted.coupon;
  if (wanted.promotion_code !== undefined) {
    code = books.find('promotion_code', wanted.promotion_code, 'promotion_code');
    const owner = ref(code.customer);
    const expired = code.expires_at !== null && code.expires_at <= books.now(books.clockOfCustomer(customer));
    const spent = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions;
    if (!code.active || expired || spent || (owner !== null && owner !== customer)) {
      throw invalid('This promotion code cannot be redeemed.', 'promotion_code', 'promotion_code_invalid');
    }
    if (code.restrictions.first_time_transaction && customer !== null && hasPaid(books, customer)) {
      throw invalid(
        'This promotion code cannot be redeemed because the associated customer has prior transactions.',
        'promotion_code',
        'promotion_code_invalid',
      );
    }
    id = ref(code.promotion.coupon) ?? undefined;
  }
  const coupon = books.find('coupon', id ?? '', 'coupon');
  if (!shownCoupon(books, coupon).valid) throw invalid(`Coupon expired: ${coupon.id}`, 'coupon', 'coupon_expired');
  return { coupon, code };
}

function hasPaid(books: Books, customer: string): boolean {
  return books.all('charge').some((charge) => ref(charge.customer) === customer && charge.paid);
}

/** With `valid` as it is now. */
export function shownCoupon(books: Books, coupon: Stripe.Coupon): Stripe.Coupon {
  const expired = coupon.redeem_by !== null && coupon.redeem_by <= books.now();
  const spent = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions;
  return { ...coupon, valid: !expired && !spent };
}

/** Redeems a coupon for a customer, a subscription or one invoice. */
export function redeem(
  books: Books,
  wanted: Wanted,
  target: { customer: string; subscription?: string | null; invoice?: string | null; session?: string | null },
): Stripe.Discount {
  const { coupon, code } = couponOf(books, wanted, target.customer);
  const start = books.now(books.clockOfCustomer(target.customer));
  const months = coupon.duration === 'repeating' ? (coupon.duration_in_months ?? 0) : 0;
  books.change('coupon', coupon.id, { times_redeemed: coupon.times_redeemed + 1 });
  if (code !== null) books.change('promotion_code', code.id, { times_redeemed: code.times_redeemed + 1 });
  const discount = books.insert('discount', {
    id: newId('di'),
    object: 'discount',
    checkout_session: target.session ?? null,
    customer: target.customer,
    customer_account: null,
    end: months === 0 ? null : boundary(start, { interval: 'month', interval_count: 1 }, months),
    invoice: target.invoice ?? null,
    invoice_item: null,
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: 'coupon' },
    start,
    subscription: target.subscription ?? null,
    subscription_item: null,
  });
  books.emit('customer.discount.created', discount);
  return discount;
}

/** Writes discounts onto lines: percentages line by line, fixed amounts in proportion, nothing lost in rounding. */
export function discounted(books: Books, lines: readonly InvoiceLine[], discounts: readonly string[]): InvoiceLine[] {
  let result = lines.map((line): InvoiceLine => ({ ...line, discount_amounts: [] }));
  for (const id of discounts) {
    const discount = books.get('discount', id);
    const coupon = books.get('coupon', ref(discount?.source.coupon ?? null) ?? '');
    if (coupon === undefined) continue;
    const left = result.map((line) => {
      const products = coupon.applies_to?.products;
      const product = line.pricing?.price_details?.product ?? '';
      const applies = line.discountable && (products === undefined || products.includes(product));
      const taken = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
      return applies ? line.amount - taken : 0;
    });
    const total = left.reduce((sum, amount) => sum + amount, 0);
    const percent = coupon.percent_off;
    const parts =
      percent !== null
        ? left.map((amount) => rounded((amount * percent) / 100))
        : shared(
            Math.max(0, Math.min(coupon.amount_off ?? 0, total)),
            left.map((amount) => Math.max(0, amount)),
          );
    result = result.map((line, i) => {
      const amount = parts[i] ?? 0;
      return amount === 0
        ? line
        : { ...line, discount_amounts: [...(line.discount_amounts ?? []), { amount, discount: id }] };
    });
  }
  return result;
}

/** The discounts that still apply at a time. */
export function running(books: Books, ids: readonly string[], at: number): string[] {
  return ids.filter((id) => {
    const discount = books.get('discount', id);
    return discount !== undefined && (discount.end === null || discount.end > at);
  });
}
