import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Manifest } from '@bazaar/sdk';
import { checkHandlers, PRIVACY_HANDLERS } from '../boundary/handlers.ts';

type Handler = (...args: never[]) => Promise<unknown>;

/** A plugin's default export, its handlers known to be those of the manifest. */
export interface Definition {
  actions: ReadonlyMap<string, Handler>;
  subscriptions: ReadonlyMap<string, Handler>;
  demo: Handler | undefined;
  privacy: ReadonlyMap<string, Handler>;
}

/** Imports the module of a package; gives up on one that never finishes. */
export async function importDefinition(
  source: { folder: string; entry: string; manifest: Manifest },
  timeoutMs: number,
): Promise<Definition> {
  const url = pathToFileURL(join(source.folder, source.entry)).href;
  const module: unknown = await within(timeoutMs, import(url), `${source.entry} did not finish loading`);
  const definition = (module as { default?: unknown } | undefined)?.default;
  if (typeof definition !== 'object' || definition === null) {
    throw new Error(`${source.entry} has no default export; export default definePlugin({ … })`);
  }
  const { actions, subscriptions, demo, ...others } = definition as Record<string, unknown>;
  const handlers = { actions: handlersOf(actions), subscriptions: handlersOf(subscriptions) };
  const privacy = handlersOf(Object.fromEntries(PRIVACY_HANDLERS.map((name) => [name, others[name]])));
  checkHandlers(
    {
      actions: [...handlers.actions.keys()],
      subscriptions: [...handlers.subscriptions.keys()],
      demo: typeof demo === 'function',
      privacy: [...privacy.keys()],
    },
    source.manifest,
  );
  return { ...handlers, privacy, demo: typeof demo === 'function' ? (demo as Handler) : undefined };
}

async function within<T>(timeoutMs: number, work: Promise<T>, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${complaint} within ${timeoutMs / 1000} s`)), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Own properties only; one that is no function is as good as none. */
function handlersOf(value: unknown): Map<string, Handler> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.filter((entry): entry is [string, Handler] => typeof entry[1] === 'function'));
}
