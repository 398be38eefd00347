import { traceOf } from '../../audit/index.ts';
import { defineRoute, NAME_INPUT, type Route, signedIn } from '../../routes/index.ts';
import type { WorkspaceInput, Workspaces } from './workspace.ts';
import { PROFILE_INPUT } from './workspace-profile.ts';

const TAG = 'Workspace';
const ACCESS = { permission: 'core:settings.manage' } as const;

const WORKSPACE = {
  type: 'object',
  required: ['id', 'slug', 'name', 'profile'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    slug: { type: 'string', description: 'The short name.' },
    name: { type: 'string' },
    profile: { ...PROFILE_INPUT, description: 'What it says of itself; what is not said is absent.' },
  },
};

/** The workspace itself. */
export function workspaceRoutes(workspaces: Workspaces): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/tenant',
      operationId: 'getWorkspace',
      summary: 'What this workspace is called, and what it says of itself',
      tag: TAG,
      access: ACCESS,
      output: WORKSPACE,
      handler: (context) => workspaces.read(signedIn(context)),
    }),
    defineRoute({
      method: 'PATCH',
      path: '/api/tenant',
      operationId: 'updateWorkspace',
      summary: 'Change the name and the profile of this workspace; what is left out stays, as does the short name',
      tag: TAG,
      access: ACCESS,
      input: {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: {
          name: { ...NAME_INPUT, maxLength: 120 },
          profile: { ...PROFILE_INPUT, description: '`null` removes a field.' },
        },
      },
      output: WORKSPACE,
      handler: async (context, input: WorkspaceInput) => {
        const principal = signedIn(context);
        await workspaces.change(principal, input, traceOf(context));
        return workspaces.read(principal);
      },
    }),
  ];
}
