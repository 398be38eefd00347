/**
 * Held over all nodes by whoever changes what serves of a plugin: an operation, the recovery of one, and a node that
 * takes a change from its lock file when it starts.
 */
export function operationLockOf(plugin: string): string {
  return `plugin-operation:${plugin}`;
}
