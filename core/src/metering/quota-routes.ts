import { traceOf } from '../audit/index.ts';
import { ApiError } from '../errors/index.ts';
import { type PageInput, pageInput, pageOfAll, pageOutput } from '../paging/index.ts';
import type { PluginRegistry } from '../plugins/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, type RouteContext, signedIn } from '../routes/index.ts';
import { EVERY_PLUGIN, type QuotaBook, type QuotaEntry } from './quota-book.ts';
import type { QuotaChanges } from './quota-values.ts';
import { CHANGES_INPUT, PLUGIN_QUOTAS, STANDARD_QUOTAS } from './schemas.ts';

const TAG = 'Quotas';

const shown = ({ changes, quotas, updatedAt }: QuotaEntry) => ({
  changes,
  quotas,
  updatedAt: updatedAt?.toISOString() ?? null,
});

/** What plugins may use, for operators. */
export function quotaRoutes(book: QuotaBook, plugins: Pick<PluginRegistry, 'statuses'>): Route[] {
  const ofPlugin = (plugin: string) => ({ plugin, ...shown(book.entry(plugin)) });
  const known = (plugin: string) => {
    if (!plugins.statuses().some(({ id }) => id === plugin))
      throw new ApiError('not-found', 'There is no such plugin.');
  };
  const change = (context: RouteContext, pluginId: string, changes: QuotaChanges) =>
    book.change(pluginId, changes, signedIn(context).tenant.id, traceOf(context));
  return [
    defineRoute({
      method: 'GET',
      path: '/api/operator/quotas',
      operationId: 'listQuotas',
      summary: 'What each installed plugin may use',
      tag: TAG,
      access: 'operator',
      input: pageInput(),
      output: pageOutput(PLUGIN_QUOTAS),
      handler: async (_context, page: PageInput) => {
        const ids = plugins.statuses().map(({ id }) => id);
        const { items, ...rest } = pageOfAll(ids, page, 'quotas', (id) => id);
        return { items: items.map(ofPlugin), ...rest };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/operator/quotas/{plugin}',
      operationId: 'getQuotas',
      summary: 'What one plugin may use',
      tag: TAG,
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin'],
        properties: { plugin: PLUGIN_INPUT },
      },
      output: PLUGIN_QUOTAS,
      handler: async (_context, { plugin }: { plugin: string }) => {
        known(plugin);
        return ofPlugin(plugin);
      },
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/operator/quotas/{plugin}',
      operationId: 'putQuotas',
      summary: 'Replace what one plugin may use otherwise than the rest; without changes it is as the rest',
      tag: TAG,
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin', 'changes'],
        properties: { plugin: PLUGIN_INPUT, changes: CHANGES_INPUT },
      },
      output: PLUGIN_QUOTAS,
      handler: async (context, { plugin, changes }: { plugin: string; changes: QuotaChanges }) => {
        known(plugin);
        await change(context, plugin, changes);
        return ofPlugin(plugin);
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/operator/quota-defaults',
      operationId: 'getQuotaDefaults',
      summary: 'What every plugin may use for which nothing else was set',
      tag: TAG,
      access: 'operator',
      output: STANDARD_QUOTAS,
      handler: async () => shown(book.standard),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/operator/quota-defaults',
      operationId: 'putQuotaDefaults',
      summary: 'Replace what every plugin may use otherwise than built in',
      tag: TAG,
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['changes'],
        properties: { changes: CHANGES_INPUT },
      },
      output: STANDARD_QUOTAS,
      handler: async (context, { changes }: { changes: QuotaChanges }) => {
        await change(context, EVERY_PLUGIN, changes);
        return shown(book.standard);
      },
    }),
  ];
}
