const TEXT = { type: 'string' };
const NULLABLE = { type: ['string', 'null'] };
const MAP = { type: 'object', additionalProperties: TEXT };

const STATE = { enum: ['none', 'trial', 'active', 'grace', 'read-only', 'suspended', 'expired', 'revoked'] };
const VALID_UNTIL = { ...NULLABLE, format: 'date-time', description: 'null for a lifetime licence or none.' };

export const LICENCE = {
  type: 'object',
  required: ['plugin', 'state', 'plan', 'validUntil', 'entitlements', 'limits', 'usage'],
  properties: {
    plugin: TEXT,
    state: STATE,
    plan: NULLABLE,
    validUntil: VALID_UNTIL,
    entitlements: { type: 'object' },
    limits: { type: 'object', additionalProperties: { type: 'number' } },
    usage: { type: 'object', additionalProperties: { type: 'number' } },
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
