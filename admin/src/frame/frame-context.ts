import type { JsonObject } from '@bazaar/sdk';
import type { UiContext } from '@bazaar/sdk/ui';
import type { FrameSubject } from '../plugin-frame/messages.ts';
import type { ShellPort } from './shell-port.ts';

/** As JSON would carry it: without what is undefined, and without what only this page can hold. */
function plain(input: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(input)) as JsonObject;
}

/** The context of the one element in this frame. `subject` is asked each time: the person's rights may change. */
export function createFrameContext(
  port: ShellPort,
  plugin: string,
  params: Record<string, string>,
  { subject, leaving }: { subject(): FrameSubject; leaving(): void },
): UiContext {
  return {
    plugin,
    get tenant() {
      return subject().tenant;
    },
    get user() {
      return subject().user;
    },
    get readOnly() {
      return subject().readOnly;
    },
    params,
    call: async (action, input = {}, options = {}) => port.call(action, plain(input), options),
    download: async (action, input = {}) => port.download(action, plain(input)),
    navigate: (path, { replace = false } = {}) => {
      leaving();
      port.send({ type: 'navigate', path, replace });
    },
    setTitle: (title) => port.send({ type: 'title', title }),
    notify: (message, kind = 'info') => port.send({ type: 'notify', message, kind }),
    on: (event, listener) => port.on(event, listener),
    confirm: (question) => port.confirm(question),
  };
}
