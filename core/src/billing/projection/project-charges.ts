import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import type { Purchase } from '../../data/index.ts';
import type { ProviderCharge } from '../gateway/index.ts';
import { disputeStanding } from './dispute-standing.ts';
import { projectDisputes } from './project-disputes.ts';
import { changesOf } from './rows.ts';
import type { Projection } from './types.ts';

/** What became of the money: given back, or asked back by the payer's bank. */
export async function projectCharges(projection: Projection): Promise<void> {
  for (const charge of projection.facts.charges) {
    if (charge.invoice === null) await ofPurchase(projection, charge);
    else await ofInvoice(projection, charge, charge.invoice);
  }
}

function settledState(purchase: Purchase, { amount, amountRefunded, disputes }: ProviderCharge): Purchase['state'] {
  if (disputeStanding(disputes) === 'lost') return 'reversed';
  if (amountRefunded >= amount && amount > 0) return 'refunded';
  return purchase.state === 'reversed' || purchase.state === 'refunded' ? 'completed' : purchase.state;
}

async function ofPurchase(projection: Projection, charge: ProviderCharge): Promise<void> {
  const { deps, models, tenantId } = projection;
  const { provider } = deps.gateway;
  const byCharge = await models.Purchase.findOne({ where: { tenantId, provider, charge: charge.id }, lock: true });
  const purchase =
    byCharge ??
    (charge.intent === null
      ? null
      : await models.Purchase.findOne({ where: { tenantId, provider, intent: charge.intent }, lock: true }));
  if (!purchase || (purchase.charge !== null && purchase.charge !== charge.id)) return;
  const before = purchase.state;
  // What was never completed cannot be taken back.
  if (!['completed', 'refunded', 'reversed'].includes(before)) return;
  const wanted = {
    state: settledState(purchase, charge),
    charge: charge.id,
    amountRefunded: charge.amountRefunded,
    dispute: disputeStanding(charge.disputes),
  };
  await projectDisputes(projection, charge, { plugin: purchase.pluginId, purchaseId: purchase.id, subscription: null });
  await writeSettled(projection, purchase, wanted, charge);
}

async function writeSettled(
  projection: Projection,
  purchase: Purchase,
  wanted: Pick<Purchase, 'state' | 'charge' | 'amountRefunded' | 'dispute'>,
  charge: ProviderCharge,
): Promise<void> {
  const { models, tenantId, touched, differences } = projection;
  const { pluginId: plugin, id } = purchase;
  const changes = changesOf(purchase, wanted);
  touched.add(plugin);
  if (changes.length === 0) return;
  await purchase.update(wanted);
  differences.push({ tenantId, plugin, what: 'purchase', id, changes });
  const detail = { currency: purchase.currency, amount: charge.amountRefunded };
  if (changes.some(({ field }) => field === 'amountRefunded')) {
    await recordAudit(models, SYSTEM_TRACE, {
      tenantId,
      action: 'purchase.refunded',
      pluginId: plugin,
      entityId: id,
      detail,
    });
  }
}

async function ofInvoice(projection: Projection, charge: ProviderCharge, invoice: string): Promise<void> {
  const { models, tenantId, facts, touched, differences } = projection;
  const { subscription: id } = facts.invoices.find((one) => one.id === invoice) ?? { subscription: null };
  if (id === null) {
    // The receipt of something bought once.
    await ofPurchase(projection, charge);
    return;
  }
  const subscription = await models.Subscription.findOne({ where: { tenantId, id }, lock: true });
  if (!subscription || charge.disputes.length === 0) return;
  const { pluginId: plugin, dispute: ours } = subscription;
  await projectDisputes(projection, charge, { plugin, purchaseId: null, subscription: id });
  // Each of its payments may be disputed: this one alone says nothing of the others.
  const dispute = disputeStanding(await models.Dispute.findAll({ where: { tenantId, subscription: id } }));
  if (dispute === ours) return;
  touched.add(plugin);
  await subscription.update({ dispute });
  differences.push({
    tenantId,
    plugin,
    what: 'subscription',
    id,
    changes: [{ field: 'dispute', ours, provider: dispute }],
  });
}
