import type Stripe from 'stripe';

/** Decimals go over the wire as strings; only the SDK makes objects of them. */
type Wire<T, K extends keyof T> = Omit<T, K> & { [P in K]: string | null };

export type Price = Omit<Wire<Stripe.Price, 'unit_amount_decimal'>, 'tiers'> & { tiers?: Tier[] };
export type Plan = Omit<Wire<Stripe.Plan, 'amount_decimal'>, 'tiers'> & { tiers?: Tier[] };
/** One step of a graduated or volume price; `up_to` null is the last one. */
export interface Tier {
  flat_amount: number | null;
  flat_amount_decimal: string | null;
  unit_amount: number | null;
  unit_amount_decimal: string | null;
  up_to: number | null;
}
interface Pricing {
  price_details?: { price: string; product: string };
  type: 'price_details';
  unit_amount_decimal: string | null;
}
export type InvoiceLine = Omit<Wire<Stripe.InvoiceLineItem, 'quantity_decimal'>, 'pricing' | 'discounts'> & {
  pricing: Pricing | null;
  discounts: string[];
};
export type InvoiceItem = Omit<Wire<Stripe.InvoiceItem, 'quantity_decimal'>, 'pricing'> & { pricing: Pricing | null };
export type SubscriptionItem = Omit<Stripe.SubscriptionItem, 'price' | 'plan' | 'discounts'> & {
  price: Price;
  plan: Plan;
  discounts: string[];
};
export interface ListOf<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}
export type Subscription = Omit<Stripe.Subscription, 'items' | 'discounts'> & {
  items: ListOf<SubscriptionItem>;
  discounts: string[];
};
export type Invoice = Omit<Stripe.Invoice, 'lines' | 'discounts'> & { lines: ListOf<InvoiceLine>; discounts: string[] };
export type CheckoutSession = Omit<Stripe.Checkout.Session, 'line_items'>;

/** One line of a checkout session: what is bought, and of what price. */
export interface SessionLine {
  id: string;
  price: string;
  quantity: number;
}

/** What a checkout session keeps for its completion, and Stripe does not show. */
export interface SessionPlan {
  id: string;
  lines: SessionLine[];
  subscription: Record<string, unknown>;
  payment: Record<string, unknown>;
  setup: Record<string, unknown>;
  locationTax: boolean;
}

/** How a test card behaves, by its payment method. */
export interface Instrument {
  id: string;
  token: string;
  /** Proven by its holder, so that it may be charged off session. */
  authenticated: boolean;
}

/** Something that happens at a point of a clock's time. */
export interface Appointment {
  id: string;
  /** A test clock, or '' for the world's. */
  clock: string;
  account: string | null;
  /** Unix seconds. */
  at: number;
  work: string;
  subject: string;
}

/** One event on its way to one endpoint; gone once it has arrived, was dropped or was given up. */
export interface Delivery {
  id: string;
  event: string;
  endpoint: string;
  /** The test clock its subject lives by, or ''. */
  clock: string;
  attempts: number;
  /** Milliseconds of the machine's time; -1 while a chaos switch holds it back until a clock gets there. */
  notBefore: number;
  lastStatus: number | null;
  lastError: string | null;
}

export interface RememberedAnswer {
  id: string;
  digest: string;
  status: number;
  body: string;
  /** Unix seconds. */
  at: number;
}

export interface MeterRecord {
  id: string;
  meter: string;
  customer: string;
  identifier: string;
  value: number;
  timestamp: number;
}

/** A way from one object to another that Stripe's objects do not show: `invoice:in_1` → `pi_1`. */
export interface Link {
  id: string;
  to: string;
}

/** A test clock on its way: where to. */
export interface Journey {
  id: string;
  to: number;
}

/** Whose events an endpoint gets, and the secret that they are signed with. */
export interface EndpointSetting {
  id: string;
  accounts: 'own' | 'connected' | 'all';
  secret: string;
}

/** Settings that outlive the process: the world's clock. */
export interface WorldSetting {
  id: 'world';
  /** Seconds the world's clock is ahead of the machine's. */
  ahead: number;
  invoices: number;
}

export interface Tables {
  account: Stripe.Account;
  application_fee: Stripe.ApplicationFee;
  appointment: Appointment;
  balance_transaction: Stripe.BalanceTransaction;
  'billing.meter': Stripe.Billing.Meter;
  'billing_portal.configuration': Stripe.BillingPortal.Configuration;
  'billing_portal.session': Stripe.BillingPortal.Session;
  charge: Stripe.Charge;
  'checkout.session': CheckoutSession;
  coupon: Stripe.Coupon;
  credit_note: Stripe.CreditNote;
  customer: Stripe.Customer;
  customer_balance_transaction: Stripe.CustomerBalanceTransaction;
  delivery: Delivery;
  discount: Stripe.Discount;
  dispute: Stripe.Dispute;
  endpoint_setting: EndpointSetting;
  event: Stripe.EventBase;
  fee_refund: Stripe.FeeRefund;
  instrument: Instrument;
  invoice: Invoice;
  invoice_payment: Stripe.InvoicePayment;
  invoiceitem: InvoiceItem;
  journey: Journey;
  link: Link;
  meter_record: MeterRecord;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  payout: Stripe.Payout;
  price: Price;
  product: Stripe.Product;
  promotion_code: Stripe.PromotionCode;
  refund: Stripe.Refund;
  remembered: RememberedAnswer;
  session_plan: SessionPlan;
  setup_intent: Stripe.SetupIntent;
  subscription: Subscription;
  tax_id: Stripe.TaxId;
  tax_rate: Stripe.TaxRate;
  'test_helpers.test_clock': Stripe.TestHelpers.TestClock;
  transfer: Stripe.Transfer;
  transfer_reversal: Stripe.TransferReversal;
  webhook_endpoint: Stripe.WebhookEndpoint;
  world: WorldSetting;
}

export type Kind = keyof Tables;
