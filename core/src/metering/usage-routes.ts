import type { Database } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { type PageInput, pageInput, pageOfAll, pageOutput } from '../paging/index.ts';
import type { PluginRegistry } from '../plugins/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, signedIn, UUID_INPUT } from '../routes/index.ts';
import type { Ledger } from './ledger.ts';
import type { Clock } from './plugin-meter.ts';
import type { Quotas } from './quota-values.ts';
import { OWNED_USAGE, USAGE } from './schemas.ts';
import { accountsOf, type UsageFilter, usageOf } from './usage.ts';

const TAG = 'Usage';

export interface UsageRoutesOptions {
  db: Pick<Database, 'platform'>;
  plugins: Pick<PluginRegistry, 'get'>;
  ledger: Ledger;
  quotasOf(pluginId: string): Quotas;
  clock: Clock;
  startedAt: Date;
}

interface TenantName {
  id: string;
  slug: string;
  name: string;
}

/** What plugins have used: for operators of all tenants, for a tenant its own. Of the process that answers. */
export function usageRoutes({ db, plugins, ledger, quotasOf, clock, startedAt }: UsageRoutesOptions): Route[] {
  async function namesOf(ids: readonly string[]): Promise<Map<string, TenantName>> {
    if (ids.length === 0) return new Map();
    const { rows } = await db.platform.query<TenantName>(
      'select id, slug, name from core.tenants where id = any($1::uuid[])',
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/operator/usage',
      operationId: 'listUsage',
      summary: 'What plugins use in this process, of all tenants together and of each',
      tag: TAG,
      access: 'operator',
      input: pageInput({ plugin: PLUGIN_INPUT, tenant: { ...UUID_INPUT, description: "A tenant's id." } }),
      output: pageOutput(OWNED_USAGE),
      handler: async (_context, { limit, cursor, plugin, tenant }: PageInput & UsageFilter) => {
        const filter = {
          ...(plugin === undefined ? {} : { plugin }),
          ...(tenant === undefined ? {} : { tenant: tenant.toLowerCase() }),
        };
        const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
        const { items, ...rest } = pageOfAll(accountsOf(ledger, filter), page, 'usage', ({ key }) => key);
        const names = await namesOf(items.flatMap(({ tenantId }) => tenantId ?? []));
        const now = clock();
        return {
          items: items.map(({ pluginId, tenantId, account }) => ({
            ...usageOf(pluginId, account, quotasOf(pluginId)[tenantId === null ? 'plugin' : 'tenant'], now, startedAt),
            tenant: tenantId === null ? null : (names.get(tenantId) ?? { id: tenantId, slug: null, name: null }),
          })),
          ...rest,
        };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/plugins/{plugin}/usage',
      operationId: 'getUsage',
      summary: 'What a plugin uses on behalf of this tenant in this process',
      tag: TAG,
      access: { permission: 'core:plugins.read' },
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin'],
        properties: { plugin: PLUGIN_INPUT },
      },
      output: USAGE,
      handler: async (context, { plugin }: { plugin: string }) => {
        const { tenant } = signedIn(context);
        if (!plugins.get(plugin, tenant.id)) throw new ApiError('not-found', 'There is no such plugin.');
        const account = ledger.find(plugin)?.tenants.get(tenant.id);
        return usageOf(plugin, account, quotasOf(plugin).tenant, clock(), startedAt);
      },
    }),
  ];
}
