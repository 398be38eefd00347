import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, Database } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { type LicenceWriter, noticeKey } from '../licence-writer.ts';

const DAY_MS = 86_400_000;

export interface Grant {
  plan: 'one-time' | 'monthly' | 'annual';
  expiresAt: Date | null;
  seats: number | null;
  /** By meter, how many of it there may be in a month, whatever the plugin declares. */
  limits: Record<string, number>;
  reason: string;
}

/**
 * What operators can do with the licence of a tenant. Each refuses with `not-found` or `conflict`, and tells all nodes
 * and browsers.
 */
export function createOperatorActions(db: Pick<Database, 'asPlatform'>, writer: LicenceWriter, now: () => Date) {
  async function licenceOf(models: CoreModels, tenantId: string, plugin: string) {
    const licence = await models.Licence.findOne({ where: { tenantId, pluginId: plugin }, lock: true });
    if (!licence) throw new ApiError('not-found', 'This workspace has no licence of the plugin.');
    return licence;
  }

  async function closeTask(models: CoreModels, tenantId: string, plugin: string): Promise<void> {
    const where = { tenantId, pluginId: 'core', key: noticeKey(plugin), state: 'open' as const };
    await models.Task.update({ state: 'done', closedAt: now() }, { where });
  }

  return {
    /** From its end on, or from now when it has ended. */
    async extendTrial(tenantId: string, plugin: string, days: number, trace: AuditTrace): Promise<void> {
      await db.asPlatform(async (models) => {
        const licence = await licenceOf(models, tenantId, plugin);
        if (licence.kind !== 'trial' || licence.expiresAt === null || licence.revokedAt !== null) {
          throw new ApiError('conflict', 'Only a trial that was not revoked can be extended.', { reason: 'no-trial' });
        }
        const from = Math.max(licence.expiresAt.getTime(), now().getTime());
        const expiresAt = new Date(from + days * DAY_MS);
        await licence.update({ expiresAt, trialExtendedDays: licence.trialExtendedDays + days });
        await closeTask(models, tenantId, plugin);
        await recordAudit(models, trace, {
          tenantId,
          action: 'licence.trial-extended',
          pluginId: plugin,
          entityId: plugin,
          detail: { days, expiresAt: expiresAt.toISOString() },
        });
      });
      await writer.announce(tenantId, plugin);
    },

    async revoke(tenantId: string, plugin: string, reason: string, at: Date | null, trace: AuditTrace): Promise<void> {
      const change = { tenantId, plugin, reason, at: at ?? now() };
      if (!(await db.asPlatform((models) => writer.revoke(models, change, trace)))) {
        throw new ApiError('conflict', 'This licence has been revoked already.', { reason: 'revoked-already' });
      }
      await writer.announce(tenantId, plugin);
    },

    async reactivate(tenantId: string, plugin: string, reason: string, trace: AuditTrace): Promise<void> {
      const change = { tenantId, plugin, reason, at: now() };
      if (!(await db.asPlatform((models) => writer.reactivate(models, change, trace)))) {
        throw new ApiError('conflict', 'This licence has not been revoked.', { reason: 'not-revoked' });
      }
      await writer.announce(tenantId, plugin);
    },

    /** In the place of whatever there was; a subscription that goes on must be ended with the provider. */
    async grant(tenantId: string, plugin: string, grant: Grant, trace: AuditTrace): Promise<void> {
      const { plan, expiresAt, seats, limits, reason } = grant;
      await db.asPlatform(async (models) => {
        const key = { tenantId, pluginId: plugin };
        const row = await models.Licence.findOne({ where: key, lock: true });
        const kind = plan === 'one-time' ? ('purchased' as const) : ('subscription' as const);
        const values = {
          kind,
          plan,
          expiresAt,
          seats,
          limits,
          source: 'operator',
          revokedAt: null,
          revokedReason: null,
        };
        if (row) await row.update(values);
        else await models.Licence.create({ ...key, ...values });
        await closeTask(models, tenantId, plugin);
        await recordAudit(models, trace, {
          tenantId,
          action: 'licence.granted',
          pluginId: plugin,
          entityId: plugin,
          detail: { plan, seats, limits, reason, expiresAt: expiresAt?.toISOString() ?? null },
        });
      });
      await writer.announce(tenantId, plugin);
    },
  };
}

export type OperatorActions = ReturnType<typeof createOperatorActions>;
