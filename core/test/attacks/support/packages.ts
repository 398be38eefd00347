import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JsonObject } from '@bazaar/sdk';
import { lockPlugins } from '../../../src/plugins/index.ts';
import type { Attack } from './attack.ts';

/** One package to be installed. */
export interface PluginSource {
  id: string;
  manifest: JsonObject;
  files: Readonly<Record<string, string>>;
}

/** A plugin whose action `run` does what the attack says. */
export function attackPlugin({
  name,
  tries,
  run,
  effect,
  output = {},
  module = '',
  manifest = {},
  files = {},
}: Attack): PluginSource {
  const permission = 'attack';
  const actions = [{ name: 'run', summary: 'Attack', effect: effect ?? 'write', permission, input: {}, output }];
  return {
    id: name,
    manifest: {
      description: tries,
      publisher: 'Mallory',
      permissions: [{ name: permission, title: 'Attack' }],
      roles: { viewer: [permission] },
      ...manifest,
      actions: [...actions, ...((manifest.actions as JsonObject[] | undefined) ?? [])].map((action) => ({
        ...action,
        input: { type: 'object', ...(action.input as JsonObject) },
      })),
    },
    files: {
      'src/plugin.ts': `${module}\nexport default { actions: { run: async (ctx, input) => {\n${run}\n} } };\n`,
      ...files,
    },
  };
}

function write(below: string, { id, manifest, files }: PluginSource): string {
  const folder = join(below, id);
  const all: Record<string, string> = {
    'package.json': JSON.stringify({ name: `attack-${id}`, version: '1.0.0', type: 'module' }),
    'plugin.json': JSON.stringify({
      id,
      name: id,
      version: '1.0.0',
      sdk: '^1.0.0',
      category: 'attacks',
      ...manifest,
    }),
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Writes the packages below a folder and a lock file that vouches for them. Resolves with its path. */
export async function installAll(
  below: string,
  { sandboxed, inline }: { sandboxed: readonly PluginSource[]; inline: readonly PluginSource[] },
): Promise<string> {
  const lockFile = join(below, 'plugins.lock.json');
  const place = (sources: readonly PluginSource[]) => sources.map((source) => write(below, source));
  await lockPlugins(lockFile, place(inline), { tier: 'inline', grant: 'all' });
  await lockPlugins(lockFile, place(sandboxed), { tier: 'sandbox', grant: 'all' });
  return lockFile;
}
