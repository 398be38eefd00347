import { ApiError } from '../../errors/index.ts';
import { pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, type Route } from '../../routes/index.ts';
import type { LifecycleApi } from './options.ts';
import { PLUGIN } from './plugin-schema.ts';
import { IMPACT, pluginInput, STATE, TAG } from './schemas.ts';
import type { PluginFilter, ShownPlugin } from './shown-plugin.ts';

export function notInstalled(plugin: string): ApiError {
  return new ApiError('not-found', `${plugin} is not installed.`, { reason: 'not-installed' });
}

/** What there is. */
export function pluginRoutes({ lifecycle, shown }: LifecycleApi): Route[] {
  async function one(plugin: string): Promise<ShownPlugin> {
    const found = await shown.one(plugin);
    if (!found) throw notInstalled(plugin);
    return found;
  }
  return [
    defineRoute({
      method: 'GET',
      path: '/api/operator/plugins',
      operationId: 'listOperatorPlugins',
      summary: 'Every plugin of the platform: versions, pins, trial, state, grants and their use',
      tag: TAG,
      access: 'operator',
      input: pageInput({
        state: { ...STATE, type: 'string' },
        q: { type: 'string', minLength: 1, maxLength: 100, description: 'Part of the id or the name.' },
      }),
      output: pageOutput(PLUGIN),
      handler: (_context, filter: PluginFilter) => shown.list(filter),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/operator/plugins/{plugin}',
      operationId: 'getOperatorPlugin',
      summary: 'One plugin of the platform',
      tag: TAG,
      access: 'operator',
      input: pluginInput(),
      output: PLUGIN,
      handler: (_context, { plugin }: { plugin: string }) => one(plugin),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/operator/plugins/{plugin}/impact',
      operationId: 'getPluginImpact',
      summary: 'What depends on a plugin and what it has kept',
      tag: TAG,
      access: 'operator',
      input: pluginInput(),
      output: IMPACT,
      handler: async (_context, { plugin }: { plugin: string }) => {
        await one(plugin);
        return lifecycle.impact(plugin);
      },
    }),
  ];
}
