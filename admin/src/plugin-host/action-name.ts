import type { ShellData } from '../api/types.ts';

export interface ActionAddress {
  plugin: string;
  action: string;
}

/**
 * `jobs.list` or `job-board.jobs.list` → plugin and own name. A name is full when it starts with the id of a known
 * plugin; the caller's own actions come first, so no other plugin's id can shadow them.
 */
export function addressOf(
  name: string,
  caller: { id: string; actions: readonly string[] },
  known: readonly string[],
): ActionAddress {
  if (caller.actions.includes(name)) return { plugin: caller.id, action: name };
  const dot = name.indexOf('.');
  const prefix = name.slice(0, dot);
  if (dot > 0 && (prefix === caller.id || known.includes(prefix)))
    return { plugin: prefix, action: name.slice(dot + 1) };
  return { plugin: caller.id, action: name };
}

/** The same by what the shell knows of its plugins. */
export function addressIn(
  { plugins, screens }: Pick<ShellData, 'plugins' | 'screens'>,
  plugin: string,
  name: string,
): ActionAddress {
  const known = plugins?.map(({ id }) => id) ?? screens.map((screen) => screen.plugin);
  const caller = { id: plugin, actions: plugins?.find(({ id }) => id === plugin)?.actions ?? [] };
  return addressOf(name, caller, known);
}

export function actionPath({ plugin, action }: ActionAddress): string {
  return `/api/p/${encodeURIComponent(plugin)}/actions/${encodeURIComponent(action)}`;
}
