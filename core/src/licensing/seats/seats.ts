import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { Changes } from '../../caching/index.ts';
import type { CoreModels, Database } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { LicensingDependencies } from '../dependencies.ts';

/** Somebody who may use a plugin whose licence limits how many may. */
export interface Seat {
  user: { id: string; name: string; email: string };
  takenAt: Date;
  /** `false` for who came last, when there are more people than seats. */
  valid: boolean;
}

export interface Seats {
  /** Gives a member a seat if one is free; resolves with whether they have one. */
  take(tenantId: string, plugin: string, userId: string): Promise<boolean>;
  /** Those who came first in front. */
  list(tenantId: string, plugin: string): Promise<Seat[]>;
  /** Refuses with `not-found` when the person has none. */
  release(tenantId: string, plugin: string, userId: string, trace: AuditTrace): Promise<void>;
}

interface SeatRow {
  id: string;
  name: string;
  email: string;
  takenAt: Date;
  seats: number | null;
}

export function createSeats(
  db: Pick<Database, 'inTenant' | 'queryInTenant'>,
  changes: Changes,
  realtime: LicensingDependencies['realtime'],
): Seats {
  async function announce(tenantId: string, plugin: string): Promise<void> {
    await changes.announce('licence', { tenantId, plugin });
    realtime.publish({ tenantId, event: 'licence.changed', payload: { plugin } });
  }

  /** The licence is locked: the last seat goes to one. */
  async function take(models: CoreModels, tenantId: string, plugin: string, userId: string): Promise<boolean> {
    const { Licence, LicenceSeat } = models;
    const key = { tenantId, pluginId: plugin };
    const licence = await Licence.findOne({ where: key, lock: true });
    if (!licence) return false;
    if (licence.seats === null) return true;
    const holders = await LicenceSeat.findAll({ where: key, order: ['takenAt', 'userId'] });
    const place = holders.findIndex((holder) => holder.userId === userId);
    if (place >= 0) return place < licence.seats;
    if (holders.length >= licence.seats) return false;
    await LicenceSeat.create({ ...key, userId });
    return true;
  }

  return {
    async take(tenantId, plugin, userId) {
      const taken = await db.inTenant(tenantId, (models) => take(models, tenantId, plugin, userId));
      if (taken) await announce(tenantId, plugin);
      return taken;
    },

    async list(tenantId, plugin) {
      const { rows } = await db.queryInTenant<SeatRow>(
        tenantId,
        `select u.id, u.name, u.email, s.taken_at as "takenAt", l.seats
           from core.licence_seats s
           join core.users u on u.id = s.user_id
           join core.licences l on l.tenant_id = s.tenant_id and l.plugin_id = s.plugin_id
          where s.tenant_id = $1 and s.plugin_id = $2
          order by s.taken_at, s.user_id`,
        [tenantId, plugin],
      );
      return rows.map(({ id, name, email, takenAt, seats }, place) => ({
        user: { id, name, email },
        takenAt,
        valid: seats === null || place < seats,
      }));
    },

    async release(tenantId, plugin, userId, trace) {
      await db.inTenant(tenantId, async (models) => {
        const where = { tenantId, pluginId: plugin, userId };
        if ((await models.LicenceSeat.destroy({ where })) === 0) {
          throw new ApiError('not-found', 'This person has no seat.');
        }
        await recordAudit(models, trace, {
          tenantId,
          action: 'licence.seat-released',
          pluginId: plugin,
          entityId: userId,
        });
      });
      await announce(tenantId, plugin);
    },
  };
}
