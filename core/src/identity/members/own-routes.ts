import { traceOf } from '../../audit/index.ts';
import { defineRoute, NAME_INPUT, type Route, signedIn } from '../../routes/index.ts';
import { SLUG_PATTERN } from '../../tenancy/index.ts';
import { TENANT_OUTPUT } from '../sessions/signed-in.ts';
import type { FurtherWorkspaces, NewWorkspace } from '../tenants/further-workspaces.ts';
import type { createLeaveTenant } from './leave-tenant.ts';

const TAG = 'Identity';

export interface OwnMembershipParts {
  furtherWorkspace: FurtherWorkspaces;
  leaveTenant: ReturnType<typeof createLeaveTenant>;
}

/** The workspaces of a person: making another one, and leaving one. */
export function ownMembershipRoutes({ furtherWorkspace, leaveTenant }: OwnMembershipParts): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/tenants',
      operationId: 'createTenant',
      summary: 'Make a further workspace, which you own; switch to it to work there',
      tag: TAG,
      access: 'person',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['tenantName'],
        properties: {
          tenantName: { ...NAME_INPUT, maxLength: 120 },
          tenantSlug: {
            type: 'string',
            pattern: SLUG_PATTERN,
            maxLength: 63,
            description: 'Made of the name when absent.',
          },
        },
      },
      output: TENANT_OUTPUT,
      status: 201,
      handler: (context, input: NewWorkspace) => furtherWorkspace(signedIn(context), input, traceOf(context)),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/me/memberships/{tenant}',
      operationId: 'leaveTenant',
      summary: 'Leave a workspace, with your sessions and API keys there; your account stays. The last owner cannot',
      tag: TAG,
      access: 'person',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['tenant'],
        properties: { tenant: { type: 'string', minLength: 1, maxLength: 63, description: 'Short name.' } },
      },
      output: {},
      status: 204,
      handler: (context, { tenant }: { tenant: string }) => leaveTenant(signedIn(context), tenant, traceOf(context)),
    }),
  ];
}
