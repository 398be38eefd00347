import { UsageError } from '../../command.ts';
import { destructive, YES_DETAIL, YES_OPTION } from '../../operator/destructive.ts';
import { operatorCommand } from '../../operator/operator-command.ts';

/** `bazaar plugin uninstall` */
export const pluginUninstall = operatorCommand({
  name: 'plugin uninstall',
  summary: 'Stop a plugin for everybody and put its data aside, from where "restore" brings it back.',
  synopsis: '<plugin> [--retention-days <days>] [--yes]',
  details: ['--retention-days <n>   how long its data are promised to be kept (30)', YES_DETAIL],
  options: { 'retention-days': { type: 'string' }, ...YES_OPTION },
  arguments: [1, 1],
  async run(session) {
    const [plugin = ''] = session.positionals;
    const given = session.values['retention-days'];
    if (given !== undefined && !/^\d{1,4}$/.test(String(given))) throw new UsageError('--retention-days is a number.');
    const body = given === undefined ? {} : { retentionDays: Number(given) };
    return destructive(session, { plugin, path: 'uninstall', body, verb: `uninstall ${plugin}` }, () => [
      `${plugin} is uninstalled; its data are kept.`,
    ]);
  },
});
