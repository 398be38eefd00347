import { auditRoutes, chainRoutes } from '../audit/index.ts';
import { deliveryRoutes } from '../events/index.ts';
import { openApiRoutes } from '../http/index.ts';
import { lifecycleRoutes } from '../lifecycle/index.ts';
import type { Route } from '../routes/index.ts';
import { shellRoutes, usablePlugins } from '../shell/index.ts';
import { countOpenTasks, taskRoutes } from '../tasks/index.ts';
import type { Parts } from './parts.ts';

/** What operators do with plugins. */
function operatorRoutes({ db, loaded, lifecycle, licensing, tenants, usage }: Parts): Route[] {
  return lifecycleRoutes({
    lifecycle,
    sql: db.platform,
    registry: loaded.registry,
    usage,
    findTenant: tenants.bySlug,
    pluginSwitch: licensing.pluginSwitch,
  });
}

/** Every route of the kernel itself, the OpenAPI document of them all included. */
export function kernelRoutes(parts: Parts): Route[] {
  const { db, licensing, realtime, auditChain, tenants, now, version } = parts;
  const { registry } = parts.loaded;
  const { licences, fading } = licensing;
  const routes = [
    ...parts.identity.routes,
    ...shellRoutes({
      db,
      plugins: registry,
      licences,
      fading,
      countOpenTasks: (person) => countOpenTasks(db, person),
    }),
    ...licensing.routes,
    ...parts.billing.routes,
    ...parts.settings.routes,
    ...parts.schedules.routes,
    ...parts.metering.routes,
    ...operatorRoutes(parts),
    ...taskRoutes({ db, realtime, now }),
    ...parts.mail.routes,
    ...parts.pictures.routes,
    ...parts.privacy.routes,
    ...auditRoutes({ db }),
    ...chainRoutes(auditChain, tenants.bySlug),
    ...deliveryRoutes({ sql: db.platform, findTenant: tenants.bySlug }),
  ];
  const usableBy = (tenantId: string) => usablePlugins(tenantId, registry, licences);
  return [...routes, ...openApiRoutes({ routes, plugins: registry, usableBy, version })];
}

/** What the request pipeline is given of the parts and of the configuration. */
export function httpOptions(parts: Parts): Parts['httpOptions'] {
  const { config, loaded, calls, metering } = parts;
  return {
    routes: parts.routes,
    plugins: loaded.registry,
    invoker: calls.invoker,
    files: parts.files.store,
    pages: parts.pages,
    authenticate: parts.identity.authenticate,
    operators: parts.operators,
    findTenant: parts.tenants.bySlug,
    metrics: { ...metering.metrics, ...(config.metricsToken === undefined ? {} : { token: config.metricsToken }) },
    shellFolder: config.shellFolder,
    secure: config.publicUrl?.startsWith('https:') ?? false,
    trustProxy: config.trustProxy,
    requestLimit: parts.requestLimit,
    uploadLimit: config.uploadLimit,
    log: parts.log,
  };
}
