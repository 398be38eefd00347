import type { Books } from '../state/books.ts';
import type { Invoice, Subscription } from '../state/tables.ts';
import { running } from './discounts.ts';
import { pendingItems, withSums } from './draft-invoice.ts';
import { invoiceItemLine, numbered } from './lines.ts';
import { intervalOf, nextBoundary } from './periods.ts';
import { periodLines, periodOf, termsOf, usageLines } from './subscriptions.ts';

/** The next renewal's invoice as it would be now; null when none will come. Changes nothing. */
export function upcoming(books: Books, subscription: Subscription, model?: Invoice): Record<string, unknown> | null {
  const latest = model ?? books.get('invoice', String(subscription.latest_invoice));
  const [item] = subscription.items.data;
  if (latest === undefined || item === undefined) return null;
  const period = periodOf(subscription);
  const next = {
    start: period.end,
    end: nextBoundary(subscription.billing_cycle_anchor, intervalOf(item.price), period.end),
  };
  const { customer, currency } = termsOf(subscription);
  const owner = books.known('customer', customer);
  const usage = subscription.status === 'trialing' ? [] : usageLines(books, subscription, period);
  const pending = pendingItems(books, customer, currency, subscription.id).map(invoiceItemLine);
  const id = `upcoming_in_${subscription.id.slice(4)}`;
  const drafted = withSums(books, {
    ...latest,
    id,
    amount_paid: 0,
    attempt_count: 0,
    attempted: false,
    billing_reason: 'upcoming',
    created: period.end,
    discounts: running(books, subscription.discounts, period.end),
    effective_at: null,
    ending_balance: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    lines: numbered(id, [...pending, ...usage, ...periodLines(books, subscription, next)]),
    next_payment_attempt: period.end + books.rules.draftSeconds,
    number: null,
    period_start: period.start,
    period_end: period.end,
    starting_balance: owner.balance,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  });
  return { ...drafted };
}
