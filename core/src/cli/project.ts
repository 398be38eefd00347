import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The folder that holds `core/`, `plugins/` and `plugins.lock.json`. */
export const PROJECT = resolve(import.meta.dirname, '../../..');

/** The plugins below `plugins/` of a project. */
export async function pluginFolders(project: string): Promise<string[]> {
  const parent = join(project, 'plugins');
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const folders: string[] = [];
  for (const entry of entries) {
    const folder = join(parent, entry.name);
    const isPlugin = await stat(join(folder, 'plugin.json')).then(
      () => true,
      () => false,
    );
    if (isPlugin) folders.push(folder);
  }
  return folders;
}
