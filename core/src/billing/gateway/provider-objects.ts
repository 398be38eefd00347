import type { Interval } from '../types.ts';

/** What of our own stands on the provider's objects, so that they lead back. */
export interface Origin {
  tenant: string;
  plugin: string;
  purchase: string;
}

export interface CardOnFile {
  brand: string;
  last4: string;
  expMonth: number;
  expYear: number;
}

/** How a customer pays, and what is taken off the next invoice. */
export interface ProviderCustomer {
  card: CardOnFile | null;
  credit: { amount: number; currency: string } | null;
}

/** The provider's objects as they are at the moment of reading, reduced to what is projected. Amounts in minor units. */
export interface ProviderSubscription {
  id: string;
  customer: string;
  origin: Partial<Origin>;
  status: string;
  currency: string;
  plan: Interval;
  price: string;
  item: string;
  /** Items that are charged by what was used. */
  meteredItems: string[];
  unitAmount: number;
  quantity: number;
  perSeat: boolean;
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  trialEndsAt: Date | null;
  /** When it will end or has been told to end. */
  cancelAt: Date | null;
  endedAt: Date | null;
  latestInvoice: string | null;
  /** What it becomes when its latest invoice is paid in time. */
  pending: PendingChange | null;
  /** Beginning of the first of the latest periods that were not paid, once the provider has given up waiting for it. */
  owedSince: Date | null;
  createdAt: Date;
}

/** A change that waits until the payer's bank has its payment confirmed. */
export interface PendingChange {
  plan: Interval;
  quantity: number;
  unitAmount: number;
  /** What is to be paid for it now. */
  due: number;
  /** Forgotten then. */
  until: Date;
}

export interface ProviderInvoice {
  id: string;
  customer: string;
  origin: Partial<Origin>;
  subscription: string | null;
  number: string | null;
  status: string;
  reason: string | null;
  currency: string;
  total: number;
  amountDue: number;
  amountPaid: number;
  tax: number;
  hostedUrl: string | null;
  pdfUrl: string | null;
  attempts: number;
  nextAttemptAt: Date | null;
  needsAction: boolean;
  /** That have paid it, where it was read by itself and not in a list. */
  charges: string[];
  createdAt: Date;
  paidAt: Date | null;
}

export interface ProviderCheckout {
  id: string;
  customer: string | null;
  origin: Partial<Origin>;
  status: 'open' | 'complete' | 'expired';
  /** Paid, or nothing had to be. */
  paid: boolean;
  url: string | null;
  intent: string | null;
  subscription: string | null;
  expiresAt: Date;
}

export interface ProviderIntent {
  id: string;
  customer: string | null;
  origin: Partial<Origin>;
  status: string;
  amountReceived: number;
  charge: string | null;
}

export interface ProviderCharge {
  id: string;
  customer: string | null;
  intent: string | null;
  amount: number;
  amountRefunded: number;
  /** Newest first. */
  disputes: ProviderDispute[];
  /** When it paid an invoice. */
  invoice: string | null;
  currency: string;
  /** The money has come. */
  captured: boolean;
  /** What it brought; `null` while the provider does not say. */
  settled: Settlement | null;
  /** What refunds took from the balance, in the currency of `settled`. */
  returned: number;
  createdAt: Date;
}

/** What something did to the balance that the provider keeps for the platform. In minor units. */
export interface Settlement {
  /** That of the balance: payments in other currencies are exchanged. */
  currency: string;
  /** Negative: taken away. */
  amount: number;
  /** What the provider kept besides. */
  fee: number;
}

/** A payment, or a part of it, that the payer's bank takes back. */
export interface ProviderDispute {
  id: string;
  state: 'open' | 'won' | 'lost';
  amount: number;
  currency: string;
  /** In the provider's own words. */
  reason: string;
  /** Until when it can be answered. */
  dueAt: Date | null;
  settlements: Settlement[];
  createdAt: Date;
}

/** A publisher's account as it is now. */
export interface ProviderAccount {
  id: string;
  detailsSubmitted: boolean;
  chargesEnabled: boolean;
  payoutsEnabled: boolean;
  /** What the provider still wants to know, in its own words. */
  requirements: string[];
}

/** Money that the provider pays out of a publisher's account to its bank. */
export interface ProviderPayout {
  id: string;
  currency: string;
  amount: number;
  status: string;
  failure: string | null;
  arrivalAt: Date;
  createdAt: Date;
}
