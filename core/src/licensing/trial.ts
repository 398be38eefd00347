import { type AuditTrace, recordAudit } from '../audit/index.ts';
import { type CoreModels, isDuplicate } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import type { LicensingDependencies } from './dependencies.ts';
import type { LicenceWriter } from './licence-writer.ts';

export const DEFAULT_TRIAL_DAYS = 14;
const DAY_MS = 86_400_000;

/** Why a tenant cannot start a trial; `null` when it can. One for each tenant and plugin, for ever. */
export function trialRefusal(
  licence: { kind: string; trialUsed: boolean } | null,
): 'trial-used' | 'already-licensed' | null {
  if (licence === null) return null;
  return licence.kind === 'trial' ? 'trial-used' : 'already-licensed';
}

const WORDS = {
  'trial-used': 'The trial of this plugin has been used. Choose a plan to go on with it.',
  'already-licensed': 'A trial is for those who never had a licence of this plugin.',
};

function refused(reason: keyof typeof WORDS, plugin: string): ApiError {
  return new ApiError('conflict', WORDS[reason], {
    reason,
    action: { label: 'Show the plugin', href: `/admin/plugins/${plugin}` },
  });
}

/**
 * Starts the tenant's trial of a plugin. Of any number of callers at the same time one succeeds: the primary key of
 * the licence decides. Refuses with `not-found`, `conflict` (`trial-used`, `already-licensed`).
 */
export function createTrials(
  { db, plugins, now }: LicensingDependencies,
  { announce }: Pick<LicenceWriter, 'announce'>,
) {
  async function insert(models: CoreModels, tenantId: string, plugin: string, trialDays: number, trace: AuditTrace) {
    const existing = await models.Licence.findOne({ where: { tenantId, pluginId: plugin } });
    const reason = trialRefusal(existing);
    if (reason !== null) throw refused(reason, plugin);
    const startsAt = now();
    const expiresAt = new Date(startsAt.getTime() + trialDays * DAY_MS);
    const key = { tenantId, pluginId: plugin };
    await models.Licence.create({ ...key, kind: 'trial', source: 'trial', trialUsed: true, startsAt, expiresAt });
    await recordAudit(models, trace, {
      tenantId,
      action: 'licence.trial-started',
      pluginId: plugin,
      entityId: plugin,
      detail: { expiresAt: expiresAt.toISOString() },
    });
  }

  return async (tenantId: string, plugin: string, trace: AuditTrace): Promise<void> => {
    const manifest = plugins.get(plugin)?.manifest;
    if (!manifest) throw new ApiError('not-found', `There is no active plugin "${plugin}".`);
    const days = manifest.pricing?.trialDays ?? DEFAULT_TRIAL_DAYS;
    if (days <= 0) {
      throw new ApiError('conflict', 'This plugin has no trial.', { reason: 'trial-not-offered' });
    }
    try {
      await db.inTenant(tenantId, (models) => insert(models, tenantId, plugin, days, trace));
    } catch (error) {
      throw isDuplicate(error) ? refused('trial-used', plugin) : error;
    }
    await announce(tenantId, plugin);
  };
}
