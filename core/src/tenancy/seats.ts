import type { CoreModels } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { type TierSeats, tierAt } from './tiers.ts';

type SeatModels = Pick<CoreModels, 'Tenant' | 'Membership' | 'Invitation'>;

/** How many seats of a tenant are taken: by active members, and by invitations that can still be accepted. */
async function takenSeats(models: Omit<SeatModels, 'Tenant'>, tenantId: string, now: Date): Promise<number> {
  const members = await models.Membership.count({ where: { tenantId, status: 'active' } });
  const open = await models.Invitation.findAll({
    where: { tenantId, acceptedAt: null, revokedAt: null },
    attributes: ['expiresAt'],
  });
  return members + open.filter(({ expiresAt }) => expiresAt > now).length;
}

/**
 * Refuses with `conflict` (`seats-exhausted`) when the tenant has no seat left. With the platform's models; the tenant
 * stays locked until the transaction ends, so that of two at the same time only one gets the last seat.
 */
export async function assertRoom(models: SeatModels, tenantId: string, tierSeats: TierSeats, now: Date): Promise<void> {
  const tenant = await models.Tenant.findOne({ where: { id: tenantId }, lock: true });
  if (!tenant) throw new ApiError('not-found', 'There is no such tenant.');
  const { seats } = tierAt(tenant, tierSeats, now);
  if ((await takenSeats(models, tenantId, now)) < seats) return;
  throw new ApiError('conflict', `All ${seats} seats of ${tenant.name} are taken.`, {
    reason: 'seats-exhausted',
  });
}
