import { operatorCommand } from '../../operator/operator-command.ts';
import { carryOut } from '../../operator/outcomes.ts';

/** `bazaar plugin restore` */
export const pluginRestore = operatorCommand({
  name: 'plugin restore',
  summary: 'Bring a plugin back that was uninstalled, with all its data.',
  synopsis: '<plugin>',
  details: [],
  options: {},
  arguments: [1, 1],
  run(session) {
    const [plugin = ''] = session.positionals;
    return carryOut(session, plugin, 'restore', {}, ({ version }) => `${plugin} ${version} serves again.`);
  },
});
