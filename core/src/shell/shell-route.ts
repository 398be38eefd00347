import type { JsonSchema } from '@bazaar/sdk';
import type { Database } from '../data/index.ts';
import type { FadingLicence, Licences } from '../licensing/index.ts';
import { logoPath, personPicturePath } from '../pictures/index.ts';
import type { LoadedPlugin, PluginRegistry } from '../plugins/index.ts';
import { defineRoute, type Principal, type Route, signedIn } from '../routes/index.ts';
import { contributions } from './contributions.ts';
import { usablePlugins } from './usable-plugins.ts';

export interface ShellDependencies {
  db: Pick<Database, 'platform'>;
  plugins: PluginRegistry;
  licences: Licences;
  /** Licences of the tenant that have ended, and what they allow until when. */
  fading(tenantId: string): Promise<FadingLicence[]>;
  countOpenTasks(principal: Principal): Promise<number>;
}

const text = { type: 'string' };
const nullable = { type: ['string', 'null'] };
const texts = { type: 'array', items: text };
const FRAMED = { type: 'boolean', description: 'Runs in a frame on an origin of its own: its plugin is sandboxed.' };

function list(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'array', items: { type: 'object', required: Object.keys(properties), properties } };
}

const OUTPUT: JsonSchema = {
  type: 'object',
  required: ['tenant', 'user', 'plugins', 'fading', 'navigation', 'screens', 'widgets', 'openTasks', 'demo'],
  properties: {
    tenant: {
      type: 'object',
      required: ['id', 'slug', 'name', 'logo'],
      properties: { id: text, slug: text, name: text, logo: { ...nullable, description: 'Where it is found.' } },
    },
    user: {
      type: 'object',
      required: ['id', 'name', 'email', 'permissions', 'isOperator', 'picture'],
      properties: {
        id: text,
        name: text,
        email: text,
        permissions: texts,
        isOperator: { type: 'boolean' },
        picture: { ...nullable, description: 'Where it is found.' },
      },
    },
    plugins: {
      ...list({ id: text, name: text, publisher: text, version: text, actions: texts, calls: texts }),
      description:
        'All that this tenant can use now; `actions` are those that can be called over HTTP, `calls` the full names of other plugins’ actions that the operator lets it call.',
    },
    fading: {
      ...list({
        plugin: text,
        name: text,
        state: { enum: ['grace', 'read-only', 'suspended'] },
        until: { type: 'string', format: 'date-time' },
      }),
      description: 'Licences that have ended and can be renewed, and until when they allow what their state says.',
    },
    navigation: list({ plugin: text, title: text, icon: text, path: text, order: { type: 'number' } }),
    screens: list({ plugin: text, path: text, title: text, element: text, module: text, framed: FRAMED }),
    widgets: list({
      plugin: text,
      slot: text,
      title: text,
      element: text,
      module: text,
      framed: FRAMED,
      order: { type: 'number' },
    }),
    openTasks: { type: 'integer' },
    demo: { type: 'boolean', description: 'Whether this is a demo tenant.' },
  },
};

const ACTION = 'action:';

function shownPlugin({ manifest: { id, name, publisher, version, actions }, capabilities }: LoadedPlugin) {
  const callable = actions.filter(({ permission }) => permission !== undefined);
  const calls = [...capabilities].filter((each) => each.startsWith(ACTION)).map((each) => each.slice(ACTION.length));
  return { id, name, publisher, version, actions: callable.map((action) => action.name), calls };
}

interface Appearance {
  demo: boolean;
  logo: string | null;
  picture: string | null;
}

/** Asked as the platform: of their own picture a person sees more than their tenant. */
async function appearance({ platform }: Pick<Database, 'platform'>, { tenant, user }: Principal): Promise<Appearance> {
  const { rows } = await platform.query<Appearance>(
    'select t.demo, t.logo, u.picture from core.tenants t, core.users u where t.id = $1 and u.id = $2',
    [tenant.id, user.id],
  );
  return rows[0] ?? { demo: false, logo: null, picture: null };
}

/** `GET /api/shell`: all that the browser needs to build the shell for the person who is signed in. */
export function shellRoutes({ db, plugins, licences, fading, countOpenTasks }: ShellDependencies): Route[] {
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
        const [usable, ended, openTasks, { demo, logo, picture }] = await Promise.all([
          usablePlugins(tenant.id, plugins, licences),
          fading(tenant.id),
          countOpenTasks(principal),
          appearance(db, principal),
        ]);
        return {
          tenant: { ...tenant, logo: logoPath(tenant.slug, logo) },
          user: { ...user, permissions, picture: personPicturePath(picture) },
          plugins: usable.map(shownPlugin),
          fading: ended,
          ...contributions(usable, permissions),
          openTasks,
          demo,
        };
      },
    }),
  ];
}
