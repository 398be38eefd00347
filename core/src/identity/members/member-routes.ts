import { traceOf } from '../../audit/index.ts';
import type { Invitation, Locale } from '../../data/index.ts';
import { type PageInput, pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, type Route, signedIn, UUID_INPUT } from '../../routes/index.ts';
import { ADDRESS_INPUT, LOCALE_INPUT } from '../accounts/address-input.ts';
import { BOOKED_TIER, TIER_NOW } from '../tenants/booked-tier.ts';
import type { IdentityDependencies } from '../types.ts';
import type { Invitations } from './invitations.ts';
import { listInvitations, readSeats } from './listings.ts';
import type { Members } from './members.ts';

const TAG = 'Identity';
const MANAGE = { permission: 'core:users.manage' } as const;
const TIME = { type: 'string', format: 'date-time' };
const ROLES = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 63 },
  minItems: 1,
  maxItems: 20,
  description: 'Names of roles.',
};
const ID = { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } };

const INVITATION = {
  type: 'object',
  required: ['id', 'email', 'roles', 'state', 'sentAt', 'expiresAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    email: { type: 'string' },
    roles: { type: 'array', items: { type: 'string' } },
    state: { enum: ['open', 'expired'] },
    sentAt: TIME,
    expiresAt: TIME,
  },
};

function shown({ id, email, roles, sentAt, expiresAt }: Invitation) {
  return { id, email, roles, state: 'open', sentAt: sentAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

export interface MemberParts {
  deps: IdentityDependencies;
  invitations: Invitations;
  members: Members;
}

/** Who belongs to the tenant: invitations, and what becomes of members. */
export function memberRoutes({ deps: { db, now, config }, invitations, members }: MemberParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/seats',
      operationId: 'getSeats',
      summary: 'How many seats the tenant has, and how many are taken by members and open invitations',
      tag: TAG,
      access: { permission: 'core:users.read' },
      output: {
        type: 'object',
        required: ['seats', 'members', 'invitations', 'tier', 'booked'],
        properties: {
          seats: { type: 'integer' },
          members: { type: 'integer', description: 'Active ones.' },
          invitations: { type: 'integer', description: 'Open ones.' },
          tier: TIER_NOW,
          booked: BOOKED_TIER,
        },
      },
      handler: (context) => readSeats(db, signedIn(context).tenant.id, config.tierSeats, now()),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/invitations',
      operationId: 'listInvitations',
      summary: 'Invitations that nobody has accepted yet, newest first',
      tag: TAG,
      access: { permission: 'core:users.read' },
      input: pageInput(),
      output: pageOutput(INVITATION),
      handler: (context, page: PageInput) => listInvitations(db, signedIn(context).tenant.id, page, now()),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/invitations',
      operationId: 'invite',
      summary: 'Invite somebody by mail; an open invitation takes a seat',
      tag: TAG,
      access: MANAGE,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['email', 'roles'],
        properties: { email: ADDRESS_INPUT, roles: ROLES, locale: LOCALE_INPUT },
      },
      output: INVITATION,
      status: 201,
      handler: async (context, input: { email: string; roles: string[]; locale?: Locale }) =>
        shown(await invitations.invite(signedIn(context), input, traceOf(context))),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/invitations/{id}/resend',
      operationId: 'resendInvitation',
      summary: 'Mail an invitation again, with another link; the one before works no longer',
      tag: TAG,
      access: MANAGE,
      input: ID,
      output: INVITATION,
      handler: async (context, { id }: { id: string }) =>
        shown(await invitations.resend(signedIn(context), id, traceOf(context))),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/invitations/{id}',
      operationId: 'revokeInvitation',
      summary: 'Take an invitation back; its seat is free again',
      tag: TAG,
      access: MANAGE,
      input: ID,
      output: {},
      status: 204,
      handler: (context, { id }: { id: string }) => invitations.revoke(signedIn(context), id, traceOf(context)),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/users/{id}/roles',
      operationId: 'setUserRoles',
      summary: 'Give a member other roles, none beyond your own; owners are changed by owners',
      tag: TAG,
      access: MANAGE,
      input: { ...ID, required: ['id', 'roles'], properties: { id: UUID_INPUT, roles: ROLES } },
      output: {
        type: 'object',
        required: ['roles'],
        properties: { roles: { type: 'array', items: { type: 'string' } } },
      },
      handler: async (context, { id, roles }: { id: string; roles: string[] }) => ({
        roles: await members.setRoles(signedIn(context), id, roles, traceOf(context)),
      }),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/users/{id}/suspend',
      operationId: 'suspendUser',
      summary: 'Shut a member out for now; their seat is free',
      tag: TAG,
      access: MANAGE,
      input: ID,
      output: {},
      status: 204,
      handler: (context, { id }: { id: string }) => members.suspend(signedIn(context), id, traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/users/{id}/reactivate',
      operationId: 'reactivateUser',
      summary: 'Let a suspended member in again; takes a seat',
      tag: TAG,
      access: MANAGE,
      input: ID,
      output: {},
      status: 204,
      handler: (context, { id }: { id: string }) => members.reactivate(signedIn(context), id, traceOf(context)),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/users/{id}',
      operationId: 'removeUser',
      summary: 'Remove a member from the tenant, with their sessions and API keys; the account stays',
      tag: TAG,
      access: MANAGE,
      input: ID,
      output: {},
      status: 204,
      handler: (context, { id }: { id: string }) => members.remove(signedIn(context), id, traceOf(context)),
    }),
  ];
}
