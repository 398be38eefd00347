import { PAGE_INPUT } from '../paging/index.ts';
import { PLUGIN_INPUT } from '../routes/index.ts';

export const TAG = 'Plugins and licences';

/** Of lists that are short, so that a console shows them whole. */
export const WHOLE = { ...PAGE_INPUT, limit: { ...PAGE_INPUT.limit, default: 100 } };
export const PAGE_ONLY = { type: 'object', additionalProperties: false, properties: WHOLE };
export const PLUGIN_ONLY = {
  type: 'object',
  additionalProperties: false,
  required: ['plugin'],
  properties: { plugin: PLUGIN_INPUT },
};

export const TEXT = { type: 'string' };
export const NULLABLE = { type: ['string', 'null'] };
const MAP = { type: 'object', additionalProperties: TEXT };

export const STATE = { enum: ['none', 'trial', 'active', 'grace', 'read-only', 'suspended', 'expired', 'revoked'] };
const VALID_UNTIL = { ...NULLABLE, format: 'date-time', description: 'null for a lifetime licence or none.' };

export const COUNTS = { type: 'object', additionalProperties: { type: 'number' } };
const AMOUNT = { type: 'integer', description: 'In minor units.' };
export const MOMENT = { type: 'string', format: 'date-time' };
const DAY = { type: 'string', format: 'date', description: 'In UTC.' };

const METER = {
  type: 'object',
  required: ['name', 'title', 'unit', 'included', 'unitAmount', 'cap', 'used', 'expected', 'amount'],
  properties: {
    name: TEXT,
    title: TEXT,
    unit: TEXT,
    included: { type: 'integer' },
    unitAmount: { type: ['number', 'string', 'null'], description: 'Price of each one beyond, in minor units.' },
    cap: { type: ['integer', 'null'], description: 'How many there may be; null for any number.' },
    used: { type: 'integer' },
    expected: { type: 'integer', description: 'At the end of the period, as the last 30 days went.' },
    amount: { ...AMOUNT, description: 'What is expected to be charged for it, in minor units.' },
  },
};

export const LICENCE = {
  type: 'object',
  required: [
    'plugin',
    'state',
    'plan',
    'validUntil',
    'entitlements',
    'limits',
    'usage',
    'kind',
    'source',
    'seats',
    'stages',
    'meters',
    'forecast',
  ],
  properties: {
    plugin: TEXT,
    state: STATE,
    plan: NULLABLE,
    validUntil: VALID_UNTIL,
    entitlements: { type: 'object' },
    limits: { ...COUNTS, description: '`seats`, and by meter how many of it there may be in a month.' },
    usage: { ...COUNTS, description: 'What was used in this period, by meter.' },
    kind: { enum: ['trial', 'purchased', 'subscription'] },
    source: { ...TEXT, description: 'What it rests on, e.g. `subscription:<id>`.' },
    seats: {
      type: ['object', 'null'],
      description: 'null for any number of people.',
      required: ['limit', 'taken'],
      properties: { limit: { type: 'integer' }, taken: { type: 'integer' } },
    },
    stages: {
      type: 'array',
      description: 'When which stage of its end begins.',
      items: { type: 'object', required: ['state', 'from'], properties: { state: STATE, from: MOMENT } },
    },
    meters: { type: 'array', items: METER },
    forecast: {
      type: ['object', 'null'],
      required: ['currency', 'since', 'until', 'plan', 'metered'],
      properties: {
        currency: TEXT,
        since: DAY,
        until: { ...DAY, description: 'First day of the next period.' },
        plan: { ...AMOUNT, type: ['integer', 'null'], description: 'null where it is not paid by the month.' },
        metered: AMOUNT,
      },
    },
  },
};

export const SEAT = {
  type: 'object',
  required: ['user', 'takenAt', 'valid'],
  properties: {
    user: { type: 'object', required: ['id', 'name', 'email'], properties: { id: TEXT, name: TEXT, email: TEXT } },
    takenAt: MOMENT,
    valid: { type: 'boolean', description: 'false for who came last, where there are more people than seats.' },
  },
};

export const PLUGIN = {
  type: 'object',
  required: [
    'id',
    'name',
    'version',
    'description',
    'publisher',
    'category',
    'icon',
    'tier',
    'state',
    'reason',
    'enabled',
    'licence',
    'pricing',
    'trial',
    'capabilities',
    'permissions',
    'requires',
    'optional',
    'hasSettings',
  ],
  properties: {
    id: TEXT,
    name: TEXT,
    version: TEXT,
    description: TEXT,
    publisher: TEXT,
    category: TEXT,
    icon: NULLABLE,
    tier: { enum: ['inline', 'sandbox'] },
    state: { enum: ['active', 'draining', 'inactive', 'parked', 'quarantined', 'failed'] },
    reason: { ...NULLABLE, description: 'Why it is not active.' },
    enabled: { type: 'boolean' },
    licence: {
      type: 'object',
      required: ['state', 'plan', 'validUntil'],
      properties: { state: STATE, plan: NULLABLE, validUntil: VALID_UNTIL },
    },
    pricing: {
      type: ['object', 'null'],
      description: 'Amounts in minor units of the currency.',
      properties: {
        currency: TEXT,
        oneTime: { type: 'integer' },
        monthly: { type: 'integer' },
        annual: { type: 'integer' },
        trialDays: { type: 'integer' },
        perSeat: { type: 'boolean' },
        meters: { type: 'array', items: { type: 'object' } },
      },
    },
    trial: {
      type: 'object',
      required: ['available', 'days'],
      properties: { available: { type: 'boolean' }, days: { type: 'integer' } },
    },
    capabilities: {
      type: 'array',
      items: {
        type: 'object',
        required: ['capability', 'reason'],
        properties: { capability: TEXT, reason: TEXT },
      },
    },
    permissions: {
      type: 'array',
      items: { type: 'object', required: ['name', 'title'], properties: { name: TEXT, title: TEXT } },
    },
    requires: { ...MAP, description: 'Plugin → version range.' },
    optional: MAP,
    hasSettings: { type: 'boolean' },
  },
};

const NAMED = { id: TEXT, name: TEXT };

export const RADIUS = {
  type: 'object',
  required: ['dependents', 'limited', 'surfaces'],
  properties: {
    dependents: {
      type: 'array',
      description: 'Plugins that need it.',
      items: {
        type: 'object',
        required: ['id', 'name', 'through'],
        properties: { ...NAMED, through: { type: 'array', items: TEXT } },
      },
    },
    limited: {
      type: 'array',
      description: 'Plugins that go on without it.',
      items: { type: 'object', required: ['id', 'name'], properties: NAMED },
    },
    surfaces: {
      type: 'object',
      required: ['screens', 'widgets', 'pages'],
      properties: { screens: { type: 'integer' }, widgets: { type: 'integer' }, pages: { type: 'integer' } },
    },
  },
};
