import { PLUGIN_INPUT } from '../../routes/index.ts';

export const TAG = 'Plugins of the platform';

/** What `npm pack` writes is a gzipped tar, which goes by several names. */
export const PACKAGE_UPLOAD = {
  types: [
    'application/gzip',
    'application/x-gzip',
    'application/octet-stream',
    'application/x-tar+gzip',
    'application/x-gtar',
    'application/x-compressed-tar',
  ],
  maxBytes: 50 * 1024 * 1024,
};

export const TEXT = { type: 'string' };
export const NULLABLE = { type: ['string', 'null'] };
export const MOMENT = { ...NULLABLE, format: 'date-time' };
export const TIER = { enum: ['inline', 'sandbox'] };
export const STATE = { enum: ['active', 'draining', 'inactive', 'parked', 'quarantined', 'failed'] };

export const VERSION_INPUT = {
  type: 'string',
  maxLength: 100,
  pattern: '^\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(?:[-+][0-9A-Za-z.+-]+)?$',
};
export const SLUG_INPUT = { type: 'string', minLength: 1, maxLength: 63, description: "A tenant's slug." };
const TIER_INPUT = {
  ...TIER,
  type: 'string',
  description: 'Where its code runs; as before for a known plugin, `sandbox` for a new one.',
};

export const CONFIRM_INPUT = {
  type: 'boolean',
  default: false,
  description: 'Without it nothing is done, and the answer is what would be touched.',
};

/** What the operator decides about a package; travels in the query. */
export const CHOICES_INPUT = {
  tier: TIER_INPUT,
  grantAll: { type: 'boolean', default: false, description: 'Grant every capability the package asks for.' },
  grant: {
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 300 },
    maxItems: 100,
    default: [],
    description: 'A capability to grant; may be repeated.',
  },
};
export const DRAIN_INPUT = {
  type: 'boolean',
  default: false,
  description: 'Switch even where the version that serves cannot live with the new tables: its callers wait meanwhile.',
};

export const CANARY_INPUT = {
  tenants: { type: 'array', items: SLUG_INPUT, maxItems: 100, default: [], description: 'Slugs of tenants.' },
  percent: { type: 'integer', minimum: 0, maximum: 100, default: 0, description: 'Of all tenants without a pin.' },
  maxErrorRate: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 1,
    default: 0.05,
    description: 'Share of failed calls at which the trial ends by itself.',
  },
  minCalls: { type: 'integer', minimum: 1, maximum: 1_000_000, default: 20, description: 'Fewer calls say nothing.' },
};

export function pluginInput(properties: object = {}, required: readonly string[] = []) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['plugin', ...required],
    properties: { plugin: PLUGIN_INPUT, ...properties },
  };
}

export const OPERATION = {
  type: 'object',
  required: ['id', 'kind', 'plugin', 'version', 'state', 'step', 'error', 'outcome', 'startedAt', 'finishedAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    kind: TEXT,
    plugin: TEXT,
    version: NULLABLE,
    state: { enum: ['running', 'done', 'failed', 'undone'] },
    step: { ...TEXT, description: 'What it does, or did last.' },
    error: { ...NULLABLE, description: 'Why it failed; of one that runs, why it could not be ended yet.' },
    outcome: {
      type: 'object',
      description:
        '`lagging`: nodes that had not followed yet; they will by themselves. `export`: a file of the node. `replaced`: what served before a rollback.',
    },
    startedAt: { type: 'string', format: 'date-time' },
    finishedAt: MOMENT,
  },
};

const COUNT = { type: 'integer' };
const counts = (...names: string[]) => ({
  type: 'object',
  required: names,
  properties: Object.fromEntries(names.map((name) => [name, COUNT])),
});

export const IMPACT = {
  type: 'object',
  description: 'What the operation touches; for one tenant only what concerns it.',
  required: [
    'plugin',
    'version',
    'previousVersion',
    'dependents',
    'surfaces',
    'tenants',
    'users',
    'tables',
    'rows',
    'files',
  ],
  properties: {
    plugin: TEXT,
    version: NULLABLE,
    previousVersion: { ...NULLABLE, description: 'What a rollback without a version returns to.' },
    dependents: {
      type: 'array',
      items: {
        type: 'object',
        required: ['plugin', 'how', 'detail'],
        properties: {
          plugin: TEXT,
          how: { enum: ['requires', 'optional', 'listens', 'calls'] },
          detail: { type: 'array', items: TEXT },
        },
      },
    },
    surfaces: counts('screens', 'widgets', 'pages', 'schedules'),
    tenants: counts('licensed', 'switchedOn', 'pinned'),
    users: COUNT,
    tables: {
      type: 'array',
      items: { type: 'object', required: ['table', 'rows'], properties: { table: TEXT, rows: COUNT } },
    },
    rows: COUNT,
    files: COUNT,
    openTasks: COUNT,
    waitingDeliveries: COUNT,
  },
};

/** The answer of what asks first: without confirmation the impact alone. */
export const CONFIRMED = {
  type: 'object',
  required: ['confirmed', 'impact'],
  properties: { confirmed: { type: 'boolean' }, impact: IMPACT, operation: OPERATION },
};
