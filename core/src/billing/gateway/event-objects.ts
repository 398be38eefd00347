import type Stripe from 'stripe';
import type { EventSubjects, ProviderEvent } from './types.ts';

interface EventObject {
  id?: unknown;
  object?: unknown;
  customer?: unknown;
  charge?: unknown;
  payment_intent?: unknown;
  subscription?: unknown;
  parent?: { subscription_details?: { subscription?: unknown } | null } | null;
}

function reference(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Objects to read again after an event about one. Nothing but the ids in an event is trusted. */
function subjectsOf(object: EventObject): EventSubjects {
  const id = reference(object.id);
  const subjects: Record<keyof EventSubjects, string | undefined> = {
    subscription: undefined,
    invoice: undefined,
    checkout: undefined,
    intent: undefined,
    charge: undefined,
    customer: undefined,
  };
  switch (object.object) {
    case 'subscription':
      subjects.subscription = id;
      break;
    case 'invoice':
      subjects.invoice = id;
      subjects.subscription = reference(object.parent?.subscription_details?.subscription);
      break;
    case 'checkout.session':
      subjects.checkout = id;
      subjects.subscription = reference(object.subscription);
      break;
    case 'payment_intent':
      subjects.intent = id;
      break;
    case 'charge':
      subjects.charge = id;
      break;
    case 'dispute':
    case 'refund':
      subjects.charge = reference(object.charge);
      break;
    case 'customer':
      subjects.customer = id;
      break;
    case 'payment_method':
      subjects.customer = reference(object.customer);
      break;
    default:
      break;
  }
  return Object.fromEntries(Object.entries(subjects).filter(([, value]) => value !== undefined));
}

/**
 * Events about objects that are still being made or that are not kept here; others follow that say what comes of it.
 */
const WITHOUT_CONSEQUENCE = new Set([
  'customer.created',
  'invoice.created',
  'invoice.upcoming',
  'invoice.updated',
  'payment_intent.created',
]);

export function toEvent(event: Stripe.Event): ProviderEvent {
  const object = event.data.object as EventObject;
  const subjects = WITHOUT_CONSEQUENCE.has(event.type) ? {} : subjectsOf(object);
  return {
    id: event.id,
    type: event.type,
    account: event.account ?? null,
    customer: subjects.customer ?? reference(object.customer) ?? null,
    object: reference(object.id) ?? null,
    subjects,
    occurredAt: new Date(event.created * 1000),
  };
}
