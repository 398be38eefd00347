import type { ShellData } from '../api/types.ts';

/** Whether the licence of a plugin lets its data be seen and nothing be changed. */
export function isReadOnly({ fading }: Pick<ShellData, 'fading'>, plugin: string): boolean {
  return fading?.some((licence) => licence.plugin === plugin && licence.state === 'read-only') ?? false;
}

/** What the person may do with a plugin, to be compared with what they could before. */
export function rightsIn(shell: Pick<ShellData, 'user' | 'fading'>, plugin: string) {
  return { permissions: shell.user.permissions, readOnly: isReadOnly(shell, plugin) };
}
