import { operatorCommand } from '../../operator/operator-command.ts';

/** `bazaar plugin enable` */
export const pluginEnable = operatorCommand({
  name: 'plugin enable',
  summary: 'Switch a plugin on for a tenant; without a tenant, lift the quarantine of its versions.',
  synopsis: '<plugin> [--tenant <slug>]',
  details: ['--tenant <slug>        the tenant'],
  options: { tenant: { type: 'string' } },
  arguments: [1, 1],
  async run({ client, values, positionals, show }) {
    const [plugin = ''] = positionals;
    const { tenant } = values;
    const body = tenant === undefined ? {} : { tenant };
    const answer = await client.call<object>('POST', `/plugins/${encodeURIComponent(plugin)}/enable`, { body });
    show(answer, [
      tenant === undefined ? `Versions of ${plugin} may run again.` : `${plugin} is switched on for ${tenant}.`,
    ]);
    return 0;
  },
});
