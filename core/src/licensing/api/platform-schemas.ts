import { COUNTS, LICENCE, MOMENT, NULLABLE, STATE, TEXT } from '../schemas.ts';

export const PLATFORM_LICENCE = {
  type: 'object',
  required: [
    'tenant',
    'plugin',
    'state',
    'kind',
    'plan',
    'source',
    'startsAt',
    'expiresAt',
    'revokedAt',
    'revokedReason',
    'trialExtendedDays',
    'seats',
  ],
  properties: {
    tenant: { type: 'object', required: ['slug', 'name'], properties: { slug: TEXT, name: TEXT } },
    plugin: TEXT,
    state: STATE,
    kind: LICENCE.properties.kind,
    plan: TEXT,
    source: LICENCE.properties.source,
    startsAt: MOMENT,
    expiresAt: { ...MOMENT, type: ['string', 'null'] },
    revokedAt: { ...MOMENT, type: ['string', 'null'] },
    revokedReason: NULLABLE,
    trialExtendedDays: { type: 'integer' },
    seats: LICENCE.properties.seats,
  },
};

export const PLUGIN_USAGE = {
  type: 'object',
  required: ['plugin', 'name', 'tenants', 'seatsTaken', 'metered'],
  properties: {
    plugin: TEXT,
    name: TEXT,
    tenants: {
      type: 'object',
      description: 'Tenants by how their licence stands; `ending` is grace and read-only.',
      required: ['trial', 'active', 'ending', 'ended'],
      properties: {
        trial: { type: 'integer' },
        active: { type: 'integer' },
        ending: { type: 'integer' },
        ended: { type: 'integer' },
      },
    },
    seatsTaken: { type: 'integer' },
    metered: { ...COUNTS, description: 'Counted in the last 30 days, by meter.' },
  },
};

export const ORPHANS = {
  type: 'object',
  required: ['kind', 'table', 'plugin', 'rows'],
  properties: {
    kind: { enum: ['plugin-missing', 'licence-missing', 'tenant-missing'] },
    table: TEXT,
    plugin: TEXT,
    rows: { type: 'integer' },
  },
};
