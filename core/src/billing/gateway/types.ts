import type { Interval, Plan, Provider } from '../types.ts';
import type {
  Origin,
  ProviderAccount,
  ProviderCharge,
  ProviderCheckout,
  ProviderCustomer,
  ProviderIntent,
  ProviderInvoice,
  ProviderPayout,
  ProviderSubscription,
} from './provider-objects.ts';

export type * from './provider-objects.ts';

export interface AccountOrder {
  name: string;
  email: string;
  country: string;
}

export interface TransferOrder {
  account: string;
  currency: string;
  amount: number;
}

/** What is to come back of a transfer. */
export interface ReversalOrder {
  transfer: string;
  amount: number;
  /** Our own name of it, by which it is found again. */
  reference: string;
}

/** One price of a plan, as a plugin's manifest names it. */
export interface PriceSpec {
  plugin: string;
  pluginName: string;
  plan: Plan;
  currency: string;
  unitAmount: number;
  perSeat: boolean;
}

/** What use beyond the included amount costs. */
export interface MeterPriceSpec {
  plugin: string;
  pluginName: string;
  meter: string;
  title: string;
  plan: Interval;
  currency: string;
  included: number;
  /** Minor units, possibly a fraction, e.g. `0.5`. */
  unitAmount: string;
}

export interface OrderLine {
  price: string;
  /** Absent for what is metered. */
  quantity?: number;
}

export interface CheckoutOrder {
  mode: 'payment' | 'subscription';
  customer: string;
  origin: Origin;
  lines: OrderLine[];
  promotionCode: string | null;
  trialEndsAt: Date | null;
  locale: 'en' | 'de';
  successUrl: string;
  cancelUrl: string;
}

export interface DirectOrder extends Omit<CheckoutOrder, 'successUrl' | 'cancelUrl' | 'mode' | 'locale'> {
  currency: string;
  amount: number;
}

/** For the client that confirms a payment itself. `clientSecret` is `null` when there is nothing to pay now. */
export interface DirectPayment {
  clientSecret: string | null;
  intent: string | null;
  subscription: string | null;
}

export interface SubscriptionChange {
  subscription: string;
  item: string;
  price: string;
  quantity: number;
  /** Items of the old interval that go, and prices that come: metered ones. */
  removeItems: string[];
  addPrices: string[];
  /** At which moment the change is reckoned: that of the preview; the provider's present when `null`. */
  prorationAt: Date | null;
}

/** What a change would cost. */
export interface ChangePreview {
  currency: string;
  /** Due at once; negative: credited. */
  dueNow: number;
  /** Each line that leads to it. */
  lines: { description: string; amount: number }[];
  /** The next regular payment, as far as the provider tells. */
  nextPaymentAt: Date | null;
  /** To be handed back with the change, so that it costs what was shown. */
  prorationAt: Date;
}

/** What the payer's client needs to have a pending change confirmed. */
export interface ChangeConfirmation {
  /** For a client that confirms the payment itself. */
  clientSecret: string | null;
  /** The page of the bank, or of the provider where the invoice is paid. */
  url: string | null;
}

/** An event of the provider: which objects have changed. Their content is read anew when it is needed. */
export interface ProviderEvent {
  id: string;
  type: string;
  account: string | null;
  customer: string | null;
  /** Id of the object the event is about. */
  object: string | null;
  subjects: EventSubjects;
  occurredAt: Date;
}

export interface EventSubjects {
  subscription?: string;
  invoice?: string;
  checkout?: string;
  intent?: string;
  charge?: string;
  customer?: string;
}

export interface MeterUsage {
  eventName: string;
  customer: string;
  quantity: number;
  identifier: string;
  at: Date;
}

/**
 * The one way to the payment provider. Every method rejects with `ApiError`: `payment-failed` when the card is refused,
 * `conflict` when the payer can do something about a refusal, `unavailable` when the provider cannot be reached or
 * refuses otherwise. Of the provider's own texts only those meant for payers are passed on. Keys make repetitions
 * harmless. Methods that read resolve with `null` for what is not there.
 */
export interface PaymentGateway {
  readonly provider: Provider;
  /** Whether the provider reckons taxes and adds them, where it asks for an address. */
  readonly automaticTax: boolean;
  /** For clients that confirm payments themselves. */
  publishableKey(): Promise<string>;
  createCustomer(tenant: { id: string; name: string; email: string }, key: string): Promise<string>;
  /** The price's id; made when it is not there. */
  ensurePrice(spec: PriceSpec, lookupKey: string): Promise<string>;
  /** The metered price's id and the name under which use is reported. */
  ensureMeterPrice(spec: MeterPriceSpec, lookupKey: string): Promise<{ price: string; eventName: string }>;
  /** Id of an active promotion code. */
  findPromotionCode(code: string): Promise<string | null>;
  createCheckout(order: CheckoutOrder, key: string): Promise<ProviderCheckout>;
  /** Resolves with how it stands now: perhaps it has been paid in the meantime. */
  expireCheckout(id: string): Promise<ProviderCheckout | null>;
  createIntent(order: DirectOrder, key: string): Promise<DirectPayment>;
  cancelIntent(id: string): Promise<ProviderIntent | null>;
  createSubscription(order: DirectOrder, key: string): Promise<DirectPayment>;
  previewChange(change: SubscriptionChange): Promise<ChangePreview>;
  /** `pending`: the payer's bank wants a confirmation; until then nothing changes. */
  changeSubscription(change: SubscriptionChange, key: string): Promise<'made' | 'pending'>;
  /** Where a pending change is confirmed; the payer returns to `returnUrl`. `null` when none is pending. */
  confirmChange(subscription: string, returnUrl: string): Promise<ChangeConfirmation | null>;
  /** The pending change, where there is one, is not made. Idempotent. */
  withdrawChange(subscription: string): Promise<void>;
  setCancelAtPeriodEnd(subscription: string, cancel: boolean): Promise<void>;
  cancelNow(subscription: string): Promise<void>;
  portal(customer: string, returnUrl: string): Promise<string>;
  refund(charge: string, amount: number | null, key: string): Promise<void>;
  reportUsage(usage: MeterUsage): Promise<void>;

  subscription(id: string): Promise<ProviderSubscription | null>;
  subscriptionsOf(customer: string): Promise<ProviderSubscription[]>;
  invoice(id: string): Promise<ProviderInvoice | null>;
  invoicesOf(customer: string): Promise<ProviderInvoice[]>;
  checkout(id: string): Promise<ProviderCheckout | null>;
  checkoutsOf(customer: string): Promise<ProviderCheckout[]>;
  intent(id: string): Promise<ProviderIntent | null>;
  charge(id: string): Promise<ProviderCharge | null>;
  chargesOf(customer: string): Promise<ProviderCharge[]>;
  customer(id: string): Promise<ProviderCustomer | null>;

  createAccount(order: AccountOrder, key: string): Promise<string>;
  /** A page of the provider where the publisher says who it is; good for minutes. */
  onboarding(account: string, returnUrl: string): Promise<string>;
  account(id: string): Promise<ProviderAccount | null>;
  /** The transfer's id. */
  transfer(order: TransferOrder, key: string): Promise<string>;
  /** What an account has at its disposal in one currency. */
  accountBalance(account: string, currency: string): Promise<number>;
  /** The reversal's id; the one that was made under this reference before, where there is one. */
  reverseTransfer(order: ReversalOrder, key: string): Promise<string>;
  payout(account: string, id: string): Promise<ProviderPayout | null>;

  /** Events since a moment, oldest first: the platform's own, or those of a publisher's account. */
  eventsSince(since: Date, account: string | null): Promise<ProviderEvent[]>;
  /** Checks the signature of a delivery and reads it; rejects with `malformed-request`. */
  readEvent(body: Buffer, signature: string, now: Date): Promise<ProviderEvent>;
}
