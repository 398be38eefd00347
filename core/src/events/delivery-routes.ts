import { traceOf } from '../audit/index.ts';
import type { PlatformSql } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { type PageInput, pageInput, pageOutput } from '../paging/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route } from '../routes/index.ts';
import { type DeliveryFilter, listDeliveries, redeliver } from './redelivery.ts';

export interface DeliveryRoutesOptions {
  sql: PlatformSql;
  findTenant(slug: string): Promise<{ id: string } | null>;
}

const TAG = 'Operating';
const SLUG = { type: 'string', minLength: 1, maxLength: 200, description: 'Short name of a tenant.' };
const ID = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };

const ITEM = {
  type: 'object',
  required: ['id', 'tenant', 'plugin', 'event', 'eventId', 'subject', 'state', 'attempts', 'lastError', 'emittedAt'],
  properties: {
    id: ID,
    tenant: { type: 'string' },
    plugin: { type: 'string' },
    event: { type: 'string' },
    eventId: { type: 'string', format: 'uuid' },
    subject: { type: 'string' },
    state: { enum: ['pending', 'held', 'dead'] },
    attempts: { type: 'integer' },
    lastError: { type: ['string', 'null'] },
    emittedAt: { type: 'string', format: 'date-time' },
  },
};

/** For operators: what was not delivered, and trying again what was given up. */
export function deliveryRoutes({ sql, findTenant }: DeliveryRoutesOptions): Route[] {
  async function tenantOf(slug: string | undefined): Promise<string | undefined> {
    if (slug === undefined) return undefined;
    const tenant = await findTenant(slug);
    if (tenant) return tenant.id;
    const message = `There is no tenant "${slug}".`;
    throw new ApiError('invalid-input', message, { errors: [{ pointer: '/tenant', message }] });
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/operator/deliveries',
      operationId: 'listDeliveries',
      summary: 'Events that have not been delivered, newest first: given up, held, or on their way',
      tag: TAG,
      access: 'operator',
      input: pageInput({
        state: { type: 'string', enum: ['pending', 'held', 'dead'], default: 'dead' },
        plugin: PLUGIN_INPUT,
        tenant: SLUG,
      }),
      output: pageOutput(ITEM),
      handler: async (
        _context,
        { tenant, ...filter }: PageInput & { state: DeliveryFilter['state']; plugin?: string; tenant?: string },
      ) => listDeliveries(sql, { ...filter, tenantId: await tenantOf(tenant) }),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/deliveries/redeliver',
      operationId: 'redeliver',
      summary: 'Try again what was given up: one delivery, or all of a plugin; at most 1,000 at once',
      tag: TAG,
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin'],
        properties: { plugin: PLUGIN_INPUT, tenant: SLUG, id: ID },
      },
      output: {
        type: 'object',
        required: ['redelivered', 'remaining'],
        properties: { redelivered: { type: 'integer' }, remaining: { type: 'integer' } },
      },
      handler: async (context, { plugin, tenant, id }: { plugin: string; tenant?: string; id?: number }) =>
        redeliver(sql, { plugin, tenantId: await tenantOf(tenant), id }, traceOf(context)),
    }),
  ];
}
