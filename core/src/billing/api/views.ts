import type { ChangePreview } from '../gateway/index.ts';

export interface PurchaseRow {
  id: string;
  plugin: string;
  plan: string;
  state: string;
  currency: string;
  unitAmount: number;
  seats: number | null;
  amountPaid: number | null;
  amountRefunded: number;
  dispute: string | null;
  createdAt: Date;
  completedAt: Date | null;
}

export interface SubscriptionRow {
  id: string;
  plugin: string;
  plan: string;
  status: string;
  currency: string;
  unitAmount: number;
  quantity: number;
  perSeat: boolean;
  currentPeriodEnd: Date | null;
  paidUntil: Date | null;
  trialEndsAt: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  pendingPlan: string | null;
  pendingQuantity: number | null;
  pendingUnitAmount: number | null;
  pendingDue: number | null;
  pendingUntil: Date | null;
  createdAt: Date;
}

export interface InvoiceRow {
  id: string;
  number: string | null;
  plugin: string | null;
  subscription: string | null;
  status: string;
  currency: string;
  total: number;
  amountDue: number;
  amountPaid: number;
  tax: number;
  page: string | null;
  pdf: string | null;
  nextAttemptAt: Date | null;
  needsAction: boolean;
  createdAt: Date;
  paidAt: Date | null;
}

export const PURCHASE_COLUMNS = `id, plugin_id as plugin, plan, state, currency, unit_amount as "unitAmount", seats,
  amount_paid as "amountPaid", amount_refunded as "amountRefunded", dispute, created_at as "createdAt",
  completed_at as "completedAt"`;

export const SUBSCRIPTION_COLUMNS = `id, plugin_id as plugin, plan, status, currency, unit_amount as "unitAmount",
  quantity, per_seat as "perSeat", current_period_end as "currentPeriodEnd", paid_until as "paidUntil",
  trial_ends_at as "trialEndsAt", cancel_at as "cancelAt", ended_at as "endedAt", pending_plan as "pendingPlan",
  pending_quantity as "pendingQuantity", pending_unit_amount as "pendingUnitAmount", pending_due as "pendingDue",
  pending_until as "pendingUntil", created_at as "createdAt"`;

export const INVOICE_COLUMNS = `id, number, plugin_id as plugin, subscription, status, currency, total,
  amount_due as "amountDue", amount_paid as "amountPaid", tax, hosted_url as page, pdf_url as pdf,
  next_attempt_at as "nextAttemptAt", needs_action as "needsAction", created_at as "createdAt", paid_at as "paidAt"`;

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;

export function showPurchase({ unitAmount, createdAt, completedAt, currency, ...rest }: PurchaseRow) {
  return {
    ...rest,
    currency: currency.toUpperCase(),
    amount: unitAmount * (rest.seats ?? 1),
    createdAt: createdAt.toISOString(),
    completedAt: iso(completedAt),
  };
}

/** A subscription's state in the words of this API. Pure. */
export function subscriptionState({ status, cancelAt }: Pick<SubscriptionRow, 'status' | 'cancelAt'>): string {
  switch (status) {
    case 'trialing':
      return cancelAt === null ? 'trial' : 'ending';
    case 'active':
      return cancelAt === null ? 'active' : 'ending';
    case 'past_due':
      return 'past-due';
    case 'unpaid':
    case 'incomplete':
    case 'paused':
      return status;
    default:
      return 'ended';
  }
}

function showPending(row: SubscriptionRow) {
  const { perSeat, pendingPlan: plan, pendingQuantity, pendingUnitAmount, pendingDue: due, pendingUntil } = row;
  if (pendingUntil === null) return null;
  const quantity = pendingQuantity ?? 1;
  const unitAmount = pendingUnitAmount ?? 0;
  return {
    plan,
    seats: perSeat ? quantity : null,
    amount: unitAmount * quantity,
    due,
    until: pendingUntil.toISOString(),
  };
}

export function showSubscription(row: SubscriptionRow) {
  const { id, plugin, plan, unitAmount, quantity } = row;
  const state = subscriptionState(row);
  const goesOn = ['trial', 'active', 'past-due'].includes(state);
  return {
    id,
    plugin,
    plan,
    state,
    currency: row.currency.toUpperCase(),
    unitAmount,
    amount: unitAmount * quantity,
    seats: row.perSeat ? quantity : null,
    nextPaymentAt: goesOn ? iso(row.currentPeriodEnd) : null,
    currentPeriodEnd: iso(row.currentPeriodEnd),
    paidUntil: iso(row.paidUntil),
    trialEndsAt: iso(row.trialEndsAt),
    cancelAt: iso(row.cancelAt),
    endedAt: iso(row.endedAt),
    pendingChange: showPending(row),
    createdAt: row.createdAt.toISOString(),
  };
}

export function showInvoice({ currency, nextAttemptAt, createdAt, paidAt, ...rest }: InvoiceRow) {
  return {
    ...rest,
    currency: currency.toUpperCase(),
    nextAttemptAt: iso(nextAttemptAt),
    createdAt: createdAt.toISOString(),
    paidAt: iso(paidAt),
  };
}

export function showPreview({ currency, nextPaymentAt, prorationAt, ...rest }: ChangePreview) {
  return {
    ...rest,
    currency: currency.toUpperCase(),
    nextPaymentAt: iso(nextPaymentAt),
    prorationAt: prorationAt.toISOString(),
  };
}
