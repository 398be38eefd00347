import type { LoadedPlugin, PluginRegistry } from '../../plugins/index.ts';
import { defineRoute, type Route } from '../../routes/index.ts';
import { openApiDocument } from './document.ts';

export interface OpenApiOptions {
  /** The kernel's other routes. */
  routes: readonly Route[];
  plugins: Pick<PluginRegistry, 'all'>;
  /** The plugins a tenant can use now. */
  usableBy(tenantId: string): Promise<readonly LoadedPlugin[]>;
  version: string;
}

/** `GET /api/openapi.json`: for a signed-in caller with the plugins of the tenant, otherwise with all that run. */
export function openApiRoutes({ routes, plugins, usableBy, version }: OpenApiOptions): Route[] {
  const route: Route = defineRoute({
    method: 'GET',
    path: '/api/openapi.json',
    operationId: 'getOpenApi',
    summary: 'This document: for a signed-in caller with the plugins of the tenant, otherwise with all active ones',
    tag: 'Operation',
    access: 'public',
    output: { type: 'object' },
    handler: async ({ principal }) => {
      const visible = principal ? await usableBy(principal.tenant.id) : plugins.all();
      return openApiDocument([...routes, route], visible, version);
    },
  });
  return [route];
}
