import { MOMENT, NULLABLE, STATE, TEXT, TIER } from './schemas.ts';

const VERSION = {
  type: 'object',
  required: ['version', 'tier', 'integrity', 'source', 'granted', 'quarantine', 'installedAt'],
  properties: {
    version: TEXT,
    tier: TIER,
    integrity: TEXT,
    source: { ...TEXT, description: '`installed`: kept by the platform; otherwise a folder or a package.' },
    granted: { type: 'array', items: TEXT },
    quarantine: { ...NULLABLE, description: 'Why it must not run.' },
    installedAt: MOMENT,
  },
};

const PIN = { type: 'object', required: ['tenant', 'version'], properties: { tenant: TEXT, version: TEXT } };

const CANARY = {
  type: ['object', 'null'],
  description: 'The trial under way, or the last one that was halted.',
  required: ['version', 'percent', 'tenants', 'maxErrorRate', 'minCalls', 'startedAt', 'haltedAt', 'haltReason'],
  properties: {
    version: TEXT,
    percent: { type: 'integer' },
    tenants: { type: 'array', items: TEXT },
    maxErrorRate: { type: 'number' },
    minCalls: { type: 'integer' },
    startedAt: MOMENT,
    haltedAt: MOMENT,
    haltReason: NULLABLE,
    calls: { type: 'integer', description: 'Counted by this node.' },
    failures: { type: 'integer' },
  },
};

const CAPABILITY = {
  type: 'object',
  required: ['capability', 'reason', 'granted', 'uses', 'lastUsedAt'],
  properties: {
    capability: TEXT,
    reason: TEXT,
    granted: { type: 'boolean' },
    uses: { type: 'integer', description: 'Since this node started.' },
    lastUsedAt: MOMENT,
  },
};

const NODE_VERSION = {
  type: 'object',
  required: ['version', 'tier', 'state'],
  properties: { version: TEXT, tier: TIER, state: STATE, reason: TEXT },
};

/** One plugin as the operator sees it. */
export const PLUGIN = {
  type: 'object',
  required: [
    'id',
    'name',
    'state',
    'reason',
    'tier',
    'activeVersion',
    'previousVersion',
    'switching',
    'parkedAt',
    'purgeAfter',
    'versions',
    'pins',
    'canary',
    'capabilities',
    'node',
  ],
  properties: {
    id: TEXT,
    name: TEXT,
    state: STATE,
    reason: { ...NULLABLE, description: 'Why it is not active.' },
    tier: { enum: ['inline', 'sandbox', null] },
    activeVersion: NULLABLE,
    previousVersion: NULLABLE,
    switching: { type: 'boolean', description: 'Callers wait: a switch is under way.' },
    parkedAt: MOMENT,
    purgeAfter: { ...MOMENT, description: 'Until then its data are kept.' },
    versions: { type: 'array', items: VERSION },
    pins: {
      type: 'object',
      required: ['count', 'items'],
      properties: { count: { type: 'integer' }, items: { type: 'array', items: PIN, description: 'At most 100.' } },
    },
    canary: CANARY,
    capabilities: { type: 'array', items: CAPABILITY },
    node: {
      type: ['object', 'null'],
      description: 'What it is on the node that answers.',
      required: ['version', 'tier', 'state'],
      properties: { ...NODE_VERSION.properties, versions: { type: 'array', items: NODE_VERSION } },
    },
  },
};
