import { traceOf } from '../../audit/index.ts';
import { type PageInput, pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, NAME_INPUT, type Route, signedIn, UUID_INPUT } from '../../routes/index.ts';
import type { ApiKeyInput, ApiKeys } from './manage.ts';

const TAG = 'API keys';
const MANAGE = { permission: 'core:keys.manage' } as const;
const TIME = { type: 'string', format: 'date-time' };
const NULLABLE_TIME = { type: ['string', 'null'], format: 'date-time' };

const KEY = {
  type: 'object',
  required: ['id', 'name', 'owner', 'permissions', 'createdAt', 'expiresAt', 'lastUsedAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string' },
    owner: {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string', format: 'uuid' }, name: { type: 'string' } },
    },
    permissions: { type: 'array', items: { type: 'string' } },
    createdAt: TIME,
    expiresAt: NULLABLE_TIME,
    lastUsedAt: { ...NULLABLE_TIME, description: 'To the minute.' },
  },
};

/** Keys with which tools call the API in a person's name. */
export function apiKeyRoutes(keys: ApiKeys): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/keys',
      operationId: 'listApiKeys',
      summary: 'The API keys of this tenant, newest first',
      tag: TAG,
      access: MANAGE,
      input: pageInput(),
      output: pageOutput(KEY),
      handler: (context, page: PageInput) => keys.list(signedIn(context), page),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/keys',
      operationId: 'createApiKey',
      summary: 'Make an API key that speaks for you, with some of your permissions; it is shown this once',
      tag: TAG,
      access: MANAGE,
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'permissions'],
        properties: {
          name: { ...NAME_INPUT, maxLength: 80 },
          permissions: {
            type: 'array',
            items: { type: 'string', minLength: 1, maxLength: 120 },
            minItems: 1,
            maxItems: 500,
          },
          expiresAt: { ...NULLABLE_TIME, description: 'When it stops working; never when absent.' },
        },
      },
      output: {
        type: 'object',
        required: ['id', 'key'],
        properties: { id: { type: 'string', format: 'uuid' }, key: { type: 'string' } },
      },
      status: 201,
      handler: (context, input: ApiKeyInput) => keys.create(signedIn(context), input, traceOf(context)),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/keys/{id}',
      operationId: 'revokeApiKey',
      summary: 'Revoke an API key, at once and for good',
      tag: TAG,
      access: MANAGE,
      input: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } },
      output: {},
      status: 204,
      handler: (context, { id }: { id: string }) => keys.revoke(signedIn(context), id.toLowerCase(), traceOf(context)),
    }),
  ];
}
