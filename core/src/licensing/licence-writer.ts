import { type AuditTrace, recordAudit } from '../audit/index.ts';
import type { CoreModels } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import type { LicensingDependencies } from './dependencies.ts';
import { type PaidLicence, withPaid } from './paid-licence.ts';

type LicenceModels = Pick<CoreModels, 'Licence' | 'AuditEntry' | 'Task'>;

export interface LicenceChange {
  tenantId: string;
  plugin: string;
  reason: string;
  at: Date;
  /** When given, the licence changes only while it rests on this. */
  source?: string;
}

/** The one way to change what a tenant is licensed for. In the caller's transaction; `announce` after its commit. */
export interface LicenceWriter {
  /** Writes what is paid for onto the one licence of tenant and plugin; resolves with whether anything changed. */
  project(models: LicenceModels, paid: PaidLicence, trace: AuditTrace): Promise<boolean>;
  /** From `at` on, which may be to come. Resolves with whether anything changed. */
  revoke(models: LicenceModels, change: LicenceChange, trace: AuditTrace): Promise<boolean>;
  /** Takes a revocation back; what was not paid for in the meantime has still ended. */
  reactivate(models: LicenceModels, change: LicenceChange, trace: AuditTrace): Promise<boolean>;
  /** Tells every node and every open browser, and lets go what was held for the plugin. */
  announce(tenantId: string, plugin: string): Promise<void>;
}

/** Key of the open task that speaks of a licence's end. */
export function noticeKey(plugin: string): string {
  return `licence:${plugin}`;
}

export function createLicenceWriter(deps: LicensingDependencies): LicenceWriter {
  const { changes, realtime, releaseHeld, log } = deps;

  async function locked({ Licence }: LicenceModels, tenantId: string, plugin: string) {
    return Licence.findOne({ where: { tenantId, pluginId: plugin }, lock: true });
  }

  return {
    async project(models, paid, trace) {
      const { tenantId, plugin } = paid;
      const key = { tenantId, pluginId: plugin };
      const row = await locked(models, tenantId, plugin);
      const next = withPaid(row, paid);
      if (next === row) return false;
      if (row) await row.update(next);
      else await models.Licence.create({ ...key, ...next });
      // What was said of its end is no longer true; the next end is announced anew.
      await models.Task.update(
        { state: 'done', closedAt: deps.now() },
        { where: { tenantId, pluginId: 'core', key: noticeKey(plugin), state: 'open' } },
      );
      await recordAudit(models, trace, {
        tenantId,
        action: 'licence.paid',
        pluginId: plugin,
        entityId: plugin,
        detail: {
          kind: next.kind,
          plan: next.plan,
          source: next.source,
          seats: next.seats,
          expiresAt: next.expiresAt?.toISOString() ?? null,
        },
      });
      return true;
    },

    async revoke(models, { tenantId, plugin, reason, at, source }, trace) {
      const row = await locked(models, tenantId, plugin);
      if (!row) throw new ApiError('not-found', `There is no licence of "${plugin}".`);
      if (source !== undefined && row.source !== source) return false;
      if (row.revokedAt !== null && row.revokedAt <= at) return false;
      await row.update({ revokedAt: at, revokedReason: reason });
      await recordAudit(models, trace, {
        tenantId,
        action: 'licence.revoked',
        pluginId: plugin,
        entityId: plugin,
        detail: { reason, at: at.toISOString(), source: row.source },
      });
      return true;
    },

    async reactivate(models, { tenantId, plugin, reason, source }, trace) {
      const row = await locked(models, tenantId, plugin);
      if (!row) throw new ApiError('not-found', `There is no licence of "${plugin}".`);
      if (source !== undefined && row.source !== source) return false;
      if (row.revokedAt === null) return false;
      await row.update({ revokedAt: null, revokedReason: null });
      await recordAudit(models, trace, {
        tenantId,
        action: 'licence.reactivated',
        pluginId: plugin,
        entityId: plugin,
        detail: { reason, source: row.source },
      });
      return true;
    },

    async announce(tenantId, plugin) {
      await changes.announce('licence', { tenantId, plugin });
      realtime.publish({ tenantId, event: 'licence.changed', payload: { plugin } });
      await releaseHeld(tenantId, plugin).catch((error: unknown) => {
        // The licence stands; what is held is also looked for by the relay's sweep.
        log.error({ err: error, tenantId, plugin }, 'held deliveries could not be released');
      });
    },
  };
}
