import type { Page } from '../../operator/answers.ts';
import { operatorCommand } from '../../operator/operator-command.ts';
import { table } from '../../table.ts';

interface Delivery {
  id: number;
  tenant: string;
  plugin: string;
  event: string;
  subject: string;
  attempts: number;
  lastError: string | null;
  emittedAt: string;
}

/** `bazaar delivery list` */
export const deliveryList = operatorCommand({
  name: 'delivery list',
  summary: 'Show the events that have not been delivered, the newest first.',
  synopsis: '[--state <state>] [--plugin <plugin>] [--tenant <slug>] [--cursor <cursor>]',
  details: [
    '--state <state>        dead (given up; the default), held or pending',
    '--plugin <plugin>      only for this plugin',
    '--tenant <slug>        only of this tenant',
    '--cursor <cursor>      the next page',
  ],
  options: {
    state: { type: 'string' },
    plugin: { type: 'string' },
    tenant: { type: 'string' },
    cursor: { type: 'string' },
  },
  arguments: [0, 0],
  async run({ client, values: { state, plugin, tenant, cursor }, show }) {
    const given = (value: unknown) => (typeof value === 'string' ? value : undefined);
    const query = {
      state: given(state),
      plugin: given(plugin),
      tenant: given(tenant),
      cursor: given(cursor),
      limit: 100,
    };
    const page = await client.call<Page<Delivery> & { nextCursor?: string }>('GET', '/deliveries', { query });
    const rows = page.items.map((one) => [
      String(one.id),
      one.emittedAt,
      one.tenant,
      one.plugin,
      one.event,
      one.subject,
      String(one.attempts),
      one.lastError ?? '-',
    ]);
    const lines = table(['id', 'emitted', 'tenant', 'plugin', 'event', 'subject', 'attempts', 'last error'], rows);
    if (page.nextCursor !== undefined) lines.push(`More: --cursor ${page.nextCursor}`);
    show(page, rows.length === 0 ? ['There is none.'] : lines);
    return 0;
  },
});
