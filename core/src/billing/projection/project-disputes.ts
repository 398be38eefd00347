import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import { moneyText } from '../../mail/index.ts';
import { endOperatorTasks, raiseOperatorTask } from '../../tasks/index.ts';
import { BILLING_PERMISSION } from '../dependencies.ts';
import type { ProviderCharge, ProviderDispute } from '../gateway/index.ts';
import { changesOf } from './rows.ts';
import type { Projection } from './types.ts';

/** What was paid with a charge: an order, or a period of a subscription. */
interface Sale {
  plugin: string;
  purchaseId: string | null;
  subscription: string | null;
}

/** Writes the disputes of a charge as they are now, and asks those who can do something about them. */
export async function projectDisputes(projection: Projection, charge: ProviderCharge, sale: Sale): Promise<void> {
  let changed = false;
  for (const dispute of charge.disputes.toReversed()) {
    changed = (await projectDispute(projection, charge, dispute, sale)) || changed;
  }
  if (changed) await payersTask(projection, charge, sale);
}

async function projectDispute(
  projection: Projection,
  charge: ProviderCharge,
  dispute: ProviderDispute,
  { plugin, purchaseId, subscription }: Sale,
): Promise<boolean> {
  const { deps, models, tenantId, differences } = projection;
  const { provider } = deps.gateway;
  const { id, settlements: _settlements, ...stands } = dispute;
  const known = await models.Dispute.findOne({ where: { tenantId, provider, id }, lock: true });
  const wanted = { ...stands, pluginId: plugin, purchaseId, subscription, charge: charge.id };
  const changes = changesOf(known ?? {}, wanted);
  if (changes.length === 0) return false;
  if (known) await known.update(wanted);
  else await models.Dispute.create({ tenantId, id, provider, ...wanted });
  differences.push({ tenantId, plugin, what: 'dispute', id, changes });
  if (changes.some(({ field }) => field === 'state')) {
    const { state, amount, currency } = dispute;
    await recordAudit(models, SYSTEM_TRACE, {
      tenantId,
      action: `dispute.${state === 'open' ? 'opened' : state}`,
      pluginId: plugin,
      entityId: purchaseId ?? subscription ?? charge.id,
      detail: { dispute: id, amount, currency },
    });
  }
  await operatorsTask(projection, dispute, plugin);
  return true;
}

/** Only the platform can answer a bank. The provider's dashboard says whose payment it is: no task names a tenant. */
async function operatorsTask(
  { deps, models, tenantId }: Projection,
  { id, state, amount, currency, reason, dueAt }: ProviderDispute,
  plugin: string,
): Promise<void> {
  const key = `dispute:${deps.gateway.provider}:${id}`;
  if (state !== 'open') {
    await endOperatorTasks(models, [key], deps.now());
    return;
  }
  const name = deps.plugins.manifest(plugin, tenantId)?.name ?? plugin;
  await raiseOperatorTask(models, {
    key,
    kind: 'DISPUTE_OPEN',
    title: `A payment of ${moneyText(amount, currency, 'en')} for ${name} is disputed`,
    description:
      `The payer’s bank takes it back (${reason.replaceAll('_', ' ')}). ` +
      `Answer ${id} in the payment provider’s dashboard: unanswered, it is lost.`,
    priority: 'high',
    link: null,
    dueAt,
  });
}

/** While a payment is disputed, the tenant's payers have a task; it is done when all is decided. */
async function payersTask(
  { deps, models, tenantId }: Projection,
  { id, disputes }: ProviderCharge,
  { plugin }: Sale,
): Promise<void> {
  const { Task } = models;
  const key = `dispute:${id}`;
  const where = { tenantId, pluginId: plugin, key, state: 'open' as const };
  if (!disputes.some(({ state }) => state === 'open')) {
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
