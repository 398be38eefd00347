import type { Licences } from '../licensing/index.ts';
import type { LoadedPlugin, PluginRegistry } from '../plugins/index.ts';

/** The running plugins that a tenant has switched on and may at least read by its licence. */
export async function usablePlugins(
  tenantId: string,
  plugins: Pick<PluginRegistry, 'all'>,
  licences: Licences,
): Promise<LoadedPlugin[]> {
  const loaded = plugins.all(tenantId);
  const usable = await Promise.all(
    loaded.map(async ({ manifest: { id } }) => {
      const [enabled, licence] = await Promise.all([licences.enabled(tenantId, id), licences.decide(tenantId, id)]);
      return enabled && licence.readable;
    }),
  );
  return loaded.filter((_plugin, index) => usable[index]);
}
