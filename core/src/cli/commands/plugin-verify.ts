import { createInlineRuntime, describePackage, readPluginPackage } from '../../plugins/index.ts';
import type { Command } from '../command.ts';
import { packageProblems } from '../package-problems.ts';
import { silent } from '../silent.ts';

/** `bazaar plugin verify`: everything that installing would check, on a database that is thrown away. */
export const pluginVerify: Command = {
  name: 'plugin verify',
  summary: 'Check a plugin as an installation would: manifest, migrations, named queries, handlers.',
  synopsis: '<folder>…',
  details: [],
  options: {},
  arguments: [1, 100],
  async run({ positionals, output }) {
    let failed = false;
    for (const folder of positionals) {
      try {
        const { manifest, data, folder: root, entry, integrity } = await readPluginPackage(folder);
        await describePackage(data, silent);
        const runtime = await createInlineRuntime({ manifest, folder: root, entry, integrity });
        await runtime.close();
        output.out(`${manifest.id} ${manifest.version} is in order (${integrity})`);
      } catch (error) {
        output.err(packageProblems(folder, error));
        failed = true;
      }
    }
    return failed ? 1 : 0;
  },
};
