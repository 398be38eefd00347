import { traceOf } from '../../audit/index.ts';
import { MOST_BYTES, PICTURE_TYPES } from '../../pictures/index.ts';
import { defineRoute, NAME_INPUT, type Route, signedIn, uploaded } from '../../routes/index.ts';
import type { WorkspaceInput, Workspaces } from './workspace.ts';
import { PROFILE_INPUT } from './workspace-profile.ts';

const TAG = 'Workspace';
const ACCESS = { permission: 'core:settings.manage' } as const;

const WORKSPACE = {
  type: 'object',
  required: ['id', 'slug', 'name', 'profile', 'logo', 'verifiedAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    slug: { type: 'string', description: 'The short name.' },
    name: { type: 'string' },
    profile: { ...PROFILE_INPUT, description: 'What it says of itself; what is not said is absent.' },
    logo: { type: ['string', 'null'], description: 'Where it is found.' },
    verifiedAt: {
      type: ['string', 'null'],
      format: 'date-time',
      description: 'Since when the platform knows it to be who it says it is.',
    },
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
      summary:
        'Change the name and the profile of this workspace; what is left out stays, as does the short name. Another name or website ends its verification',
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
    defineRoute({
      method: 'PUT',
      path: '/api/tenant/logo',
      operationId: 'setLogo',
      summary: 'Choose another logo; it stands on public pages and in the frame of the workspace',
      tag: TAG,
      access: ACCESS,
      upload: { types: PICTURE_TYPES, maxBytes: MOST_BYTES },
      output: {
        type: 'object',
        required: ['logo'],
        properties: { logo: { type: 'string', description: 'Where it is found.' } },
      },
      handler: async (context) => ({
        logo: await workspaces.changeLogo(signedIn(context), uploaded(context), traceOf(context)),
      }),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/tenant/logo',
      operationId: 'removeLogo',
      summary: 'Remove the logo',
      tag: TAG,
      access: ACCESS,
      output: {},
      status: 204,
      handler: async (context) => {
        await workspaces.changeLogo(signedIn(context), null, traceOf(context));
      },
    }),
  ];
}
