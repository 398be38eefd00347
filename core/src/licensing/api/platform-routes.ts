import type { Manifest } from '@bazaar/sdk';
import { traceOf } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { type PageInput, pageInput, pageOfAll, pageOutput } from '../../paging/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route } from '../../routes/index.ts';
import type { LicensingDependencies } from '../dependencies.ts';
import type { LicenceFilter, Monitor, PlatformLicence } from '../platform/monitor.ts';
import type { Grant, OperatorActions } from '../platform/operator-actions.ts';
import { findOrphans, sortKey } from '../platform/orphans.ts';
import { pluginUsage } from '../platform/plugin-usage.ts';
import { unknownLimits } from '../usage/limit-names.ts';
import { ORPHANS, PLATFORM_LICENCE, PLUGIN_USAGE } from './platform-schemas.ts';

const TAG = 'Licences of the platform';
const SLUG = { type: 'string', maxLength: 63, pattern: '^[a-z0-9](-?[a-z0-9]){1,62}$' };
const REASON = { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S', description: 'For the audit log.' };
const MOMENT = { type: ['string', 'null'], format: 'date-time' };

interface Address {
  tenant: string;
  plugin: string;
}

function addressed(properties: object, required: readonly string[]) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['tenant', 'plugin', ...required],
    properties: { tenant: SLUG, plugin: PLUGIN_INPUT, ...properties },
  };
}

function list(properties: object = {}) {
  return pageInput({ ...properties });
}

function momentOf(text: string | null | undefined, pointer: string): Date | null {
  if (text === null || text === undefined) return null;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) {
    // The schema's format allows leap seconds, which JavaScript's dates do not know.
    const message = 'There is no such moment.';
    throw new ApiError('invalid-input', message, { errors: [{ pointer, message }] });
  }
  return moment;
}

function checkLimits(limits: Grant['limits'], manifest: Manifest): void {
  const errors = unknownLimits(limits, manifest).map(({ name, message }) => ({ pointer: `/limits/${name}`, message }));
  const [first] = errors;
  if (first) throw new ApiError('invalid-input', first.message, { errors });
}

/** What operators watch and do, over all tenants. */
export function platformRoutes(deps: LicensingDependencies, monitor: Monitor, actions: OperatorActions): Route[] {
  const { db, plugins, policy, now, findTenant } = deps;

  async function tenantId(slug: string): Promise<string> {
    const tenant = await findTenant(slug);
    if (!tenant) throw new ApiError('not-found', 'There is no such workspace.');
    return tenant.id;
  }

  async function after(tenant: string, plugin: string, work: Promise<void>): Promise<PlatformLicence | null> {
    await work;
    return monitor.one(tenant, plugin);
  }

  const watching: Route[] = [
    defineRoute({
      method: 'GET',
      path: '/api/platform/licences',
      operationId: 'listPlatformLicences',
      summary: 'The licences of all tenants',
      tag: TAG,
      access: 'operator',
      input: list({ tenant: { type: 'string', minLength: 1, maxLength: 100 }, plugin: PLUGIN_INPUT }),
      output: pageOutput(PLATFORM_LICENCE),
      handler: (_context, filter: LicenceFilter) => monitor.licences(filter),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/platform/licences/expiring',
      operationId: 'listExpiringLicences',
      summary: 'Licences that end soon, the next first',
      tag: TAG,
      access: 'operator',
      input: list({
        days: { type: 'integer', minimum: 1, maximum: 366, default: 7, description: 'Within so many days from now.' },
      }),
      output: pageOutput(PLATFORM_LICENCE),
      handler: (_context, input: PageInput & { days: number }) => monitor.expiring(input),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/platform/licences/orphans',
      operationId: 'listOrphans',
      summary: 'Records of plugins, licences or tenants that are no more',
      tag: TAG,
      access: 'operator',
      input: list(),
      output: pageOutput(ORPHANS),
      handler: async (_context, page: PageInput) => pageOfAll(await findOrphans(db), page, 'orphans', sortKey),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/platform/licences/usage',
      operationId: 'listPluginUsage',
      summary: 'How many tenants use each plugin, and how much; most used first',
      tag: TAG,
      access: 'operator',
      input: list(),
      output: pageOutput(PLUGIN_USAGE),
      handler: async (_context, page: PageInput) => {
        const all = await pluginUsage(db.platform, policy, now(), (id) => plugins.manifest(id)?.name ?? id);
        // The place keeps the order of the list within the order of the cursors.
        const placed = all.map((usage, place) => ({ place: String(place).padStart(6, '0'), usage }));
        const { items, ...rest } = pageOfAll(placed, page, 'plugin-usage', ({ place }) => place);
        return { items: items.map(({ usage }) => usage), ...rest };
      },
    }),
  ];

  const doing: Route[] = [
    defineRoute({
      method: 'POST',
      path: '/api/platform/licences/{tenant}/{plugin}/extend-trial',
      operationId: 'extendTrial',
      summary: 'Give a trial more days, from its end on or from now when it has ended',
      tag: TAG,
      access: 'operator',
      input: addressed({ days: { type: 'integer', minimum: 1, maximum: 365 } }, ['days']),
      output: PLATFORM_LICENCE,
      handler: async (context, { tenant, plugin, days }: Address & { days: number }) => {
        const id = await tenantId(tenant);
        return after(id, plugin, actions.extendTrial(id, plugin, days, traceOf(context)));
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/licences/{tenant}/{plugin}/revoke',
      operationId: 'revokeLicence',
      summary: 'Take a licence away, now or at a moment to come; data stay as they are',
      tag: TAG,
      access: 'operator',
      input: addressed({ reason: REASON, at: { ...MOMENT, description: 'Now when absent.' } }, ['reason']),
      output: PLATFORM_LICENCE,
      handler: async (context, { tenant, plugin, reason, at }: Address & { reason: string; at?: string | null }) => {
        const id = await tenantId(tenant);
        const moment = momentOf(at, '/at');
        return after(id, plugin, actions.revoke(id, plugin, reason, moment, traceOf(context)));
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/licences/{tenant}/{plugin}/reactivate',
      operationId: 'reactivateLicence',
      summary: 'Take a revocation back',
      tag: TAG,
      access: 'operator',
      input: addressed({ reason: REASON }, ['reason']),
      output: PLATFORM_LICENCE,
      handler: async (context, { tenant, plugin, reason }: Address & { reason: string }) => {
        const id = await tenantId(tenant);
        return after(id, plugin, actions.reactivate(id, plugin, reason, traceOf(context)));
      },
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/platform/licences/{tenant}/{plugin}/grant',
      operationId: 'grantLicence',
      summary: 'Give a tenant a licence without payment, in the place of what there was',
      tag: TAG,
      access: 'operator',
      input: addressed(
        {
          plan: { type: 'string', enum: ['one-time', 'monthly', 'annual'], default: 'one-time' },
          expiresAt: { ...MOMENT, default: null, description: 'null for ever.' },
          seats: { type: ['integer', 'null'], minimum: 0, maximum: 1_000_000, default: null },
          limits: {
            type: 'object',
            default: {},
            maxProperties: 20,
            propertyNames: { pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 },
            additionalProperties: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
          },
          reason: REASON,
        },
        ['reason'],
      ),
      output: PLATFORM_LICENCE,
      handler: async (
        context,
        { tenant, plugin, expiresAt, ...grant }: Address & Omit<Grant, 'expiresAt'> & { expiresAt: string | null },
      ) => {
        const id = await tenantId(tenant);
        const manifest = plugins.manifest(plugin, id);
        if (!manifest) throw new ApiError('not-found', 'There is no such plugin.');
        checkLimits(grant.limits, manifest);
        const given = { ...grant, expiresAt: momentOf(expiresAt, '/expiresAt') };
        return after(id, plugin, actions.grant(id, plugin, given, traceOf(context)));
      },
    }),
  ];
  return [...watching, ...doing];
}
