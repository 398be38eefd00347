import { TEXT, TIER } from './schemas.ts';

const COUNT = { type: 'integer' };

export const VERIFICATION = {
  type: 'object',
  required: ['ok', 'package', 'tier', 'capabilities', 'problems', 'conflicts', 'notes'],
  properties: {
    ok: { type: 'boolean', description: 'Whether it could be installed, once everything it asks for is granted.' },
    package: {
      type: ['object', 'null'],
      description: 'null when it cannot be read.',
      required: ['id', 'name', 'version', 'integrity', 'migrations', 'queries', 'actions'],
      properties: {
        id: TEXT,
        name: TEXT,
        version: TEXT,
        integrity: TEXT,
        migrations: COUNT,
        queries: COUNT,
        actions: COUNT,
      },
    },
    tier: { enum: [...TIER.enum, null] },
    capabilities: {
      type: 'array',
      items: {
        type: 'object',
        required: ['capability', 'reason', 'granted'],
        properties: { capability: TEXT, reason: TEXT, granted: { type: 'boolean' } },
      },
    },
    problems: {
      type: 'array',
      items: {
        type: 'object',
        required: ['step', 'message'],
        properties: { step: TEXT, message: TEXT, pointer: { ...TEXT, description: 'File and place in it.' } },
      },
    },
    conflicts: {
      type: 'array',
      items: TEXT,
      description: 'Why versions that serve could not go on beside it: then an upgrade must be drained.',
    },
    notes: { type: 'array', items: TEXT },
  },
};
