import { UUID_INPUT } from '../../routes/index.ts';

export const TAG = 'Privacy';

const NULLABLE_TIME = { type: ['string', 'null'], format: 'date-time' };

export const REQUEST = {
  type: 'object',
  required: ['id', 'kind', 'scope', 'state', 'email', 'percent', 'createdAt', 'downloadable', 'hasCertificate'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    kind: { enum: ['export', 'erasure', 'tenant-deletion'] },
    scope: { enum: ['account', 'tenant'] },
    state: { enum: ['scheduled', 'queued', 'running', 'waiting', 'done', 'cancelled', 'failed', 'expired'] },
    email: { type: ['string', 'null'], description: 'Whom it is about; `null` once they have been forgotten.' },
    requestedBy: { type: ['string', 'null'] },
    percent: { type: 'integer' },
    stage: { type: ['string', 'null'] },
    reason: { type: ['string', 'null'], description: 'Why it waits or failed.' },
    waitingFor: { type: 'array', items: { type: 'string' }, description: 'Plugins that can not be asked now.' },
    dueAt: { type: 'string', format: 'date-time' },
    createdAt: { type: 'string', format: 'date-time' },
    finishedAt: NULLABLE_TIME,
    expiresAt: { ...NULLABLE_TIME, description: 'Until when an archive can be downloaded.' },
    downloadable: { type: 'boolean' },
    hasCertificate: { type: 'boolean' },
  },
};

export const NO_INPUT = { type: 'object', additionalProperties: false, properties: {} };
export const ID_INPUT = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: { id: UUID_INPUT },
};

export const EMAIL_INPUT = { type: 'string', format: 'email', minLength: 3, maxLength: 254 };

const COUNTS = {
  type: 'array',
  items: {
    type: 'object',
    required: ['what', 'count'],
    properties: { what: { type: 'string' }, count: { type: 'integer' }, reason: { type: 'string' } },
  },
};

export const CERTIFICATE = {
  type: 'object',
  required: ['certificate', 'text', 'signature', 'publicKey', 'genuine'],
  properties: {
    certificate: {
      type: 'object',
      properties: { totals: { type: 'object', properties: { erased: COUNTS, kept: COUNTS } } },
    },
    text: { type: 'string', description: 'The certificate as it was signed.' },
    signature: { type: 'string', description: 'Ed25519 over `text`, base64url.' },
    publicKey: { type: 'object', description: 'The key of this platform, as JWK.' },
    genuine: { type: 'boolean' },
  },
};

export const WORKSPACE = {
  type: 'object',
  required: ['slug', 'name'],
  properties: { slug: { type: 'string' }, name: { type: 'string' } },
};
