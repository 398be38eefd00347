import { traceOf } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { type PageInput, pageOfAll, pageOutput } from '../../paging/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, signedIn } from '../../routes/index.ts';
import type { LicensingDependencies } from '../dependencies.ts';
import type { LicenceBook } from '../licence-book.ts';
import { PAGE_ONLY, PLUGIN, PLUGIN_ONLY, RADIUS, TAG } from '../schemas.ts';
import { type ShownPlugin, showPlugin } from '../show-plugin.ts';
import type { PluginSwitch } from '../switch-plugin.ts';

/** The installed plugins as a tenant has them. */
export function pluginRoutes(deps: LicensingDependencies, book: LicenceBook, pluginSwitch: PluginSwitch): Route[] {
  const { plugins, policy, now } = deps;

  async function pluginsOf(tenantId: string): Promise<ShownPlugin[]> {
    const stored = await book.of(tenantId);
    return plugins
      .statuses(tenantId)
      .map((status) => showPlugin(status, plugins.manifest(status.id, tenantId), stored, policy, now()));
  }

  async function pluginOf(tenantId: string, id: string): Promise<ShownPlugin> {
    const status = plugins.statuses(tenantId).find((one) => one.id === id);
    if (!status) throw new ApiError('not-found', `There is no plugin "${id}".`);
    return showPlugin(status, plugins.manifest(id, tenantId), await book.of(tenantId), policy, now());
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/plugins',
      operationId: 'listPlugins',
      summary: 'The installed plugins and how they stand in this tenant',
      tag: TAG,
      access: { permission: 'core:plugins.read' },
      input: PAGE_ONLY,
      output: pageOutput(PLUGIN),
      handler: async (context, page: PageInput) =>
        pageOfAll(await pluginsOf(signedIn(context).tenant.id), page, 'plugins', ({ id }) => id),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/plugins/{plugin}',
      operationId: 'getPlugin',
      summary: 'One installed plugin',
      tag: TAG,
      access: { permission: 'core:plugins.read' },
      input: PLUGIN_ONLY,
      output: PLUGIN,
      handler: (context, { plugin }: { plugin: string }) => pluginOf(signedIn(context).tenant.id, plugin),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/plugins/{plugin}/enable',
      operationId: 'enablePlugin',
      summary: 'Switch a plugin on for this tenant',
      tag: TAG,
      access: { permission: 'core:plugins.manage' },
      input: PLUGIN_ONLY,
      output: { type: 'object', required: ['plugin'], properties: { plugin: PLUGIN } },
      handler: async (context, { plugin }: { plugin: string }) => {
        const tenantId = signedIn(context).tenant.id;
        await pluginSwitch.set(tenantId, plugin, true, traceOf(context));
        return { plugin: await pluginOf(tenantId, plugin) };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/plugins/{plugin}/disable',
      operationId: 'disablePlugin',
      summary: 'Switch a plugin off for this tenant, or (with `preview`) only show what that would stop',
      tag: TAG,
      access: { permission: 'core:plugins.manage' },
      input: {
        ...PLUGIN_ONLY,
        properties: { plugin: PLUGIN_INPUT, preview: { type: 'boolean', default: false } },
      },
      output: {
        type: 'object',
        required: ['plugin', 'preview', 'affected'],
        properties: { plugin: PLUGIN, preview: { type: 'boolean' }, affected: RADIUS },
      },
      handler: async (context, { plugin, preview }: { plugin: string; preview: boolean }) => {
        const tenantId = signedIn(context).tenant.id;
        const affected = await pluginSwitch.radius(tenantId, plugin);
        if (!preview) await pluginSwitch.set(tenantId, plugin, false, traceOf(context));
        return { plugin: await pluginOf(tenantId, plugin), preview, affected };
      },
    }),
  ];
}
