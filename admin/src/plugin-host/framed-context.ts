import type { JsonObject } from '@bazaar/sdk';
import { type UiContext, UiProblem } from '@bazaar/sdk/ui';
import type { ShellData } from '../api/types.ts';
import type { App } from '../app/app.ts';
import { isShellPath } from '../routing/router.ts';
import { addressIn } from './action-name.ts';
import { type ContextScope, createUiContext } from './ui-context.ts';

/** Which event is told to a plugin in a frame: its own, and those that are about it. */
export function mayHear(plugin: string, event: string, payload: JsonObject): boolean {
  if (event.startsWith(`${plugin}.`) || event === 'reconnected') return true;
  return ['progress', 'licence.changed', 'plugin.changed'].includes(event) && payload.plugin === plugin;
}

/** Which action a plugin in a frame may call: its own, and those the operator lets it call. */
export function mayCall(plugin: string, action: string, shell: Pick<ShellData, 'plugins' | 'screens'>): boolean {
  const address = addressIn(shell, plugin, action);
  if (address.plugin === plugin) return true;
  const calls = shell.plugins?.find(({ id }) => id === plugin)?.calls ?? [];
  return calls.includes(`${address.plugin}.${address.action}`);
}

/**
 * The context of a screen or widget that is not trusted. The person’s token would open more than the plugin was
 * granted; what goes beyond is refused here.
 */
export function createFramedContext(app: App, scope: ContextScope): UiContext {
  const { plugin } = scope;
  const context = createUiContext(app, scope);
  const shownFor = app.shell.data;

  function demand(action: string): void {
    const shell = app.shell.data ?? shownFor;
    if (shell && mayCall(plugin, action, shell)) return;
    throw new UiProblem({
      status: 403,
      code: 'forbidden',
      detail: `This plugin was not granted the action ${action}.`,
    });
  }

  return {
    plugin,
    get tenant() {
      return context.tenant;
    },
    get user() {
      return context.user;
    },
    get readOnly() {
      return context.readOnly;
    },
    params: context.params,
    setTitle: context.setTitle,
    notify: context.notify,
    confirm: context.confirm,
    call: async (action, input, options) => {
      demand(action);
      return context.call(action, input, options);
    },
    download: async (action, input) => {
      demand(action);
      await context.download(action, input);
    },
    navigate: (path, options) => {
      if (isShellPath(path)) context.navigate(path, options);
    },
    on: (event, listener) => context.on(event, (payload) => mayHear(plugin, event, payload) && listener(payload)),
  };
}
