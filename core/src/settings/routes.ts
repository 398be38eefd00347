import type { JsonObject } from '@bazaar/sdk';
import { traceOf } from '../audit/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, signedIn } from '../routes/index.ts';
import type { Settings } from './types.ts';

const TAG = 'Settings';

const SHOWN = {
  type: 'object',
  required: ['plugin', 'schema', 'values', 'secretsSet', 'secretsReadable', 'revision', 'updatedAt'],
  properties: {
    plugin: { type: 'string' },
    schema: { type: 'object', description: 'JSON Schema of the values; secrets are marked with `x-secret`.' },
    values: { type: 'object', description: 'Defaults filled in, secrets left out.' },
    secretsSet: { type: 'array', items: { type: 'string' }, description: 'JSON Pointers of the stored secrets.' },
    secretsReadable: { type: 'boolean', description: 'When false, the secrets must be entered again.' },
    revision: { type: 'string', description: 'Send it back, so that nobody overwrites what they have not seen.' },
    updatedAt: { type: ['string', 'null'], format: 'date-time' },
  },
};

export function settingsRoutes(settings: Pick<Settings, 'show' | 'change'>): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/plugins/{plugin}/settings',
      operationId: 'getSettings',
      summary: "A plugin's settings in this tenant",
      tag: TAG,
      access: { permission: 'core:settings.manage' },
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin'],
        properties: { plugin: PLUGIN_INPUT },
      },
      output: SHOWN,
      handler: (context, { plugin }: { plugin: string }) => settings.show(signedIn(context).tenant.id, plugin),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/plugins/{plugin}/settings',
      operationId: 'putSettings',
      summary: "Replace a plugin's settings in this tenant",
      tag: TAG,
      access: { permission: 'core:settings.manage' },
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin', 'values'],
        properties: {
          plugin: PLUGIN_INPUT,
          values: { type: 'object', description: 'A secret that is absent stays as it is; null removes it.' },
          revision: { type: 'string', maxLength: 64 },
        },
      },
      output: SHOWN,
      handler: (context, input: { plugin: string; values: JsonObject; revision?: string }) => {
        const { plugin, ...change } = input;
        const { tenant, user } = signedIn(context);
        return settings.change(plugin, change, { tenantId: tenant.id, userId: user.id, trace: traceOf(context) });
      },
    }),
  ];
}
