import { globSync } from 'node:fs';

/** Name of a built server side. */
export const SERVER_FILE = 'plugin.mjs';

/** `ui/<name>.ts` of a package: each becomes a module that screens and widgets can name. */
export function uiEntries(folder: string): string[] {
  return globSync('ui/*.ts', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.(test|d)\.ts$/.test(path))
    .sort();
}
