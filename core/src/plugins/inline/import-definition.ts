import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Manifest } from '@bazaar/sdk';

type Handler = (...args: never[]) => Promise<unknown>;

/** A plugin's default export, its handlers known to be those of the manifest. */
export interface Definition {
  actions: ReadonlyMap<string, Handler>;
  subscriptions: ReadonlyMap<string, Handler>;
  demo: Handler | undefined;
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
  return checkHandlers(definition as Record<string, unknown>, source.manifest);
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

function checkHandlers(definition: Record<string, unknown>, manifest: Manifest): Definition {
  const problems: string[] = [];
  const actions = handlersOf(
    definition.actions,
    'actions',
    manifest.actions.map((action) => action.name),
    problems,
  );
  const subscriptions = handlersOf(
    definition.subscriptions,
    'subscriptions',
    (manifest.subscriptions ?? []).map((subscription) => subscription.event),
    problems,
  );
  const { demo } = definition;
  if (manifest.demo !== undefined && typeof demo !== 'function')
    problems.push('plugin.json names demo data, but there is no handler "demo"');
  if (problems.length > 0) throw new Error(`the handlers do not match plugin.json: ${problems.join('; ')}`);
  return { actions, subscriptions, demo: typeof demo === 'function' ? (demo as Handler) : undefined };
}

function handlersOf(
  value: unknown,
  group: string,
  declared: readonly string[],
  problems: string[],
): Map<string, Handler> {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const handlers = new Map<string, Handler>();
  for (const name of declared) {
    const handler = Object.hasOwn(given, name) ? given[name] : undefined;
    if (typeof handler === 'function') handlers.set(name, handler as Handler);
    else problems.push(`"${name}" is declared under "${group}" but has no handler`);
  }
  for (const name of Object.keys(given)) {
    if (!declared.includes(name)) problems.push(`the handler "${name}" is not declared under "${group}"`);
  }
  return handlers;
}
