import type { ProviderInvoice, ProviderSubscription } from '../gateway/index.ts';
import type { Provider } from '../types.ts';
import { paidUntil } from './paid-until.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Our own ids come back from the provider as text that anybody with its dashboard can write. */
export function purchaseIdOf({ purchase }: { purchase?: string }): string | null {
  return purchase !== undefined && UUID.test(purchase) ? purchase : null;
}

/** The row of a subscription as the provider has it; pure. */
export function subscriptionRow(provider: Provider, subscription: ProviderSubscription, plugin: string) {
  return {
    id: subscription.id,
    provider,
    purchaseId: purchaseIdOf(subscription.origin),
    pluginId: plugin,
    plan: subscription.plan,
    status: subscription.status,
    currency: subscription.currency,
    unitAmount: subscription.unitAmount,
    quantity: subscription.quantity,
    perSeat: subscription.perSeat,
    price: subscription.price,
    item: subscription.item,
    currentPeriodStart: subscription.currentPeriodStart,
    currentPeriodEnd: subscription.currentPeriodEnd,
    paidUntil: paidUntil(subscription),
    trialEndsAt: subscription.trialEndsAt,
    cancelAt: subscription.endedAt === null ? subscription.cancelAt : null,
    endedAt: subscription.endedAt,
    latestInvoice: subscription.latestInvoice,
    pendingPlan: subscription.pending?.plan ?? null,
    pendingQuantity: subscription.pending?.quantity ?? null,
    pendingUnitAmount: subscription.pending?.unitAmount ?? null,
    pendingDue: subscription.pending?.due ?? null,
    pendingUntil: subscription.pending?.until ?? null,
    createdAt: subscription.createdAt,
  };
}

/** The row of an invoice as the provider has it; pure. */
export function invoiceRow(provider: Provider, invoice: ProviderInvoice, plugin: string | null) {
  const { customer: _customer, origin: _origin, charges: _charges, ...rest } = invoice;
  return { ...rest, provider, pluginId: plugin };
}

export interface FieldChange {
  field: string;
  ours: string | number | boolean | null;
  provider: string | number | boolean | null;
}

function plain(value: unknown): FieldChange['ours'] {
  if (value instanceof Date) return value.toISOString();
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
}

/** In which fields a stored row is not what it should be. Pure. */
export function changesOf(stored: object, wanted: object): FieldChange[] {
  return Object.entries(wanted).flatMap(([field, value]) => {
    const ours = plain((stored as Record<string, unknown>)[field]);
    const provider = plain(value);
    return ours === provider ? [] : [{ field, ours, provider }];
  });
}
