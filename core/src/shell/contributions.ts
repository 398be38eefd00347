import type { Manifest } from '@bazaar/sdk';
import type { Tier } from '../plugins/index.ts';

interface ShellNavigation {
  plugin: string;
  title: string;
  icon: string;
  /** Full path inside the shell, e.g. `/job-board/jobs`. */
  path: string;
  order: number;
}

interface ShellScreen {
  plugin: string;
  /** Full path inside the shell, with `{name}` for parameters. */
  path: string;
  title: string;
  element: string;
  /** URL of the built module. */
  module: string;
  /** Runs in a frame on an origin of its own, because its plugin is sandboxed. */
  framed: boolean;
}

interface ShellWidget {
  plugin: string;
  slot: string;
  title: string;
  element: string;
  module: string;
  framed: boolean;
  order: number;
}

export interface ShellContributions {
  navigation: ShellNavigation[];
  screens: ShellScreen[];
  widgets: ShellWidget[];
}

function byOrder(a: { order: number; plugin: string; title: string }, b: typeof a): number {
  return a.order - b.order || a.plugin.localeCompare(b.plugin) || a.title.localeCompare(b.title);
}

interface Contributor {
  manifest: Manifest;
  lock: { tier: Tier };
}

/** What the given plugins add to the shell of somebody who holds these permissions. */
export function contributions(plugins: readonly Contributor[], permissions: readonly string[]): ShellContributions {
  const held = new Set(permissions);
  const shell: ShellContributions = { navigation: [], screens: [], widgets: [] };
  for (const { manifest, lock } of plugins) {
    const { id: plugin, version } = manifest;
    const framed = lock.tier === 'sandbox';
    const may = ({ permission }: { permission: string }) => held.has(`${plugin}:${permission}`);
    const url = (module: string) => `/ui/plugins/${plugin}/${version}/${module}`;
    for (const { title, icon, path, order } of (manifest.navigation ?? []).filter(may)) {
      shell.navigation.push({ plugin, title, icon, path: `/${plugin}${path}`, order });
    }
    for (const { path, title, element, module } of (manifest.screens ?? []).filter(may)) {
      shell.screens.push({ plugin, path: `/${plugin}${path}`, title, element, module: url(module), framed });
    }
    for (const { slot, title, element, module, order = 100 } of (manifest.widgets ?? []).filter(may)) {
      shell.widgets.push({ plugin, slot, title, element, module: url(module), framed, order });
    }
  }
  shell.navigation.sort(byOrder);
  shell.widgets.sort(byOrder);
  return shell;
}
