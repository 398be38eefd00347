import type { JsonSchema, Manifest } from '@bazaar/sdk';
import type { Database } from '../data/index.ts';
import type { Licences } from '../licensing/index.ts';
import type { PluginRegistry } from '../plugins/index.ts';
import { defineRoute, type Principal, type Route, signedIn } from '../routes/index.ts';
import { contributions } from './contributions.ts';
import { usablePlugins } from './usable-plugins.ts';

export interface ShellDependencies {
  db: Pick<Database, 'queryInTenant'>;
  plugins: PluginRegistry;
  licences: Licences;
  countOpenTasks(principal: Principal): Promise<number>;
}

const text = { type: 'string' };

function list(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'array', items: { type: 'object', required: Object.keys(properties), properties } };
}

const OUTPUT: JsonSchema = {
  type: 'object',
  required: ['tenant', 'user', 'plugins', 'navigation', 'screens', 'widgets', 'openTasks', 'demo'],
  properties: {
    tenant: { type: 'object', required: ['id', 'slug', 'name'], properties: { id: text, slug: text, name: text } },
    user: {
      type: 'object',
      required: ['id', 'name', 'email', 'permissions'],
      properties: { id: text, name: text, email: text, permissions: { type: 'array', items: text } },
    },
    plugins: {
      ...list({ id: text, name: text, publisher: text, version: text, actions: { type: 'array', items: text } }),
      description: 'All that this tenant can use now; `actions` are those that can be called over HTTP.',
    },
    navigation: list({ plugin: text, title: text, icon: text, path: text, order: { type: 'number' } }),
    screens: list({ plugin: text, path: text, title: text, element: text, module: text }),
    widgets: list({ plugin: text, slot: text, title: text, element: text, module: text, order: { type: 'number' } }),
    openTasks: { type: 'integer' },
    demo: { type: 'boolean', description: 'Whether this is a demo tenant.' },
  },
};

function shownPlugin({ id, name, publisher, version, actions }: Manifest) {
  const callable = actions.filter(({ permission }) => permission !== undefined);
  return { id, name, publisher, version, actions: callable.map((action) => action.name) };
}

async function isDemo(db: Pick<Database, 'queryInTenant'>, tenantId: string): Promise<boolean> {
  const { rows } = await db.queryInTenant<{ demo: boolean }>(tenantId, 'select demo from core.tenants where id = $1', [
    tenantId,
  ]);
  return rows[0]?.demo ?? false;
}

/** `GET /api/shell`: all that the browser needs to build the shell for the person who is signed in. */
export function shellRoutes({ db, plugins, licences, countOpenTasks }: ShellDependencies): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/shell',
      operationId: 'getShell',
      summary: 'Navigation, screens and widgets of the plugins that this person can use now',
      tag: 'Shell',
      access: 'signed-in',
      output: OUTPUT,
      async handler(context) {
        const principal = signedIn(context);
        const { tenant, user, permissions } = principal;
        const [usable, openTasks, demo] = await Promise.all([
          usablePlugins(tenant.id, plugins, licences),
          countOpenTasks(principal),
          isDemo(db, tenant.id),
        ]);
        const manifests = usable.map(({ manifest }) => manifest);
        return {
          tenant,
          user: { id: user.id, name: user.name, email: user.email, permissions },
          plugins: manifests.map(shownPlugin),
          ...contributions(manifests, permissions),
          openTasks,
          demo,
        };
      },
    }),
  ];
}
