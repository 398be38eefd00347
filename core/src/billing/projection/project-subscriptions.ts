import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import type { Subscription } from '../../data/index.ts';
import { changesOf, subscriptionRow } from './rows.ts';
import type { Projection } from './types.ts';

/** Rows of subscriptions. One that does not name this tenant and a plugin is none that was sold here. */
export async function projectSubscriptions(projection: Projection): Promise<void> {
  const { deps, models, tenantId, facts, touched, differences } = projection;
  for (const subscription of facts.subscriptions) {
    const { tenant, plugin } = subscription.origin;
    if (tenant !== tenantId || plugin === undefined) continue;
    touched.add(plugin);
    const row = subscriptionRow(deps.gateway.provider, subscription, plugin);
    const stored = await models.Subscription.findOne({ where: { tenantId, id: row.id }, lock: true });
    if (!stored) {
      await models.Subscription.create({ tenantId, ...row });
      differences.push({ tenantId, plugin, what: 'subscription', id: row.id, changes: changesOf({}, row) });
      continue;
    }
    const changes = changesOf(stored, row);
    if (changes.length === 0) continue;
    await recordOutcome(projection, stored, row);
    await stored.update(row);
    differences.push({ tenantId, plugin, what: 'subscription', id: row.id, changes });
  }
}

/** What became of a change that was waiting to be confirmed: it was made, or came to nothing. */
async function recordOutcome(
  { models, tenantId }: Projection,
  stored: Subscription,
  now: ReturnType<typeof subscriptionRow>,
): Promise<void> {
  const { pendingUntil, pendingPlan, pendingQuantity, pluginId, id } = stored;
  if (pendingUntil === null || now.pendingUntil !== null) return;
  const isMade = now.plan === pendingPlan && now.quantity === pendingQuantity;
  await recordAudit(models, SYSTEM_TRACE, {
    tenantId,
    action: isMade ? 'subscription.changed' : 'subscription.change-dropped',
    pluginId,
    entityId: id,
    detail: isMade ? { seats: now.quantity, interval: now.plan } : {},
  });
}
