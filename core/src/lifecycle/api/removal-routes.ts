import { defineRoute, type Route, type RouteContext } from '../../routes/index.ts';
import type { Operation } from '../types.ts';
import { operatorOf } from './operator.ts';
import type { LifecycleApi } from './options.ts';
import { CONFIRM_INPUT, CONFIRMED, OPERATION, pluginInput, TAG } from './schemas.ts';

interface Asked {
  plugin: string;
  confirm: boolean;
}

/** Uninstalling, its undo, and the end. */
export function removalRoutes({ lifecycle }: LifecycleApi): Route[] {
  const { removals } = lifecycle;

  async function confirmed({ plugin, confirm }: Asked, from: 'active' | 'parked', work: () => Promise<Operation>) {
    await removals.check(plugin, from);
    const impact = await lifecycle.impact(plugin);
    return confirm ? { confirmed: true, impact, operation: await work() } : { confirmed: false, impact };
  }

  return [
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins/{plugin}/uninstall',
      operationId: 'uninstallPlugin',
      summary: 'Stop a plugin for everybody and put its data aside',
      tag: TAG,
      access: 'operator',
      input: pluginInput({
        confirm: CONFIRM_INPUT,
        retentionDays: {
          type: 'integer',
          minimum: 1,
          maximum: 3650,
          default: 30,
          description: 'How long its data are promised to be kept.',
        },
      }),
      output: CONFIRMED,
      handler: (context: RouteContext, input: Asked & { retentionDays: number }) =>
        confirmed(input, 'active', () => removals.uninstall(input.plugin, input.retentionDays, operatorOf(context))),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins/{plugin}/restore',
      operationId: 'restorePlugin',
      summary: 'Bring a plugin back that was uninstalled, with all its data',
      tag: TAG,
      access: 'operator',
      input: pluginInput(),
      output: OPERATION,
      handler: (context, { plugin }: { plugin: string }) => removals.restore(plugin, operatorOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins/{plugin}/purge',
      operationId: 'purgePlugin',
      summary: 'Remove everything of a plugin that was uninstalled, after writing it to a file of the node',
      tag: TAG,
      access: 'operator',
      sudo: true,
      input: pluginInput({ confirm: CONFIRM_INPUT, export: { type: 'boolean', default: true } }),
      output: CONFIRMED,
      handler: (context: RouteContext, input: Asked & { export: boolean }) =>
        confirmed(input, 'parked', () => removals.purge(input.plugin, input.export, operatorOf(context))),
    }),
  ];
}
