import type { Output } from '../command.ts';
import type { Operation, Plugin } from './answers.ts';
import { followed } from './follow.ts';
import type { Session } from './operator-command.ts';

/** Says when other nodes have not followed yet. */
export function mentionLagging({ outcome }: Operation, output: Output): void {
  const { lagging = 0 } = outcome;
  if (lagging > 0) output.err(`bazaar: ${lagging} other node(s) had not followed yet; they will by themselves.`);
}

/** Runs one operation on a plugin, showing its steps, and says what came of it. */
export async function carryOut(
  session: Session,
  plugin: string,
  path: string,
  body: object,
  done: (operation: Operation) => string,
): Promise<number> {
  const { client, output } = session;
  const operation = await followed(client, plugin, output, () =>
    client.call<Operation>('POST', `/plugins/${encodeURIComponent(plugin)}/${path}`, { body }),
  );
  mentionLagging(operation, output);
  session.show(operation, [done(operation)]);
  return 0;
}

/** Exit code 0 only when the version serves, on the node that answers. */
export async function servesNow(session: Session, operation: Operation, said: string): Promise<number> {
  const { client, output } = session;
  mentionLagging(operation, output);
  const plugin = await client.call<Plugin>('GET', `/plugins/${operation.plugin}`);
  if (plugin.state === 'active' && plugin.activeVersion === operation.version) {
    session.show(operation, [said]);
    return 0;
  }
  session.show(operation, []);
  output.err(`bazaar: ${operation.plugin} ${operation.version} does not serve: ${plugin.reason ?? plugin.state}`);
  return 1;
}
