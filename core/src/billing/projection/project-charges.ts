import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import type { Purchase } from '../../data/index.ts';
import { BILLING_PERMISSION } from '../dependencies.ts';
import type { ProviderCharge } from '../gateway/index.ts';
import { changesOf } from './rows.ts';
import type { Projection } from './types.ts';

/** What became of the money: given back, or asked back by the payer's bank. */
export async function projectCharges(projection: Projection): Promise<void> {
  for (const charge of projection.facts.charges) {
    if (charge.invoice === null) await ofPurchase(projection, charge);
    else await ofInvoice(projection, charge, charge.invoice);
  }
}

function settledState(purchase: Purchase, { amount, amountRefunded, dispute }: ProviderCharge): Purchase['state'] {
  if (dispute === 'lost') return 'reversed';
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
    dispute: charge.dispute,
  };
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
  const isNewDispute = wanted.dispute !== null && wanted.dispute !== purchase.dispute;
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
  if (isNewDispute) {
    const action = `dispute.${wanted.dispute === 'open' ? 'opened' : wanted.dispute}`;
    await recordAudit(models, SYSTEM_TRACE, { tenantId, action, pluginId: plugin, entityId: id });
  }
  await disputeTask(projection, plugin, charge);
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
  if (!subscription || subscription.dispute === charge.dispute) return;
  // What was decided for one payment stays until that one is decided otherwise.
  if (charge.dispute === null) return;
  touched.add(subscription.pluginId);
  const { pluginId: plugin, dispute: ours } = subscription;
  await subscription.update({ dispute: charge.dispute });
  differences.push({
    tenantId,
    plugin,
    what: 'subscription',
    id,
    changes: [{ field: 'dispute', ours, provider: charge.dispute }],
  });
  const action = `dispute.${charge.dispute === 'open' ? 'opened' : charge.dispute}`;
  await recordAudit(models, SYSTEM_TRACE, { tenantId, action, pluginId: plugin, entityId: id });
  await disputeTask(projection, plugin, charge);
}

/** While a payment is disputed, the tenant's payers have a task; it is done when the dispute is decided. */
async function disputeTask(
  { deps, models, tenantId }: Projection,
  plugin: string,
  { id, dispute }: ProviderCharge,
): Promise<void> {
  const { Task } = models;
  const key = `dispute:${id}`;
  const where = { tenantId, pluginId: plugin, key, state: 'open' as const };
  if (dispute !== 'open') {
    await Task.update({ state: 'done', closedAt: deps.now() }, { where });
    return;
  }
  if (await Task.findOne({ where })) return;
  await Task.create({
    tenantId,
    pluginId: plugin,
    kind: 'PAYMENT_DISPUTED',
    title: 'A payment was disputed',
    description: 'A bank asks a payment back. When it gets it, the licence ends.',
    priority: 'high',
    link: '/admin/billing',
    audience: BILLING_PERMISSION,
    key,
  });
}
