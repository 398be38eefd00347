import { SYSTEM_TRACE } from '../../audit/index.ts';
import { entitlement, isPaidSource } from './entitlement.ts';
import { changesOf } from './rows.ts';
import type { Projection } from './types.ts';

/** Brings the licences of all touched plugins to what was paid for them. */
export async function projectLicences(projection: Projection): Promise<void> {
  for (const plugin of projection.touched) await projectLicence(projection, plugin);
}

async function projectLicence(projection: Projection, plugin: string): Promise<void> {
  const { deps, models, tenantId, licensed, differences } = projection;
  const { provider } = deps.gateway;
  const where = { tenantId, pluginId: plugin };
  const purchases = await models.Purchase.findAll({ where: { ...where, provider } });
  const subscriptions = await models.Subscription.findAll({ where: { ...where, provider } });
  const before = await models.Licence.findOne({ where });
  const paid = entitlement(tenantId, plugin, purchases, subscriptions);
  const shown = ({ kind, plan, expiresAt, seats, source, revokedAt }: NonNullable<typeof before>) => ({
    kind,
    plan,
    expiresAt,
    seats,
    source,
    revoked: revokedAt !== null,
  });
  const old = before ? shown(before) : {};
  let changed = false;
  if (before && isPaidSource(before.source) && before.source !== paid?.source) {
    // Rests on a payment that counts for nothing any more: it was given back.
    const reversed = [...purchases, ...subscriptions].some(
      (one) => before.source.endsWith(`:${one.id}`) && isTakenBack(one),
    );
    if (reversed) {
      const change = { tenantId, plugin, reason: 'payment-returned', at: deps.now(), source: before.source };
      changed = await deps.writer.revoke(models, change, SYSTEM_TRACE);
    }
  }
  if (paid) {
    const { source } = paid;
    if (before?.source === source && before.revokedReason === 'payment-returned') {
      // The bank has decided for us after all.
      const change = { tenantId, plugin, reason: 'payment-kept', at: deps.now(), source };
      changed = (await deps.writer.reactivate(models, change, SYSTEM_TRACE)) || changed;
    }
    changed = (await deps.writer.project(models, paid, SYSTEM_TRACE)) || changed;
  }
  if (!changed) return;
  licensed.add(plugin);
  const after = await models.Licence.findOne({ where });
  const changes = after ? changesOf(old, shown(after)) : [];
  differences.push({ tenantId, plugin, what: 'licence', id: plugin, changes });
}

function isTakenBack(one: { state?: string; dispute: string | null }): boolean {
  return one.state === 'refunded' || one.state === 'reversed' || one.dispute === 'lost';
}
