/** Answers of the billing API. Amounts in minor units of their currency. */

export interface BillingOverview {
  payments: 'double' | 'test' | 'live';
  paymentMethod: { brand: string; last4: string; expMonth: number; expYear: number } | null;
  /** What is taken off the next invoice. */
  credit: { amount: number; currency: string } | null;
  attention: Attention[];
}

export interface Attention {
  kind: 'past-due' | 'action';
  invoice: string;
  plugin: string | null;
  amount: number;
  currency: string;
  /** Where it is paid or confirmed. */
  page: string | null;
  nextAttemptAt: string | null;
}

export type SubscriptionState =
  | 'incomplete'
  | 'trial'
  | 'active'
  | 'past-due'
  | 'unpaid'
  | 'ending'
  | 'paused'
  | 'ended';

export interface SubscriptionView {
  id: string;
  plugin: string;
  plan: 'monthly' | 'annual';
  state: SubscriptionState;
  currency: string;
  unitAmount: number;
  amount: number;
  seats: number | null;
  nextPaymentAt: string | null;
  paidUntil: string | null;
  trialEndsAt: string | null;
  cancelAt: string | null;
  endedAt: string | null;
  pendingChange: PendingChange | null;
}

/** A change that waits until the bank has its payment confirmed. */
export interface PendingChange {
  plan: 'monthly' | 'annual';
  seats: number | null;
  /** Of each period from then on. */
  amount: number;
  /** What is to be paid for it now. */
  due: number;
  until: string;
}

/** A subscription after a change was asked for, and what came of that. */
export interface ChangedView extends SubscriptionView {
  status: 'changed' | 'confirmation-required' | 'not-changed';
  confirmation: { url: string | null } | null;
}

export interface InvoiceView {
  id: string;
  number: string | null;
  plugin: string | null;
  status: string;
  currency: string;
  total: number;
  amountDue: number;
  page: string | null;
  pdf: string | null;
  createdAt: string;
}

export interface PurchaseView {
  id: string;
  plugin: string;
  plan: Plan;
  state: 'pending' | 'intent' | 'confirmed' | 'completed' | 'expired' | 'cancelled' | 'refunded' | 'reversed';
  currency: string;
  amount: number;
  amountPaid: number | null;
  createdAt: string;
}

export type Plan = 'one-time' | 'monthly' | 'annual';

export interface OfferView {
  plan: Plan;
  currency: string;
  unitAmount: number;
  perSeat: boolean;
  savingPercent: number | null;
}

export interface PlansView {
  plugin: string;
  name: string;
  offers: OfferView[];
  meters: { name: string; title: string; unit: string; included: number; unitAmount?: number | string }[];
  owned: boolean;
  subscription: SubscriptionView | null;
  /** One that is paid, and not to be renewed. */
  ending: SubscriptionView | null;
  order: PurchaseView | null;
  seatsTaken: number;
  keepsTrialUntil: string | null;
}

export interface ChangePreview {
  currency: string;
  dueNow: number;
  lines: { description: string; amount: number }[];
  nextPaymentAt: string | null;
  prorationAt: string;
}
