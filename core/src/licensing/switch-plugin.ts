import { type AuditTrace, recordAudit } from '../audit/index.ts';
import { type CoreModels, isDuplicate } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { type BlastRadius, blastRadius } from './blast-radius.ts';
import type { LicensingDependencies } from './dependencies.ts';
import type { LicenceBook } from './licence-book.ts';

/** Switches plugins on and off for a tenant. Its data and its licence stay as they are. */
export interface PluginSwitch {
  /** What switching off would stop. */
  radius(tenantId: string, plugin: string): Promise<BlastRadius>;
  /** Refuses with `not-found`. Doing it again changes nothing. */
  set(tenantId: string, plugin: string, enabled: boolean, trace: AuditTrace): Promise<void>;
}

export function createPluginSwitch(deps: LicensingDependencies, book: LicenceBook): PluginSwitch {
  const { db, changes, plugins, realtime, releaseHeld, log } = deps;

  async function write(models: CoreModels, tenantId: string, plugin: string, enabled: boolean, trace: AuditTrace) {
    const where = { tenantId, pluginId: plugin };
    const row = await models.TenantPlugin.findOne({ where, lock: true });
    if ((row?.enabled ?? true) === enabled) return false;
    if (row) await row.update({ enabled });
    else await models.TenantPlugin.create({ ...where, enabled });
    await recordAudit(models, trace, {
      tenantId,
      action: enabled ? 'plugin.enabled' : 'plugin.disabled',
      pluginId: plugin,
      entityId: plugin,
    });
    return true;
  }

  return {
    async radius(tenantId, plugin) {
      const { disabled } = await book.of(tenantId);
      const enabled = plugins.all(tenantId).filter(({ manifest }) => !disabled.has(manifest.id));
      return blastRadius(
        plugin,
        enabled.map(({ manifest }) => manifest),
      );
    },
    async set(tenantId, plugin, enabled, trace) {
      if (!plugins.statuses().some(({ id }) => id === plugin)) {
        throw new ApiError('not-found', `There is no plugin "${plugin}".`);
      }
      const attempt = () => db.inTenant(tenantId, (models) => write(models, tenantId, plugin, enabled, trace));
      const changed = await attempt().catch((error: unknown) => {
        // Somebody else wrote the first row at the same moment: look again at what they wrote.
        if (isDuplicate(error)) return attempt();
        throw error;
      });
      if (!changed) return;
      await changes.announce('plugin', { plugin, tenantId });
      realtime.publish({ tenantId, event: 'plugin.changed', payload: { plugin } });
      if (!enabled) return;
      await releaseHeld(tenantId, plugin).catch((error: unknown) => {
        // The plugin is on; what is held is also looked for by the relay's sweep.
        log.error({ err: error, tenantId, plugin }, 'held deliveries could not be released');
      });
    },
  };
}
