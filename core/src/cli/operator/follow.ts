import { setTimeout as sleep } from 'node:timers/promises';
import type { Output } from '../command.ts';
import type { Operation, Page } from './answers.ts';
import type { OperatorClient } from './client.ts';

const LOOK_MS = 150;

/** Shows the steps of the plugin's operation that begins now, until `work` has ended. */
export async function followed<T>(
  client: OperatorClient,
  plugin: string,
  output: Output,
  work: () => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const before = new Set((await operationsOf(client, plugin)).map(({ id }) => id));
  const watch = async () => {
    let shown = '';
    while (!ended.signal.aborted) {
      const [current] = await operationsOf(client, plugin).catch(() => []);
      if (current && !before.has(current.id) && current.step !== shown && current.step !== 'begin') {
        shown = current.step;
        output.err(`  ${current.kind} ${plugin}: ${shown} …`);
      }
      await sleep(LOOK_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  try {
    return await work();
  } finally {
    ended.abort();
    await watching;
  }
}

async function operationsOf(client: OperatorClient, plugin: string): Promise<Operation[]> {
  return (await client.call<Page<Operation>>('GET', '/operations', { query: { plugin, limit: 5 } })).items;
}
