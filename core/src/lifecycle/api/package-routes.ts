import type { Tier } from '../../plugins/index.ts';
import { defineRoute, type Route, uploaded } from '../../routes/index.ts';
import type { PackageChoices } from '../types.ts';
import { type CanaryInput, canaryOf } from './canary-input.ts';
import { operatorOf } from './operator.ts';
import type { LifecycleApi } from './options.ts';
import { CANARY_INPUT, CHOICES_INPUT, DRAIN_INPUT, OPERATION, PACKAGE_UPLOAD, pluginInput, TAG } from './schemas.ts';
import { VERIFICATION } from './verification-schema.ts';

interface ChoicesInput {
  tier?: Tier;
  grantAll: boolean;
  grant: string[];
  drain?: boolean;
}

function choicesOf({ tier, grantAll, grant, drain = false }: ChoicesInput): PackageChoices {
  return { ...(tier === undefined ? {} : { tier }), grant: grantAll ? 'all' : grant, drain };
}

/** Whatever a package is sent for: somebody's code, which may run in the kernel's process. An operation runs to its end also when the sender has hung up. */
export function packageRoutes({ lifecycle, findTenant }: LifecycleApi): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins',
      operationId: 'installPlugin',
      summary: 'Install a plugin from a package as npm packs it (.tgz), and wait until it serves',
      tag: TAG,
      access: 'operator',
      sudo: true,
      upload: PACKAGE_UPLOAD,
      input: {
        type: 'object',
        additionalProperties: false,
        properties: { ...CHOICES_INPUT, drain: DRAIN_INPUT },
      },
      output: OPERATION,
      status: 201,
      handler: (context, input: ChoicesInput) =>
        lifecycle.installs.install(uploaded(context), choicesOf(input), operatorOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins/verify',
      operationId: 'verifyPlugin',
      summary: 'Check a package as an installation would, all of it, and change nothing',
      tag: TAG,
      access: 'operator',
      sudo: true,
      upload: PACKAGE_UPLOAD,
      input: { type: 'object', additionalProperties: false, properties: CHOICES_INPUT },
      output: VERIFICATION,
      handler: (context, input: ChoicesInput) => lifecycle.verify(uploaded(context), choicesOf(input)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins/{plugin}/upgrade',
      operationId: 'upgradePlugin',
      summary: 'Put a newer package in the place of the version that serves, while it serves',
      tag: TAG,
      access: 'operator',
      sudo: true,
      upload: PACKAGE_UPLOAD,
      input: pluginInput({ ...CHOICES_INPUT, drain: DRAIN_INPUT }),
      output: OPERATION,
      handler: (context, { plugin, ...input }: ChoicesInput & { plugin: string }) =>
        lifecycle.installs.upgrade(plugin, uploaded(context), choicesOf(input), operatorOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins/{plugin}/canary',
      operationId: 'installCanary',
      summary: 'Bring a newer package and let some tenants try it',
      tag: TAG,
      access: 'operator',
      sudo: true,
      upload: PACKAGE_UPLOAD,
      input: pluginInput({ ...CHOICES_INPUT, ...CANARY_INPUT }),
      output: OPERATION,
      handler: async (context, { plugin, ...input }: ChoicesInput & CanaryInput & { plugin: string }) => {
        const canary = await canaryOf(findTenant, input);
        const { installs } = lifecycle;
        return installs.canary(plugin, uploaded(context), choicesOf(input), canary, operatorOf(context));
      },
    }),
  ];
}
