import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { given, merged } from '../http/metadata.ts';
import { type Books, idOf, ref } from '../state/books.ts';
import type { Subscription } from '../state/tables.ts';
import { redeem } from './discounts.ts';
import { ownMethod, ratesOf, wishes } from './subscription-terms.ts';
import { periodOf } from './subscriptions.ts';

type Params = Stripe.SubscriptionUpdateParams;

/** What is changed beside the items: how it is paid, taxed and discounted, and when it ends. */
export function changeTerms(books: Books, before: Subscription, params: Params, now: number): void {
  const customer = idOf(before.customer as string);
  const patch: Partial<Subscription> = {
    metadata: merged(before.metadata, params.metadata),
    description: given(params.description, before.description),
    collection_method: params.collection_method ?? before.collection_method,
    days_until_due: params.days_until_due ?? before.days_until_due,
    default_tax_rates:
      params.default_tax_rates === undefined
        ? (before.default_tax_rates ?? [])
        : ratesOf(books, params.default_tax_rates),
  };
  if (params.default_payment_method !== undefined) {
    patch.default_payment_method =
      params.default_payment_method === '' ? null : ownMethod(books, params.default_payment_method, customer);
  }
  if (params.automatic_tax !== undefined)
    patch.automatic_tax = { ...before.automatic_tax, enabled: params.automatic_tax.enabled };
  if (params.application_fee_percent !== undefined)
    patch.application_fee_percent = given(params.application_fee_percent, null);
  if (params.payment_settings?.save_default_payment_method !== undefined && before.payment_settings !== null) {
    const save = params.payment_settings.save_default_payment_method;
    patch.payment_settings = { ...before.payment_settings, save_default_payment_method: save };
  }
  if (params.trial_settings !== undefined) {
    const wanted = params.trial_settings.end_behavior.missing_payment_method;
    patch.trial_settings = {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: wanted ?? 'create_invoice' },
    };
  }
  if (params.pause_collection !== undefined) {
    const pause = given(params.pause_collection, null);
    patch.pause_collection = pause === null ? null : { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null };
    if (pause?.resumes_at !== undefined)
      books.schedule(ref(before.test_clock), pause.resumes_at, 'subscription.collection-resumes', before.id);
  }
  if (params.discounts !== undefined) {
    patch.discounts = wishes(params.discounts).map((wanted) =>
      wanted.discount !== undefined && before.discounts.includes(wanted.discount)
        ? wanted.discount
        : redeem(books, wanted, { customer, subscription: before.id }).id,
    );
  }
  if (params.cancel_at_period_end !== undefined && params.cancel_at !== undefined) {
    throw invalid('You may only pass one of cancel_at and cancel_at_period_end.', 'cancel_at');
  }
  if (params.cancel_at_period_end === true) {
    Object.assign(patch, { cancel_at_period_end: true, cancel_at: periodOf(before).end, canceled_at: now });
    patch.cancellation_details = cancellation(before, params, 'cancellation_requested');
  } else if (params.cancel_at_period_end === false) {
    Object.assign(patch, { cancel_at_period_end: false, cancel_at: null, canceled_at: null });
    patch.cancellation_details = cancellation(before, params, null);
  } else if (params.cancel_at !== undefined) cancelAt(books, before, params, patch, now);
  else if (params.cancellation_details !== undefined)
    patch.cancellation_details = cancellation(before, params, before.cancellation_details?.reason ?? null);
  books.change('subscription', before.id, patch);
}

function cancelAt(books: Books, before: Subscription, params: Params, patch: Partial<Subscription>, now: number): void {
  const wanted = given(params.cancel_at, null);
  if (wanted === null) {
    Object.assign(patch, { cancel_at_period_end: false, cancel_at: null, canceled_at: null });
    patch.cancellation_details = cancellation(before, params, null);
    return;
  }
  const at = typeof wanted === 'number' ? wanted : periodOf(before).end;
  if (at <= now) throw invalid('cancel_at must be in the future.', 'cancel_at');
  Object.assign(patch, { cancel_at: at, cancel_at_period_end: false, canceled_at: now });
  patch.cancellation_details = cancellation(before, params, 'cancellation_requested');
  books.schedule(ref(before.test_clock), at, 'subscription.cancel-at', before.id);
}

function cancellation(
  before: Subscription,
  params: Params,
  reason: Stripe.Subscription.CancellationDetails.Reason | null,
): Stripe.Subscription.CancellationDetails {
  const details = params.cancellation_details;
  return {
    comment: given(details?.comment, before.cancellation_details?.comment ?? null),
    feedback: given(details?.feedback, before.cancellation_details?.feedback ?? null),
    feedback_option: null,
    reason,
  };
}
