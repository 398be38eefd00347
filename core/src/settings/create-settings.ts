import type { JsonObject, Manifest } from '@bazaar/sdk';
import { recordAudit } from '../audit/index.ts';
import { createLoadingCache } from '../caching/index.ts';
import { type CoreModels, isDuplicate, type Setting } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { settingsRoutes } from './routes.ts';
import { changedNames, type SettingsShape, settingsShape } from './settings-shape.ts';
import { readStored, type SettingsRow, type StoredSettings, sealSecrets } from './stored-settings.ts';
import type { Settings, SettingsAuthor, SettingsChange, SettingsDependencies, ShownSettings } from './types.ts';

const MAX_BYTES = 64 * 1024;
const REMEMBERED = 5_000;
/** How long a node cut off from the others may answer from memory. */
const MAX_AGE_MS = 30_000;

export function createSettings({ db, changes, plugins, sealer, compile }: SettingsDependencies): Settings {
  const shapes = new WeakMap<Manifest, SettingsShape>();
  const cache = createLoadingCache<string, StoredSettings>({
    max: REMEMBERED,
    maxAgeMs: MAX_AGE_MS,
    load: async (key) => {
      const [tenantId = '', pluginId = ''] = key.split('/');
      const { rows } = await db.queryInTenant<NonNullable<SettingsRow>>(
        tenantId,
        'select values, secrets, updated_at as "updatedAt" from core.settings where tenant_id = $1 and plugin_id = $2',
        [tenantId, pluginId],
      );
      return readStored(sealer, tenantId, pluginId, rows[0] ?? null);
    },
  });
  const close = changes.listen(
    'settings',
    ({ tenantId, plugin }) => cache.invalidate(`${tenantId}/${plugin}`),
    cache.invalidateAll,
  );

  function shapeOf(manifest: Manifest): SettingsShape {
    const known = shapes.get(manifest);
    if (known) return known;
    const shape = settingsShape(manifest, compile);
    shapes.set(manifest, shape);
    return shape;
  }

  function activeShape(tenantId: string, pluginId: string): SettingsShape {
    const plugin = plugins.get(pluginId, tenantId);
    if (!plugin) throw new ApiError('not-found', `There is no active plugin "${pluginId}".`);
    return shapeOf(plugin.manifest);
  }

  /** In the change's transaction, the row locked. Returns whether anything changed. */
  async function write(
    models: CoreModels,
    pluginId: string,
    { values, revision }: SettingsChange,
    { tenantId, userId, trace }: SettingsAuthor,
  ): Promise<boolean> {
    const shape = activeShape(tenantId, pluginId);
    const row: Setting | null = await models.Setting.findOne({ where: { tenantId, pluginId }, lock: true });
    const stored = readStored(sealer, tenantId, pluginId, row);
    if (revision !== undefined && revision !== stored.revision) throw stale();
    const merged = shape.merge(stored, values);
    const errors = shape
      .check(shape.whole(merged))
      .map(({ pointer, message }) => ({ pointer: `/values${pointer}`, message }));
    if (errors.length > 0) throw new ApiError('invalid-input', 'Some settings are not valid.', { errors });

    const names = changedNames(stored, merged);
    const same = names.changed.length === 0 && names.secretsChanged.length === 0;
    if (same && stored.readable) return false;
    const content = {
      values: merged.visible,
      secrets: sealSecrets(sealer, tenantId, pluginId, merged.secrets),
      updatedBy: userId,
    };
    if (row) await row.update(content);
    else await models.Setting.create({ tenantId, pluginId, ...content });
    await recordAudit(models, trace, {
      tenantId,
      action: 'settings.changed',
      pluginId,
      entityId: pluginId,
      detail: { ...names },
    });
    return true;
  }

  async function show(tenantId: string, pluginId: string): Promise<ShownSettings> {
    const shape = activeShape(tenantId, pluginId);
    const stored = await cache.get(`${tenantId}/${pluginId}`);
    return {
      plugin: pluginId,
      schema: shape.schema,
      values: shape.shown(stored),
      secretsSet: [...stored.secrets.keys()].sort(),
      secretsReadable: stored.readable,
      revision: stored.revision,
      updatedAt: stored.updatedAt,
    };
  }

  const settings: Omit<Settings, 'routes'> = {
    async get(tenantId, pluginId): Promise<JsonObject> {
      const plugin = plugins.get(pluginId, tenantId);
      if (!plugin) return {};
      const key = `${tenantId}/${pluginId}`;
      const stored = cache.peek(key) ?? (await cache.get(key));
      if (!stored.readable) {
        throw new ApiError('unavailable', 'The stored secrets cannot be opened any more: enter them again.', {
          reason: 'secrets-unreadable',
          action: { label: 'Open the settings', href: `/admin/plugins/${pluginId}` },
        });
      }
      return JSON.parse(shapeOf(plugin.manifest).wholeText(stored)) as JsonObject;
    },
    show,
    async change(pluginId, change, by) {
      const { tenantId } = by;
      if (Buffer.byteLength(JSON.stringify(change.values)) > MAX_BYTES) {
        throw new ApiError('too-large', `Settings may have at most ${MAX_BYTES / 1024} KB.`);
      }
      const changed = await db
        .inTenant(tenantId, (models) => write(models, pluginId, change, by))
        .catch((error: unknown) => {
          // Somebody else stored the first settings at the same moment.
          throw isDuplicate(error) ? stale() : error;
        });
      if (changed) await changes.announce('settings', { tenantId, plugin: pluginId });
      return show(tenantId, pluginId);
    },
    close,
  };
  return { ...settings, routes: settingsRoutes(settings) };
}

function stale(): ApiError {
  return new ApiError('conflict', 'Somebody else has changed these settings. Load them again before you save.', {
    reason: 'stale-revision',
  });
}
