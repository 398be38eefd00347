import type { Plugin } from '../../operator/answers.ts';
import { operatorCommand } from '../../operator/operator-command.ts';
import { carryOut } from '../../operator/outcomes.ts';

/** `bazaar plugin rollback` */
export const pluginRollback = operatorCommand({
  name: 'plugin rollback',
  summary: 'Return to the version that served before, or to a given one. No data are lost.',
  synopsis: '<plugin> [--version <version>]',
  details: [
    '--version <version>    one that is kept here; without it, the one that served before. Which one that is, is said',
    '                       first. A rollback makes the version it leaves the one before, so a second one without',
    '                       --version leads back to it',
  ],
  options: { version: { type: 'string' } },
  arguments: [1, 1],
  async run(session) {
    const { client, output, values, positionals } = session;
    const [plugin = ''] = positionals;
    const found = await client.call<Plugin>('GET', `/plugins/${encodeURIComponent(plugin)}`);
    const version = values.version ?? found.previousVersion;
    if (version !== null) output.err(`Return ${plugin} from ${found.activeVersion} to ${version}`);
    // What was said is what is done, whatever others do meanwhile.
    return carryOut(session, plugin, 'rollback', version === null ? {} : { version }, (operation) => {
      const { replaced } = operation.outcome;
      return `${plugin} ${operation.version} serves again. ${replaced} served before it: a rollback without --version returns there.`;
    });
  },
});
