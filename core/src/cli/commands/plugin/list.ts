import type { Page, Plugin } from '../../operator/answers.ts';
import { operatorCommand } from '../../operator/operator-command.ts';
import { table } from '../../table.ts';

/** `bazaar plugin list` */
export const pluginList = operatorCommand({
  name: 'plugin list',
  summary: 'Show the plugins of the platform: version, tier, state, trials, pins.',
  synopsis: '[--state <state>] [--q <text>]',
  details: [
    '--state <state>        only active, inactive, parked, quarantined or failed ones',
    '--q <text>             only those with this in their id or name',
  ],
  options: { state: { type: 'string' }, q: { type: 'string' } },
  arguments: [0, 0],
  async run({ client, values, show }) {
    const filter = { state: text(values.state), q: text(values.q), limit: 100 };
    const plugins: Plugin[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.call<Page<Plugin>>('GET', '/plugins', { query: { ...filter, cursor } });
      plugins.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    const rows = plugins.map((plugin) => [
      plugin.id,
      plugin.activeVersion ?? '-',
      plugin.tier ?? '-',
      plugin.state,
      trialOf(plugin),
      plugin.pins.count === 0 ? '-' : String(plugin.pins.count),
      plugin.reason ?? '',
    ]);
    const lines = table(['plugin', 'version', 'tier', 'state', 'trial', 'pins', 'reason'], rows);
    show({ items: plugins }, plugins.length === 0 ? ['There are no plugins.'] : lines);
    return 0;
  },
});

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function trialOf({ canary }: Plugin): string {
  if (!canary) return '-';
  const { version, percent, tenants, haltedAt } = canary;
  if (haltedAt !== null) return `${version} (ended)`;
  const who = [
    ...(percent > 0 ? [`${percent} %`] : []),
    ...(tenants.length > 0 ? [tenants.length === 1 ? '1 tenant' : `${tenants.length} tenants`] : []),
  ];
  return `${version} (${who.join(', ')})`;
}
