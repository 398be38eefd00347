import { UsageError } from '../../command.ts';
import { destructive, YES_DETAIL, YES_OPTION } from '../../operator/destructive.ts';
import { operatorCommand } from '../../operator/operator-command.ts';

/** `bazaar plugin disable` */
export const pluginDisable = operatorCommand({
  name: 'plugin disable',
  summary: 'Switch a plugin off for a tenant. Its data and its licence stay as they are.',
  synopsis: '<plugin> --tenant <slug> [--yes]',
  details: ['--tenant <slug>        the tenant', YES_DETAIL],
  options: { tenant: { type: 'string' }, ...YES_OPTION },
  arguments: [1, 1],
  async run(session) {
    const [plugin = ''] = session.positionals;
    const { tenant } = session.values;
    if (tenant === undefined) throw new UsageError('Name the tenant with --tenant.');
    const verb = `switch ${plugin} off for ${tenant}`;
    return destructive(session, { plugin, path: 'disable', body: { tenant }, verb }, () => [
      `${plugin} is switched off for ${tenant}.`,
    ]);
  },
});
