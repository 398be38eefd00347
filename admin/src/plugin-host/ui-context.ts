import type { JsonObject, JsonValue } from '@bazaar/sdk';
import { type UiContext, UiProblem } from '@bazaar/sdk/ui';
import type { ShellData } from '../api/types.ts';
import type { App } from '../app/app.ts';
import { actionPath, addressIn } from './action-name.ts';
import { isReadOnly } from './rights.ts';
import { saveFile } from './save-file.ts';

/** Files beside the other fields of the input; what is not a string travels as JSON. */
function toForm(input: JsonObject, files: Record<string, File>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined) form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const [name, file] of Object.entries(files)) form.append(name, file, file.name);
  return form;
}

/** The shell no longer shows what is true when a call is refused for one of these. */
const SHELL_IS_STALE = new Set(['licence-required', 'licence-ended', 'plugin-disabled']);

export interface ContextScope {
  plugin: string;
  params: Record<string, string>;
  setTitle(title: string): void;
}

/** The context of one screen or widget. */
export function createUiContext(app: App, { plugin, params, setTitle }: ContextScope): UiContext {
  const shownFor = app.shell.data;
  if (!shownFor) throw new Error('a plugin is shown before the shell is known');
  const current = (): ShellData => app.shell.data ?? shownFor;

  const pathOf = (action: string): string => actionPath(addressIn(current(), plugin, action));

  async function watched<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof UiProblem && SHELL_IS_STALE.has(error.code)) void app.shell.load();
      throw error;
    }
  }

  return {
    plugin,
    get tenant() {
      return current().tenant;
    },
    get user() {
      return current().user;
    },
    get readOnly() {
      return isReadOnly(current(), plugin);
    },
    params,
    call: (action, input = {}, { files, onProgress, signal } = {}) => {
      const path = pathOf(action);
      if (!files) return watched(app.api.json<JsonValue>('POST', path, { body: input, signal }));
      const options = { ...(onProgress && { onProgress }), ...(signal && { signal }) };
      return watched(app.api.upload<JsonValue>(path, toForm(input, files), options));
    },
    download: async (action, input = {}) => {
      saveFile(await watched(app.api.file('POST', pathOf(action), { body: input })));
    },
    navigate: (path, options) => app.router.navigate(path, options),
    setTitle,
    notify: app.notify,
    on: (event, listener) => app.realtime.on(event, listener),
    confirm: app.confirm,
  };
}
