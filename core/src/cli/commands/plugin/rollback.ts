import { operatorCommand } from '../../operator/operator-command.ts';
import { carryOut } from '../../operator/outcomes.ts';

/** `bazaar plugin rollback` */
export const pluginRollback = operatorCommand({
  name: 'plugin rollback',
  summary: 'Return to the version that served before, or to a given one. No data are lost.',
  synopsis: '<plugin> [--version <version>]',
  details: ['--version <version>    one that is kept here; the one before without it'],
  options: { version: { type: 'string' } },
  arguments: [1, 1],
  run(session) {
    const [plugin = ''] = session.positionals;
    const { version } = session.values;
    return carryOut(
      session,
      plugin,
      'rollback',
      version === undefined ? {} : { version },
      (operation) => `${plugin} ${operation.version} serves again.`,
    );
  },
});
