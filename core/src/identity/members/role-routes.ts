import { traceOf } from '../../audit/index.ts';
import { type PageInput, pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, NAME_INPUT, type Route, signedIn } from '../../routes/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { listRoles } from './people.ts';
import type { Roles } from './roles.ts';

const TAG = 'Identity';
const MANAGE = { permission: 'core:roles.manage' } as const;
const NAMES = { type: 'array', items: { type: 'string' } };
const NAME = { type: 'string', minLength: 1, maxLength: 63 };
const TITLE = { ...NAME_INPUT, maxLength: 60 };
const PERMISSIONS = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 120 },
  maxItems: 500,
  description: 'Full names, e.g. `job-board:jobs.read`.',
};

const ROLE = {
  type: 'object',
  required: ['name', 'title', 'builtIn', 'fixed', 'permissions', 'additions', 'members'],
  properties: {
    name: { type: 'string' },
    title: { type: 'string' },
    builtIn: { type: 'boolean' },
    fixed: { type: 'boolean', description: 'Holds everything; cannot be changed.' },
    permissions: { ...NAMES, description: 'What its holders may do now.' },
    additions: { ...NAMES, description: 'Of these, what this tenant gives to it.' },
    members: { type: 'integer', description: 'How many hold it.' },
  },
};

const CHANGED = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  minProperties: 2,
  properties: { name: NAME, title: TITLE, permissions: PERMISSIONS },
};

/** What people may do: roles, and the permissions they are made of. */
export function roleRoutes(deps: IdentityDependencies, roles: Roles): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/permissions',
      operationId: 'listPermissions',
      summary: 'Every permission there is: the platform’s, and those that plugins define',
      tag: TAG,
      access: 'signed-in',
      output: {
        type: 'object',
        required: ['items'],
        properties: {
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['plugin', 'title', 'permissions'],
              properties: {
                plugin: { type: 'string', description: '`core` for the platform’s own.' },
                title: { type: 'string' },
                permissions: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['name', 'title'],
                    properties: { name: { type: 'string' }, title: { type: 'string' } },
                  },
                },
              },
            },
          },
        },
      },
      handler: async () => ({ items: roles.permissions() }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/roles',
      operationId: 'listRoles',
      summary: 'The roles of this tenant and what their holders may do',
      tag: TAG,
      access: { permission: 'core:users.read' },
      input: pageInput(),
      output: pageOutput(ROLE),
      handler: (context, page: PageInput) => listRoles(deps, signedIn(context).tenant.id, page),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/roles',
      operationId: 'createRole',
      summary: 'Make a role of this tenant’s own, with permissions that you hold yourself',
      tag: TAG,
      access: MANAGE,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['title', 'permissions'],
        properties: { title: TITLE, permissions: PERMISSIONS },
      },
      output: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
      status: 201,
      handler: async (context, input: { title: string; permissions: string[] }) => ({
        name: await roles.create(signedIn(context), input, traceOf(context)),
      }),
    }),
    defineRoute({
      method: 'PATCH',
      path: '/api/roles/{name}',
      operationId: 'changeRole',
      summary: 'Rename a role, or say anew what this tenant gives to it; acts at once for everyone who holds it',
      tag: TAG,
      access: MANAGE,
      input: CHANGED,
      output: {},
      status: 204,
      handler: (context, { name, ...input }: { name: string; title?: string; permissions?: string[] }) =>
        roles.change(signedIn(context), name, input, traceOf(context)),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/roles/{name}',
      operationId: 'deleteRole',
      summary: 'Delete a role of this tenant’s own that nobody holds',
      tag: TAG,
      access: MANAGE,
      input: { type: 'object', additionalProperties: false, required: ['name'], properties: { name: NAME } },
      output: {},
      status: 204,
      handler: (context, { name }: { name: string }) => roles.remove(signedIn(context), name, traceOf(context)),
    }),
  ];
}
