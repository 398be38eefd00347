import type {
  EventSubjects,
  PaymentGateway,
  ProviderCharge,
  ProviderCheckout,
  ProviderCustomer,
  ProviderIntent,
  ProviderInvoice,
  ProviderSubscription,
} from '../gateway/index.ts';

/** Ids of objects to read. */
export type Subjects = Record<keyof EventSubjects, Set<string>>;

/** Objects of one customer as they are now. */
export interface Facts {
  subscriptions: ProviderSubscription[];
  invoices: ProviderInvoice[];
  checkouts: ProviderCheckout[];
  intents: ProviderIntent[];
  charges: ProviderCharge[];
  /** Absent when it was not read; `null` when the provider no longer has it. */
  customer?: ProviderCustomer | null;
}

export function subjectsOf(all: readonly EventSubjects[]): Subjects {
  const subjects: Subjects = {
    subscription: new Set(),
    invoice: new Set(),
    checkout: new Set(),
    intent: new Set(),
    charge: new Set(),
    customer: new Set(),
  };
  for (const one of all) {
    for (const [kind, id] of Object.entries(one)) subjects[kind as keyof EventSubjects]?.add(id);
  }
  return subjects;
}

type Reader = Pick<PaymentGateway, 'subscription' | 'invoice' | 'checkout' | 'intent' | 'charge' | 'customer'>;

/** Reads each of these once, and what they lead to. */
export async function readFacts(gateway: Reader, subjects: Subjects, customer: string): Promise<Facts> {
  const found = <T>(ids: Iterable<string>, read: (id: string) => Promise<T | null>): Promise<T[]> =>
    Promise.all([...ids].map(read)).then((all) => all.filter((one): one is Awaited<T> & T => one !== null));

  const [checkouts, charges] = await Promise.all([
    found(subjects.checkout, gateway.checkout),
    found(subjects.charge, gateway.charge),
  ]);
  const intentIds = new Set(subjects.intent);
  const subscriptionIds = new Set(subjects.subscription);
  const invoiceIds = new Set(subjects.invoice);
  for (const { intent, subscription } of checkouts) {
    if (intent !== null) intentIds.add(intent);
    if (subscription !== null) subscriptionIds.add(subscription);
  }
  for (const { intent, invoice } of charges) if (invoice === null && intent !== null) intentIds.add(intent);
  const intents = await found(intentIds, gateway.intent);
  // The event of the payment may have come before that of its page, when its purpose was not yet known.
  const paid = new Set(checkouts.map(({ intent }) => intent));
  const chargeIds = intents.flatMap(({ id, charge }) => (paid.has(id) && charge !== null ? [charge] : []));
  const unread = chargeIds.filter((id) => !subjects.charge.has(id));
  charges.push(...(await found(unread, gateway.charge)));
  // Also of the charges found just now: only the invoice says how much of a payment is tax.
  for (const { invoice } of charges) if (invoice !== null) invoiceIds.add(invoice);
  const invoices = await found(invoiceIds, gateway.invoice);
  // The payment may have been seen before its invoice, when nobody knew yet how much of it was tax.
  const seen = new Set(charges.map(({ id }) => id));
  const late = invoices.flatMap((one) => (one.subscription === null ? one.charges.filter((id) => !seen.has(id)) : []));
  charges.push(...(await found(late, gateway.charge)));
  for (const { subscription } of invoices) if (subscription !== null) subscriptionIds.add(subscription);
  const subscriptions = await found(subscriptionIds, gateway.subscription);
  const facts = { subscriptions, invoices, checkouts, intents, charges };
  // A means of payment is kept when something is paid with it.
  const mayHaveCard = subjects.customer.size > 0 || checkouts.some(({ status }) => status === 'complete');
  return own(mayHaveCard ? { ...facts, customer: await gateway.customer(customer) } : facts, customer);
}

/** Everything there is of a customer. */
export async function readAllFacts(gateway: PaymentGateway, customer: string): Promise<Facts> {
  const [subscriptions, invoices, checkouts, charges, payer] = await Promise.all([
    gateway.subscriptionsOf(customer),
    gateway.invoicesOf(customer),
    gateway.checkoutsOf(customer),
    gateway.chargesOf(customer),
    gateway.customer(customer),
  ]);
  const intentIds = new Set<string>();
  for (const { intent } of [...checkouts, ...charges]) if (intent !== null) intentIds.add(intent);
  const intents = await Promise.all([...intentIds].map((id) => gateway.intent(id)));
  return {
    subscriptions,
    invoices,
    checkouts,
    charges,
    intents: intents.filter((intent) => intent !== null),
    customer: payer,
  };
}

/** Leaves out what belongs to another customer, whatever led here. */
function own(facts: Facts, customer: string): Facts {
  const ofCustomer = (object: { customer: string | null }) => object.customer === customer;
  return {
    ...facts,
    subscriptions: facts.subscriptions.filter(ofCustomer),
    invoices: facts.invoices.filter(ofCustomer),
    checkouts: facts.checkouts.filter(ofCustomer),
    intents: facts.intents.filter(ofCustomer),
    charges: facts.charges.filter(ofCustomer),
  };
}
