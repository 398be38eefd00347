import type { ShellData } from '../api/types.ts';

/** What people call a plugin; from its id when the shell does not know the name. */
export function pluginName(shell: Pick<ShellData, 'plugins'> | null, id: string): string {
  const known = shell?.plugins?.find((plugin) => plugin.id === id)?.name;
  if (known !== undefined) return known;
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
