import type { Subscription } from '../../data/index.ts';
import type { ProviderInvoice } from '../gateway/index.ts';
import { writeInvoiceLetters } from './invoice-letters.ts';
import { changesOf, invoiceRow, purchaseIdOf } from './rows.ts';
import type { Projection } from './types.ts';

/** Rows of invoices, and the e-mails that go with what happened to them. */
export async function projectInvoices(projection: Projection): Promise<void> {
  const { deps, models, tenantId, facts, differences } = projection;
  for (const invoice of facts.invoices) {
    const subscription = await subscriptionOf(projection, invoice);
    const plugin = subscription?.pluginId ?? (await pluginOf(projection, invoice));
    const row = invoiceRow(deps.gateway.provider, invoice, plugin);
    const stored = await models.Invoice.findOne({ where: { tenantId, id: row.id }, lock: true });
    const changes = changesOf(stored ?? {}, row);
    if (changes.length === 0) continue;
    if (stored) await stored.update(row);
    else await models.Invoice.create({ tenantId, ...row });
    differences.push({ tenantId, plugin, what: 'invoice', id: row.id, changes });
    if (!waitsForChange(invoice, subscription)) await writeInvoiceLetters(projection, invoice, plugin);
  }
}

async function subscriptionOf(
  { models, tenantId }: Projection,
  { subscription: id }: ProviderInvoice,
): Promise<Subscription | null> {
  return id === null ? null : models.Subscription.findOne({ where: { tenantId, id } });
}

/** Nobody is written to about what somebody is confirming just now, and what changes nothing when they do not. */
function waitsForChange({ id, status }: ProviderInvoice, subscription: Subscription | null): boolean {
  return status === 'open' && subscription?.latestInvoice === id && subscription.pendingUntil !== null;
}

/** What one without a subscription was for: by its order; of others only the plugin that it names itself. */
async function pluginOf({ models, tenantId }: Projection, { origin }: ProviderInvoice): Promise<string | null> {
  const purchase = purchaseIdOf(origin);
  const row = purchase === null ? null : await models.Purchase.findOne({ where: { tenantId, id: purchase } });
  return row?.pluginId ?? origin.plugin ?? null;
}
