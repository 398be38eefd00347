import type { JsonSchema } from '@bazaar/sdk';
import { BUILT_IN_QUOTAS } from './quota-values.ts';

const MEANING: Record<string, string> = {
  cpuMs: 'Milliseconds of CPU time in any minute. Only sandboxed plugins are measured.',
  databaseMs: 'Milliseconds in which the database worked on statements, those that failed included.',
  hostCalls: 'Calls on the kernel.',
  rows: 'Rows read or written.',
  bytesOut: 'Bytes of outgoing HTTP, both ways, and of results.',
  events: 'Events emitted in any minute.',
  logLines: 'Log lines written in any minute.',
  concurrentCalls: 'Calls of handlers that run at a time.',
  tableBytes: 'Bytes of the disk that its tables take, with indexes and what deleted rows have left.',
};

const AMOUNT = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };

function level(names: readonly string[], amount: JsonSchema, rest: JsonSchema): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(names.map((name) => [name, { ...amount, description: MEANING[name] }])),
    ...rest,
  };
}

function levels(amount: JsonSchema, isWhole: boolean): Record<string, JsonSchema> {
  const description = {
    plugin: 'Of the plugin, all tenants together.',
    tenant: 'Of the plugin in each tenant.',
    call: 'Of one call of a handler.',
    storage: 'What the plugin may keep, all tenants together.',
  };
  return Object.fromEntries(
    Object.entries(BUILT_IN_QUOTAS).map(([name, quotas]) => {
      const names = Object.keys(quotas);
      const rest = {
        description: description[name as keyof typeof description],
        ...(isWhole ? { required: names } : {}),
      };
      return [name, level(names, amount, rest)];
    }),
  );
}

/** What an operator may set otherwise. */
export const CHANGES_INPUT = {
  type: 'object',
  additionalProperties: false,
  properties: levels(AMOUNT, false),
  description: 'What is absent holds as it is for every plugin, or as it is built in.',
};

const QUOTAS = { type: 'object', required: Object.keys(BUILT_IN_QUOTAS), properties: levels({ type: 'number' }, true) };

const ENTRY = {
  changes: { type: 'object', properties: levels({ type: 'number' }, false), description: 'What was set otherwise.' },
  quotas: { ...QUOTAS, description: 'What holds.' },
  updatedAt: { type: ['string', 'null'], format: 'date-time', description: 'When it was set last.' },
};

export const STANDARD_QUOTAS = { type: 'object', required: Object.keys(ENTRY), properties: ENTRY };

export const PLUGIN_QUOTAS = {
  type: 'object',
  required: ['plugin', ...Object.keys(ENTRY)],
  properties: { plugin: { type: 'string' }, ...ENTRY },
};

const LEVEL_NAMES = Object.keys(BUILT_IN_QUOTAS.tenant);
const COUNT = { type: 'number', minimum: 0 };
const TOTALS = [
  'cpuMs',
  'databaseMs',
  'hostCalls',
  'rowsRead',
  'rowsWritten',
  'bytesOut',
  'events',
  'logLines',
  'quotaRefusals',
];

const USAGE_PARTS = {
  plugin: { type: 'string' },
  since: { type: 'string', format: 'date-time', description: 'Since when the totals are counted.' },
  lastMinute: level(LEVEL_NAMES, COUNT, { required: LEVEL_NAMES, description: 'Used within the last minute.' }),
  quotas: level(LEVEL_NAMES, COUNT, { required: LEVEL_NAMES, description: 'What may be used in any minute.' }),
  totals: {
    type: 'object',
    required: ['calls', ...TOTALS],
    properties: {
      calls: {
        type: 'object',
        required: ['ok', 'refused', 'failed'],
        properties: { ok: COUNT, refused: COUNT, failed: COUNT },
      },
      ...Object.fromEntries(TOTALS.map((name) => [name, COUNT])),
    },
  },
};

export const USAGE = { type: 'object', required: Object.keys(USAGE_PARTS), properties: USAGE_PARTS };

export const OWNED_USAGE = {
  type: 'object',
  required: [...Object.keys(USAGE_PARTS), 'tenant'],
  properties: {
    ...USAGE_PARTS,
    tenant: {
      type: ['object', 'null'],
      description: 'null for all tenants together.',
      required: ['id', 'slug', 'name'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        slug: { type: ['string', 'null'] },
        name: { type: ['string', 'null'], description: 'null when the tenant is gone.' },
      },
    },
  },
};
