import { traceOf } from '../../audit/index.ts';
import { defineRoute, type Route } from '../../routes/index.ts';
import { operatorOf, tenantAt } from './operator.ts';
import type { LifecycleApi } from './options.ts';
import { notInstalled } from './plugin-routes.ts';
import { CONFIRM_INPUT, IMPACT, OPERATION, pluginInput, SLUG_INPUT, TAG } from './schemas.ts';

/** On and off for one tenant, and out of quarantine. */
export function switchRoutes({ lifecycle, shown, findTenant, pluginSwitch }: LifecycleApi): Route[] {
  async function known(plugin: string): Promise<void> {
    if (!(await shown.one(plugin))) throw notInstalled(plugin);
  }
  return [
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins/{plugin}/enable',
      operationId: 'enableOperatorPlugin',
      summary: 'Switch a plugin on for a tenant; without a tenant, lift the quarantine of its versions',
      tag: TAG,
      access: 'operator',
      input: pluginInput({ tenant: SLUG_INPUT }),
      output: {
        type: 'object',
        required: ['plugin', 'tenant', 'operation'],
        properties: {
          plugin: { type: 'string' },
          tenant: { type: ['string', 'null'] },
          operation: { anyOf: [OPERATION, { type: 'null' }] },
        },
      },
      handler: async (context, { plugin, tenant: slug }: { plugin: string; tenant?: string }) => {
        await known(plugin);
        if (slug === undefined) {
          return { plugin, tenant: null, operation: await lifecycle.versions.release(plugin, operatorOf(context)) };
        }
        const tenant = await tenantAt(findTenant, slug, '/tenant');
        await pluginSwitch.set(tenant.id, plugin, true, traceOf(context));
        return { plugin, tenant: slug, operation: null };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins/{plugin}/disable',
      operationId: 'disableOperatorPlugin',
      summary: 'Switch a plugin off for a tenant; its data and its licence stay as they are',
      tag: TAG,
      access: 'operator',
      input: pluginInput({ tenant: SLUG_INPUT, confirm: CONFIRM_INPUT }, ['tenant']),
      output: {
        type: 'object',
        required: ['confirmed', 'plugin', 'tenant', 'impact'],
        properties: {
          confirmed: { type: 'boolean' },
          plugin: { type: 'string' },
          tenant: { type: 'string' },
          impact: IMPACT,
        },
      },
      handler: async (
        context,
        { plugin, tenant: slug, confirm }: { plugin: string; tenant: string; confirm: boolean },
      ) => {
        await known(plugin);
        const tenant = await tenantAt(findTenant, slug, '/tenant');
        const impact = await lifecycle.impact(plugin, tenant.id);
        if (confirm) await pluginSwitch.set(tenant.id, plugin, false, traceOf(context));
        return { confirmed: confirm, plugin, tenant: slug, impact };
      },
    }),
  ];
}
