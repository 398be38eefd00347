import { destructive, YES_DETAIL, YES_OPTION } from '../../operator/destructive.ts';
import { operatorCommand } from '../../operator/operator-command.ts';

/** `bazaar plugin purge` */
export const pluginPurge = operatorCommand({
  name: 'plugin purge',
  summary: 'Remove everything of a plugin that was uninstalled, after writing it to a file.',
  synopsis: '<plugin> [--no-export] [--yes]',
  details: ['--no-export            write no file: the data are gone for good', YES_DETAIL],
  options: { 'no-export': { type: 'boolean' }, ...YES_OPTION },
  arguments: [1, 1],
  async run(session) {
    const [plugin = ''] = session.positionals;
    const body = { export: session.values['no-export'] !== true };
    const verb = `remove ${plugin} with all its data`;
    return destructive(session, { plugin, path: 'purge', body, verb }, ({ operation }) => [
      `${plugin} and all its data are gone.`,
      ...(operation?.outcome.export ? [`Written before: ${operation.outcome.export}`] : []),
    ]);
  },
});
