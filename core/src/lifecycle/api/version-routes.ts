import { defineRoute, type Route } from '../../routes/index.ts';
import { type CanaryInput, canaryOf } from './canary-input.ts';
import { operatorOf, tenantAt } from './operator.ts';
import type { LifecycleApi } from './options.ts';
import { CANARY_INPUT, OPERATION, pluginInput, SLUG_INPUT, TAG, VERSION_INPUT } from './schemas.ts';

/** Who is served by which of the versions that are there. */
export function versionRoutes({ lifecycle, findTenant }: LifecycleApi): Route[] {
  const { versions } = lifecycle;
  const shared = { method: 'POST', tag: TAG, access: 'operator', output: OPERATION } as const;
  return [
    defineRoute({
      ...shared,
      path: '/api/operator/plugins/{plugin}/rollback',
      operationId: 'rollBackPlugin',
      summary:
        'Return to the version that served before (`previousVersion`), or to a given one; a second time without one leads back. Tables stay as they are',
      input: pluginInput({ version: VERSION_INPUT }),
      handler: (context, { plugin, version }: { plugin: string; version?: string }) =>
        versions.rollback(plugin, version, operatorOf(context)),
    }),
    defineRoute({
      ...shared,
      path: '/api/operator/plugins/{plugin}/pin',
      operationId: 'pinPlugin',
      summary: 'Keep a tenant at a version whatever the others get; null lifts the pin',
      input: pluginInput({ tenant: SLUG_INPUT, version: { ...VERSION_INPUT, type: ['string', 'null'] } }, [
        'tenant',
        'version',
      ]),
      handler: async (
        context,
        { plugin, tenant, version }: { plugin: string; tenant: string; version: string | null },
      ) => versions.pin(plugin, await tenantAt(findTenant, tenant, '/tenant'), version, operatorOf(context)),
    }),
    defineRoute({
      ...shared,
      path: '/api/operator/plugins/{plugin}/canary/start',
      operationId: 'startCanary',
      summary: 'Let some tenants try a version that is kept here',
      input: pluginInput({ version: VERSION_INPUT, ...CANARY_INPUT }, ['version']),
      handler: async (context, { plugin, version, ...input }: CanaryInput & { plugin: string; version: string }) => {
        const canary = await canaryOf(findTenant, input);
        return versions.canary(plugin, version, canary, operatorOf(context));
      },
    }),
    defineRoute({
      ...shared,
      path: '/api/operator/plugins/{plugin}/canary/promote',
      operationId: 'promoteCanary',
      summary: 'Let the version on trial serve everybody',
      input: pluginInput(),
      handler: (context, { plugin }: { plugin: string }) => versions.promote(plugin, operatorOf(context)),
    }),
    defineRoute({
      ...shared,
      path: '/api/operator/plugins/{plugin}/canary/stop',
      operationId: 'stopCanary',
      summary: 'End the trial: its tenants get what all others have',
      input: pluginInput(),
      handler: (context, { plugin }: { plugin: string }) => versions.stopCanary(plugin, operatorOf(context), null),
    }),
  ];
}
