import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import {
  COMPLETABLE_STATES,
  OPEN_STATES,
  type OrderState,
  stateByCheckout,
  stateByIntent,
  stateBySubscription,
} from './purchase-state.ts';
import { purchaseIdOf } from './rows.ts';
import type { Projection } from './types.ts';

interface Seen {
  state: OrderState;
  fields: { session?: string; intent?: string; subscription?: string; charge?: string; amountPaid?: number };
}

const RANK: readonly OrderState[] = ['intent', 'expired', 'cancelled', 'confirmed', 'completed'];

/** What all objects of one order together say: the furthest it has come. */
function seenOf({ facts }: Projection): Map<string, Seen> {
  const orders = new Map<string, Seen>();
  const see = (id: string | null, state: OrderState, fields: Seen['fields']) => {
    if (id === null) return;
    const known = orders.get(id);
    const further = known && RANK.indexOf(known.state) > RANK.indexOf(state) ? known.state : state;
    orders.set(id, { state: further, fields: { ...known?.fields, ...fields } });
  };
  for (const intent of facts.intents) {
    const { charge, amountReceived } = intent;
    const paid = intent.status === 'succeeded' ? { amountPaid: amountReceived } : {};
    const fields = { intent: intent.id, ...(charge === null ? {} : { charge }), ...paid };
    see(purchaseIdOf(intent.origin), stateByIntent(intent), fields);
  }
  for (const checkout of facts.checkouts) {
    const { subscription } = checkout;
    const fields = { session: checkout.id, ...(subscription === null ? {} : { subscription }) };
    see(purchaseIdOf(checkout.origin), stateByCheckout(checkout), fields);
  }
  for (const subscription of facts.subscriptions) {
    see(purchaseIdOf(subscription.origin), stateBySubscription(subscription), { subscription: subscription.id });
  }
  return orders;
}

/** Moves orders on. Completed by one conditional update: whoever comes first, and nobody after. */
export async function projectPurchases(projection: Projection): Promise<void> {
  const { deps, models, tenantId, touched, differences } = projection;
  const { provider } = deps.gateway;
  for (const [id, { state, fields }] of seenOf(projection)) {
    const purchase = await models.Purchase.findOne({ where: { tenantId, id, provider } });
    if (!purchase) continue;
    touched.add(purchase.pluginId);
    const from: readonly string[] = state === 'completed' ? COMPLETABLE_STATES : OPEN_STATES;
    const completing = state === 'completed' ? { completedAt: deps.now() } : {};
    const [moved] =
      purchase.state === state
        ? [0]
        : await models.Purchase.update(
            { state, ...fields, ...completing },
            { where: { tenantId, id, state: [...from].filter((one) => one !== state) } },
          );
    if (moved === 0) {
      // A renewed attempt to pay leaves another charge behind.
      const { charge, amountPaid } = fields;
      const isNew = charge !== undefined && charge !== purchase.charge;
      if (isNew && purchase.state === 'completed') await purchase.update({ charge, amountPaid: amountPaid ?? null });
      continue;
    }
    differences.push({
      tenantId,
      plugin: purchase.pluginId,
      what: 'purchase',
      id,
      changes: [{ field: 'state', ours: purchase.state, provider: state }],
    });
    await recordAudit(models, SYSTEM_TRACE, {
      tenantId,
      action: `purchase.${state}`,
      pluginId: purchase.pluginId,
      entityId: id,
      detail: {
        plan: purchase.plan,
        ...(fields.amountPaid === undefined ? {} : { amount: fields.amountPaid }),
        currency: purchase.currency,
      },
    });
  }
}
