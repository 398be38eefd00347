import type { CoreModels, Licence, Purchase, Subscription } from '../../data/index.ts';
import type { Provider } from '../types.ts';

/** Subscriptions that are paid, or may be. */
export const LIVE_STATUSES = ['trialing', 'active', 'past_due', 'unpaid', 'paused'];

/** What a tenant has of a plugin. */
export interface Standing {
  licence: Licence | null;
  /** One that goes on. */
  subscription: Subscription | null;
  /** One that was told to end, and has not yet. */
  ending: Subscription | null;
  open: Purchase | null;
  /** Bought for ever, or given so by other means. */
  owned: boolean;
}

export async function standingOf(
  models: Pick<CoreModels, 'Licence' | 'Purchase' | 'Subscription'>,
  provider: Provider,
  tenantId: string,
  plugin: string,
  openStates: readonly string[],
): Promise<Standing> {
  const where = { tenantId, pluginId: plugin };
  const licence = await models.Licence.findOne({ where });
  const live = await models.Subscription.findAll({ where: { ...where, provider, status: LIVE_STATUSES } });
  const subscription = live.find(({ cancelAt }) => cancelAt === null) ?? null;
  const ending = live.find(({ cancelAt }) => cancelAt !== null) ?? null;
  const open = await models.Purchase.findOne({ where: { ...where, provider, state: [...openStates] } });
  const owned =
    licence !== null && licence.kind !== 'trial' && licence.expiresAt === null && licence.revokedAt === null;
  return { licence, subscription, ending, open, owned };
}
