import type { Licences } from '../../licensing/index.ts';
import type { LoadedPlugin, PluginRegistry } from '../../plugins/index.ts';
import { defineRoute, type Route } from '../../routes/index.ts';
import { openApiDocument } from './document.ts';

export interface OpenApiOptions {
  /** The kernel's other routes. */
  routes: readonly Route[];
  plugins: PluginRegistry;
  licences: Licences;
  version: string;
}

/** `GET /api/openapi.json`: for a signed-in caller with the plugins of his tenant, otherwise with all that run. */
export function openApiRoutes(options: OpenApiOptions): Route[] {
  const { plugins, licences, version } = options;

  async function ofTenant(tenantId: string): Promise<LoadedPlugin[]> {
    const loaded = plugins.all();
    const visible = await Promise.all(
      loaded.map(async ({ manifest: { id } }) => {
        const [enabled, licence] = await Promise.all([licences.enabled(tenantId, id), licences.decide(tenantId, id)]);
        return enabled && licence.readable;
      }),
    );
    return loaded.filter((_plugin, index) => visible[index]);
  }

  const route: Route = defineRoute({
    method: 'GET',
    path: '/api/openapi.json',
    operationId: 'getOpenApi',
    summary: 'This document: for a signed-in caller with the plugins of the tenant, otherwise with all active ones',
    tag: 'Operation',
    access: 'public',
    output: { type: 'object' },
    handler: async ({ principal }) => {
      const visible = principal ? await ofTenant(principal.tenant.id) : plugins.all();
      return openApiDocument([...options.routes, route], visible, version);
    },
  });
  return [route];
}
