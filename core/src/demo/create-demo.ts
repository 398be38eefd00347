import type { JsonValue, TenantIdentity } from '@bazaar/sdk';
import { SYSTEM_TRACE } from '../audit/index.ts';
import type { Changes } from '../caching/index.ts';
import type { CoreModels, Database } from '../data/index.ts';
import type { LoadedPlugin, PluginCalls, PluginRegistry } from '../plugins/index.ts';
import { addMember, createTenant } from '../tenancy/index.ts';
import { DEMO_OPERATOR, DEMO_PASSWORD, DEMO_TENANTS } from './demo-tenants.ts';

export interface DemoDependencies {
  db: Pick<Database, 'asPlatform' | 'locks'>;
  changes: Changes;
  plugins: PluginRegistry;
  calls: Pick<PluginCalls, 'seed'>;
  hashPassword(password: string): Promise<string>;
  now(): Date;
  /** Told what is being done, in words for the person who watches the start. */
  report(step: string): void;
}

const LOCK = 'demo';
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/**
 * Makes what is missing of the demo: tenants, accounts, licences, and the data that plugins bring for them. Safe to
 * run at every start and on several nodes; what people have changed since is left as it is.
 */
export async function createDemo(deps: DemoDependencies): Promise<void> {
  const lock = await deps.db.locks.acquire(LOCK);
  try {
    const missing = await missingTenants(deps);
    if (missing.length > 0) await createTenants(deps, missing);
    await seedPlugins(deps);
  } finally {
    await lock.release();
  }
}

async function missingTenants({ db }: DemoDependencies) {
  const slugs = DEMO_TENANTS.map(({ slug }) => slug);
  const found = await db.asPlatform((models) =>
    models.Tenant.findAll({ where: { slug: slugs }, attributes: ['slug'] }),
  );
  return DEMO_TENANTS.filter(({ slug }) => !found.some((tenant) => tenant.slug === slug));
}

async function createTenants(deps: DemoDependencies, tenants: typeof DEMO_TENANTS): Promise<void> {
  deps.report('Creating the demo tenants');
  const passwordHash = await deps.hashPassword(DEMO_PASSWORD);
  const made = await deps.db.asPlatform(async (models) => {
    const ids: { tenantId: string; slug: string }[] = [];
    for (const tenant of tenants) {
      ids.push({ tenantId: await createDemoTenant(models, tenant, passwordHash, deps.now()), slug: tenant.slug });
    }
    return ids;
  });
  for (const tenant of made) await deps.changes.announce('tenant', tenant);
}

async function createDemoTenant(
  models: CoreModels,
  { slug, name, accounts, licences }: (typeof DEMO_TENANTS)[number],
  passwordHash: string,
  now: Date,
): Promise<string> {
  const tenant = await createTenant(models, { slug, name, tier: 'pro', demo: true }, SYSTEM_TRACE);
  const members = [
    ...accounts.map(({ role, ...account }) => ({ ...account, roles: [role] })),
    { ...DEMO_OPERATOR, roles: ['admin'], isOperator: true },
  ];
  for (const member of members) {
    await addMember(models, tenant.id, { ...member, passwordHash, demo: true, emailVerifiedAt: now }, SYSTEM_TRACE);
  }
  await models.Licence.bulkCreate(
    licences.map(({ plugin, kind }) => ({
      tenantId: tenant.id,
      pluginId: plugin,
      kind,
      startsAt: now,
      expiresAt: kind === 'purchased' ? null : new Date(now.getTime() + YEAR_MS),
    })),
  );
  return tenant.id;
}

async function seedPlugins(deps: DemoDependencies): Promise<void> {
  for (const { slug } of DEMO_TENANTS) {
    const tenant = await deps.db.asPlatform((models) => models.Tenant.findOne({ where: { slug } }));
    if (!tenant) continue;
    const identity = { id: tenant.id, slug: tenant.slug, name: tenant.name };
    for (const plugin of deps.plugins.all()) {
      if (plugin.manifest.demo?.[slug] === undefined) continue;
      const data = (await plugin.package()).demo.get(slug);
      if (data !== undefined) await seedOnce(deps, identity, plugin, data);
    }
  }
}

/**
 * The handler's rows are one commit and the mark another: a process that dies between the two runs the handler again,
 * so a `demo` handler does nothing where it finds its data.
 */
async function seedOnce(deps: DemoDependencies, tenant: TenantIdentity, plugin: LoadedPlugin, data: JsonValue) {
  const key = { tenantId: tenant.id, pluginId: plugin.manifest.id };
  const mark = await deps.db.asPlatform((models) => models.TenantPlugin.findOne({ where: key }));
  if (mark?.demoSeededAt) return;
  deps.report(`Filling ${plugin.manifest.name} of ${tenant.name} with demo data`);
  await deps.plugins.use(plugin.manifest.id, tenant.id, (serving) => deps.calls.seed(serving, tenant, data));
  await deps.db.asPlatform((models) => models.TenantPlugin.upsert({ ...key, demoSeededAt: deps.now() }));
}
