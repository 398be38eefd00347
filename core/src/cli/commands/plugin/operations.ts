import { UsageError } from '../../command.ts';
import type { Operation, Page } from '../../operator/answers.ts';
import { operatorCommand } from '../../operator/operator-command.ts';
import { table } from '../../table.ts';

/** `bazaar plugin operations` */
export const pluginOperations = operatorCommand({
  name: 'plugin operations',
  summary: 'Show what is and was done to plugins, the newest first.',
  synopsis: '[<plugin>] [--state <state>] [--limit <n>]',
  details: [
    '--state <state>        only running, done, failed or undone ones',
    '--limit <1-100>        at most so many (20)',
  ],
  options: { state: { type: 'string' }, limit: { type: 'string' } },
  arguments: [0, 1],
  async run({ client, values, positionals, show }) {
    const { state, limit } = values;
    if (limit !== undefined && !/^\d{1,3}$/.test(String(limit))) throw new UsageError('--limit is a number.');
    const query = {
      plugin: positionals[0],
      state: typeof state === 'string' ? state : undefined,
      limit: limit === undefined ? undefined : Number(limit),
    };
    const page = await client.call<Page<Operation>>('GET', '/operations', { query });
    const rows = page.items.map((one) => [
      one.startedAt,
      one.kind,
      one.plugin,
      one.version ?? '-',
      one.state,
      one.step,
      one.error ?? '',
    ]);
    const lines = table(['started', 'what', 'plugin', 'version', 'state', 'step', 'error'], rows);
    show(page, rows.length === 0 ? ['Nothing was done yet.'] : lines);
    return 0;
  },
});
