import type { ProviderInvoice } from '../gateway/index.ts';
import { writeInvoiceLetters } from './invoice-letters.ts';
import { changesOf, invoiceRow, purchaseIdOf } from './rows.ts';
import type { Projection } from './types.ts';

/** Rows of invoices, and the letters that go with what happened to them. */
export async function projectInvoices(projection: Projection): Promise<void> {
  const { deps, models, tenantId, facts, differences } = projection;
  for (const invoice of facts.invoices) {
    const plugin = await pluginOf(projection, invoice);
    const row = invoiceRow(deps.gateway.provider, invoice, plugin);
    const stored = await models.Invoice.findOne({ where: { tenantId, id: row.id }, lock: true });
    const changes = changesOf(stored ?? {}, row);
    if (changes.length === 0) continue;
    if (stored) await stored.update(row);
    else await models.Invoice.create({ tenantId, ...row });
    differences.push({ tenantId, plugin, what: 'invoice', id: row.id, changes });
    await writeInvoiceLetters(projection, invoice, plugin);
  }
}

/** What it was for: by its subscription or order; of others only the plugin that it names itself. */
async function pluginOf({ models, tenantId }: Projection, invoice: ProviderInvoice): Promise<string | null> {
  const { subscription, origin } = invoice;
  if (subscription !== null) {
    const row = await models.Subscription.findOne({ where: { tenantId, id: subscription } });
    if (row) return row.pluginId;
  }
  const purchase = purchaseIdOf(origin);
  const row = purchase === null ? null : await models.Purchase.findOne({ where: { tenantId, id: purchase } });
  return row?.pluginId ?? origin.plugin ?? null;
}
