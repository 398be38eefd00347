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
  /** Of the newest dispute. */
  dispute: 'open' | 'won' | 'lost' | null;
  /** When it paid an invoice. */
  invoice: string | null;
  currency: string;
  /** The money has come. */
  captured: boolean;
  /** What the provider kept of it; `null` while it does not say. */
  providerFee: number | null;
  /** What the provider took for the newest dispute. */
  disputeFee: number;
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
