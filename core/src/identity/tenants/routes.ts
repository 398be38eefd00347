import type { JsonSchema } from '@bazaar/sdk';
import { traceOf } from '../../audit/index.ts';
import { PAGE_INPUT, type PageInput, pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, type Route, signedIn, UUID_INPUT } from '../../routes/index.ts';
import type { Impersonation, ImpersonationRequest } from '../impersonation/impersonation.ts';
import { REFRESHED_OUTPUT } from '../sessions/signed-in.ts';
import type { IdentityDependencies } from '../types.ts';
import { BOOKED_TIER, type BookedTier, TIER_INPUT, TIER_NOW } from './booked-tier.ts';
import type { TenantChanges } from './change-tenant.ts';
import { listTenantMembers, listTenants } from './list-tenants.ts';
import type { CheckedIdentity } from './verification.ts';

const TAG = 'Platform';
const SLUG = { type: 'string', minLength: 1, maxLength: 63 };
const REASON = { type: 'string', minLength: 5, maxLength: 500, pattern: '\\S', description: 'The tenant reads it.' };
const COUNT = { type: 'integer' };
const TIME = { type: 'string', format: 'date-time' };
const NULLABLE_TIME = { ...TIME, type: ['string', 'null'] };

const TENANT = {
  type: 'object',
  required: ['id', 'slug', 'name', 'tier', 'booked', 'createdAt', 'suspendedAt', 'members', 'maxUsers', 'licences'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    slug: { type: 'string' },
    name: { type: 'string' },
    tier: TIER_NOW,
    booked: BOOKED_TIER,
    createdAt: TIME,
    suspendedAt: NULLABLE_TIME,
    suspendedReason: { type: ['string', 'null'] },
    deletedAt: NULLABLE_TIME,
    website: { type: ['string', 'null'], description: 'As it says itself.' },
    verifiedAt: { ...NULLABLE_TIME, description: 'Since when the platform knows it to be who it says it is.' },
    supportAccess: { type: 'boolean', description: 'Whether operators may act as its members.' },
    members: { ...COUNT, description: 'Active.' },
    maxUsers: { ...COUNT, description: 'At this moment.' },
    licences: { ...COUNT, description: 'That count at this moment.' },
  },
};

const MEMBER = {
  type: 'object',
  required: ['id', 'name', 'email', 'isOperator', 'roles', 'roleTitles'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string' },
    email: { type: 'string' },
    isOperator: { type: 'boolean' },
    roles: { type: 'array', items: { type: 'string' } },
    roleTitles: { type: 'array', items: { type: 'string' }, description: 'What the tenant calls them.' },
  },
};

const IMPERSONATED = {
  ...REFRESHED_OUTPUT,
  required: [...REFRESHED_OUTPUT.required, 'impersonator', 'endsAt'],
  properties: {
    ...REFRESHED_OUTPUT.properties,
    impersonator: {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string', format: 'uuid' }, name: { type: 'string' } },
    },
    endsAt: TIME,
  },
};

const named = (properties: Record<string, JsonSchema>) => ({
  type: 'object',
  additionalProperties: false,
  required: ['tenant', ...Object.keys(properties)],
  properties: { tenant: SLUG, ...properties },
});

export interface TenantParts {
  changes: TenantChanges;
  impersonation: Impersonation;
}

/** The tenants of the platform, as its operators see and change them. */
export function tenantRoutes(
  { db, now, config }: Pick<IdentityDependencies, 'db' | 'now' | 'config'>,
  { changes, impersonation }: TenantParts,
): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/platform/tenants',
      operationId: 'listTenants',
      summary: 'The tenants of the platform, by name',
      tag: TAG,
      access: 'operator',
      input: pageInput({
        q: { type: 'string', maxLength: 200, description: 'Part of the name or of the short name.' },
      }),
      output: pageOutput(TENANT),
      handler: (_context, page: PageInput & { q?: string }) => listTenants(db, page, config.tierSeats, now()),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/platform/tenants/{tenant}/members',
      operationId: 'listTenantMembers',
      summary: 'The active members of a tenant, by name',
      tag: TAG,
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['tenant'],
        properties: { ...PAGE_INPUT, tenant: SLUG },
      },
      output: pageOutput(MEMBER),
      handler: (_context, { tenant, ...page }: PageInput & { tenant: string }) => listTenantMembers(db, tenant, page),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/tenants/{tenant}/suspend',
      operationId: 'suspendTenant',
      summary: 'Let nobody in until it is taken up again; its data stays',
      tag: TAG,
      access: 'operator',
      sudo: true,
      input: named({ reason: REASON }),
      output: {},
      status: 204,
      handler: (context, { tenant, reason }: { tenant: string; reason: string }) =>
        changes.suspend(tenant, reason.trim(), traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/tenants/{tenant}/reactivate',
      operationId: 'reactivateTenant',
      summary: 'Take a suspended tenant up again',
      tag: TAG,
      access: 'operator',
      sudo: true,
      input: named({}),
      output: {},
      status: 204,
      handler: (context, { tenant }: { tenant: string }) => changes.reactivate(tenant, traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/tenants/{tenant}/verify',
      operationId: 'verifyTenant',
      summary: 'Say that a tenant is who it says it is, as you have checked it; refused if it has changed meanwhile',
      tag: TAG,
      access: 'operator',
      sudo: true,
      input: named({
        name: { type: 'string', maxLength: 120, description: 'The name you have checked.' },
        website: { type: ['string', 'null'], maxLength: 300, description: 'The website you have checked.' },
      }),
      output: {},
      status: 204,
      handler: (context, { tenant, ...seen }: CheckedIdentity & { tenant: string }) =>
        changes.verify(tenant, seen, traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/tenants/{tenant}/unverify',
      operationId: 'unverifyTenant',
      summary: 'Say no longer that a tenant is who it says it is',
      tag: TAG,
      access: 'operator',
      sudo: true,
      input: named({}),
      output: {},
      status: 204,
      handler: (context, { tenant }: { tenant: string }) => changes.unverify(tenant, traceOf(context)),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/platform/tenants/{tenant}/tier',
      operationId: 'bookTier',
      summary: 'Say what a tenant has booked of the platform, until when, and how many members it may have',
      tag: TAG,
      access: 'operator',
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['tenant', 'tier'],
        properties: { tenant: SLUG, ...TIER_INPUT },
      },
      output: {},
      status: 204,
      handler: (context, { tenant, ...wanted }: BookedTier & { tenant: string }) =>
        changes.book(tenant, wanted, traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/tenants/{tenant}/impersonate',
      operationId: 'beginImpersonation',
      summary: 'Act as a member for half an hour; the tenant sees it, and why',
      tag: TAG,
      access: 'operator',
      sudo: true,
      input: named({ userId: UUID_INPUT, reason: REASON }),
      output: IMPERSONATED,
      status: 201,
      handler: (context, request: ImpersonationRequest) => {
        const { ip, userAgent } = context;
        return impersonation.begin(
          signedIn(context),
          { ...request, reason: request.reason.trim() },
          { ip, userAgent },
          traceOf(context),
        );
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/impersonation/end',
      operationId: 'endImpersonation',
      summary: 'Stop acting as a member',
      tag: TAG,
      access: 'signed-in',
      output: {},
      status: 204,
      handler: (context) => impersonation.end(signedIn(context), traceOf(context)),
    }),
  ];
}
