import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { methodOf } from '../payments/methods.ts';
import { newPrice } from '../resources/catalog.ts';
import { type Books, ref } from '../state/books.ts';
import type { Price } from '../state/tables.ts';
import type { Wanted } from './discounts.ts';
import { intervalOf, nextBoundary, sameInterval } from './periods.ts';
import { planOf } from './subscriptions.ts';

const DAY = 86_400;

/** A price by id, or made of `price_data`. */
export function priceOf(
  books: Books,
  given: { price?: string; price_data?: object; plan?: string },
  param: string,
): Price {
  if (given.price_data !== undefined) return newPrice(books, given.price_data as Stripe.PriceCreateParams);
  const id = given.price ?? given.plan;
  if (id === undefined)
    throw invalid(`Missing required param: ${param}[price].`, `${param}[price]`, 'parameter_missing');
  return books.find('price', id, `${param}[price]`);
}

/** Prices of one subscription share currency and interval. */
export function checkTogether(prices: readonly Price[]): void {
  const [first] = prices;
  if (first === undefined) return;
  for (const price of prices) planOf(price);
  const interval = intervalOf(first);
  for (const price of prices) {
    if (price.currency !== first.currency) {
      throw invalid('All prices on a subscription must have the same currency.', 'items');
    }
    if (!sameInterval(intervalOf(price), interval)) {
      throw invalid(
        'All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`.',
        'items',
      );
    }
  }
}

export function hasOpenBusiness(books: Books, customer: string): boolean {
  return books
    .all('subscription')
    .some((s) => ref(s.customer) === customer && s.status !== 'canceled' && s.status !== 'incomplete_expired');
}

export function ownMethod(books: Books, id: string, customer: string): string {
  const method = methodOf(books, id, 'default_payment_method');
  if (ref(method.customer) !== customer) {
    throw invalid(
      'The customer does not have a payment method with this ID.',
      'default_payment_method',
      'resource_missing',
    );
  }
  return method.id;
}

export function ratesOf(books: Books, ids: '' | null | string[] | undefined): Stripe.TaxRate[] {
  return (ids === undefined || ids === null || ids === '' ? [] : ids).map((id) =>
    books.find('tax_rate', id, 'default_tax_rates'),
  );
}

export function wishes(given: '' | null | Wanted[] | undefined): Wanted[] {
  return given === undefined || given === null || given === '' ? [] : given;
}

export function trialOf(params: Stripe.SubscriptionCreateParams, now: number): number | null {
  if (params.trial_end !== undefined && params.trial_period_days !== undefined) {
    throw invalid('You may only pass one of trial_end and trial_period_days.', 'trial_end');
  }
  if (params.trial_period_days !== undefined) {
    if (params.trial_period_days < 1 || params.trial_period_days > 730) {
      throw invalid('Trials last from 1 to 730 days.', 'trial_period_days', 'parameter_invalid_integer');
    }
    return now + params.trial_period_days * DAY;
  }
  if (params.trial_end === undefined || params.trial_end === 'now') return null;
  const end = Number(params.trial_end);
  if (end <= now) throw invalid('Invalid timestamp: must be in the future.', 'trial_end');
  if (end > now + 730 * DAY) throw invalid('Trials last up to 730 days.', 'trial_end');
  return end;
}

export function anchorOf(
  params: Stripe.SubscriptionCreateParams,
  now: number,
  interval: { interval: string; interval_count: number },
): number {
  const anchor = params.billing_cycle_anchor;
  if (anchor === undefined) return now;
  if (anchor < now || anchor > nextBoundary(now, interval, now)) {
    throw invalid('billing_cycle_anchor must be within the first period.', 'billing_cycle_anchor');
  }
  return anchor;
}
