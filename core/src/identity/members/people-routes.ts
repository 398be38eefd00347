import { traceOf } from '../../audit/index.ts';
import { type PageInput, pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, type Route, signedIn, UUID_INPUT } from '../../routes/index.ts';
import { listSessions, revokeOwnSession, revokeSessionsOf } from '../sessions/sessions.ts';
import { MEMBERSHIPS_OUTPUT, shownUser, TENANT_OUTPUT, USER_OUTPUT } from '../sessions/signed-in.ts';
import type { IdentityDependencies } from '../types.ts';
import { membershipsOf } from './memberships.ts';
import { listUsers, readUser } from './people.ts';

const TAG = 'Identity';
const NULLABLE = { type: ['string', 'null'] };
const TIME = { type: 'string', format: 'date-time' };
const NAMES = { type: 'array', items: { type: 'string' } };

const SESSION = {
  type: 'object',
  required: ['id', 'current', 'createdAt', 'lastUsedAt', 'expiresAt', 'ip', 'userAgent'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    current: { type: 'boolean' },
    createdAt: TIME,
    lastUsedAt: { ...TIME, description: 'To five minutes.' },
    expiresAt: TIME,
    ip: NULLABLE,
    userAgent: NULLABLE,
  },
};

const USER = {
  type: 'object',
  required: ['id', 'name', 'email', 'status', 'roles', 'lastSignInAt', 'lastActiveAt', 'picture'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string' },
    email: { type: 'string' },
    status: { enum: ['active', 'suspended', 'pending', 'inactive'] },
    roles: NAMES,
    lastSignInAt: { ...NULLABLE, format: 'date-time', description: 'null also of who does not share it.' },
    lastActiveAt: {
      ...NULLABLE,
      format: 'date-time',
      description: 'In this workspace, to five minutes; null also of who does not share it, or after a month.',
    },
    picture: { ...NULLABLE, description: 'Where it is found; null also of who does not share it.' },
  },
};

const ME = {
  type: 'object',
  required: ['user', 'tenant', 'memberships', 'session'],
  properties: {
    user: USER_OUTPUT,
    tenant: TENANT_OUTPUT,
    memberships: MEMBERSHIPS_OUTPUT,
    session: { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } },
  },
};

/** The signed-in person, their sessions, and the people of the tenant. */
export function peopleRoutes(deps: IdentityDependencies): Route[] {
  const { db, changes, now } = deps;
  return [
    defineRoute({
      method: 'GET',
      path: '/api/me',
      operationId: 'getMe',
      summary: 'Who is signed in, where, and with which permissions',
      tag: TAG,
      access: 'signed-in',
      output: ME,
      handler: async (context) => {
        const principal = signedIn(context);
        return {
          user: shownUser(principal),
          tenant: principal.tenant,
          memberships: await membershipsOf(db, principal.user.id),
          session: { id: principal.sessionId },
        };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/sessions',
      operationId: 'listSessions',
      summary: 'Where you are signed in to this tenant, newest first',
      tag: TAG,
      access: 'person',
      input: pageInput(),
      output: pageOutput(SESSION),
      handler: (context, page: PageInput) => listSessions(db, signedIn(context), page, now()),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/sessions/revoke-others',
      operationId: 'revokeOtherSessions',
      summary: 'End all your sessions but this one, in all your tenants',
      tag: TAG,
      access: 'person',
      output: { type: 'object', required: ['ended'], properties: { ended: { type: 'integer' } } },
      handler: async (context) => {
        const { user, sessionId } = signedIn(context);
        const person = { userId: user.id, keep: sessionId };
        const ended = await db.asPlatform((models) =>
          revokeSessionsOf(models, person, { reason: 'revoked-by-user', trace: traceOf(context), now: now() }),
        );
        await Promise.all(ended.map((session) => changes.announce('session', session)));
        return { ended: ended.length };
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/sessions/{id}',
      operationId: 'revokeSession',
      summary: 'End one of your sessions',
      tag: TAG,
      access: 'person',
      input: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } },
      output: {},
      status: 204,
      handler: async (context, { id }: { id: string }) => {
        const principal = signedIn(context);
        const revocation = { reason: 'revoked-by-user', trace: traceOf(context), now: now() } as const;
        await revokeOwnSession(db, principal, id, revocation);
        await changes.announce('session', { tenantId: principal.tenant.id, sessionId: id.toLowerCase() });
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/users',
      operationId: 'listUsers',
      summary: 'The people of this tenant, by name',
      tag: TAG,
      access: { permission: 'core:users.read' },
      input: pageInput({
        q: { type: 'string', maxLength: 200, description: 'Part of the name or of the e-mail address.' },
      }),
      output: pageOutput(USER),
      handler: (context, page: PageInput & { q?: string }) => listUsers(db, signedIn(context).tenant.id, page),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/users/{id}',
      operationId: 'getUser',
      summary: 'One of the people of this tenant, with what they share of their profile',
      tag: TAG,
      access: { permission: 'core:users.read' },
      input: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } },
      output: {
        ...USER,
        required: [...USER.required, 'joinedAt', 'profile'],
        properties: { ...USER.properties, joinedAt: TIME, profile: { type: 'object' } },
      },
      handler: (context, { id }: { id: string }) => readUser(db, signedIn(context).tenant.id, id),
    }),
  ];
}
