import { defineRoute, type Route } from '../../routes/index.ts';

const object = { type: 'object' };
/** A kernel route of each kind. */
export const routes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/echo/{id}',
    operationId: 'echo',
    summary: '',
    tag: '',
    access: 'public',
    input: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'title'],
      properties: {
        id: { type: 'integer' },
        title: { type: 'string', minLength: 1 },
        limit: { type: 'integer', default: 20 },
        nested: { type: 'object', properties: { a: { type: 'integer' } } },
      },
    },
    output: object,
    status: 201,
    handler: async (context, input) => ({
      input,
      who: context.principal?.user.name ?? null,
      cookie: context.cookies.get('taste') ?? null,
      agent: context.userAgent,
      ip: context.ip,
    }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/secret',
    operationId: 'secret',
    summary: '',
    tag: '',
    access: { permission: 'core:settings.manage' },
    output: object,
    handler: async () => ({}),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/me',
    operationId: 'me',
    summary: '',
    tag: '',
    access: 'signed-in',
    output: object,
    handler: async ({ principal }) => principal?.user,
  }),
  defineRoute({
    method: 'GET',
    path: '/api/operator',
    operationId: 'operator',
    summary: '',
    tag: '',
    access: 'operator',
    output: object,
    handler: async () => ({}),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/cookie',
    operationId: 'cookie',
    summary: '',
    tag: '',
    access: 'public',
    output: object,
    status: 204,
    handler: async ({ cookies }) => cookies.set('taste', 'a b;c', { maxAgeSeconds: 60, path: '/api' }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/broken',
    operationId: 'broken',
    summary: '',
    tag: '',
    access: 'public',
    output: object,
    handler: async () => {
      throw new Error('the password is hunter2');
    },
  }),
];
