import type { Route } from '../../routes/index.ts';
import { operationRoutes } from './operation-routes.ts';
import type { LifecycleApi } from './options.ts';
import { packageRoutes } from './package-routes.ts';
import { pluginRoutes } from './plugin-routes.ts';
import { removalRoutes } from './removal-routes.ts';
import { ShownPlugins, type ShownPluginsOptions } from './shown-plugin.ts';
import { switchRoutes } from './switch-routes.ts';
import { versionRoutes } from './version-routes.ts';

/** Everything an operator can do with the plugins of the platform. */
export function lifecycleRoutes({
  lifecycle,
  findTenant,
  pluginSwitch,
  ...view
}: Omit<LifecycleApi, 'shown'> & Omit<ShownPluginsOptions, 'trial'>): Route[] {
  const shown = new ShownPlugins({ ...view, trial: (plugin) => lifecycle.trial(plugin) });
  const api = { lifecycle, shown, findTenant, pluginSwitch };
  return [
    ...pluginRoutes(api),
    ...packageRoutes(api),
    ...versionRoutes(api),
    ...switchRoutes(api),
    ...removalRoutes(api),
    ...operationRoutes(api),
  ];
}
