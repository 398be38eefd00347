import { UsageError } from '../../command.ts';
import { operatorCommand } from '../../operator/operator-command.ts';
import { carryOut } from '../../operator/outcomes.ts';

/** `bazaar plugin pin` */
export const pluginPin = operatorCommand({
  name: 'plugin pin',
  summary: 'Keep a tenant at one version of a plugin, whatever the others get.',
  synopsis: '<plugin> --tenant <slug> (--version <version> | --lift)',
  details: [
    '--tenant <slug>        the tenant',
    '--version <version>    one that is kept here',
    '--lift                 let the tenant have what all others have',
  ],
  options: { tenant: { type: 'string' }, version: { type: 'string' }, lift: { type: 'boolean' } },
  arguments: [1, 1],
  async run(session) {
    const [plugin = ''] = session.positionals;
    const { tenant, version, lift } = session.values;
    if (tenant === undefined) throw new UsageError('Name the tenant with --tenant.');
    if ((version === undefined) === (lift !== true)) throw new UsageError('Give --version or --lift.');
    const said = lift === true ? `${tenant} has what all others have.` : `${tenant} stays at ${plugin} ${version}.`;
    return carryOut(session, plugin, 'pin', { tenant, version: version ?? null }, () => said);
  },
});
