import type { OperationGroup } from './types.ts';

export const settings: OperationGroup<'settings'> = {
  'settings.get': ({ services, tenant, plugin }) => services.settings.get(tenant.id, plugin.manifest.id),
};
