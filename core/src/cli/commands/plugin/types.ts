import { relative } from 'node:path';
import { generateContractFor } from '../../../plugins/index.ts';
import type { Command } from '../../command.ts';
import { describePackage } from '../../describe-package.ts';
import { packageProblems } from '../../package-problems.ts';
import { PROJECT, pluginFolders } from '../../project.ts';

/** `bazaar plugin types`: the static contract a plugin's handlers are checked against. */
export const pluginTypes: Command = {
  name: 'plugin types',
  summary: 'Write src/contract.generated.ts from the manifest, the migrated tables and the named queries.',
  synopsis: '<folder>… [--check]',
  details: ['--check  write nothing; fail when a file is not current'],
  options: { check: { type: 'boolean' } },
  arguments: [1, 100],
  async run({ values, positionals, output }) {
    const check = values.check === true;
    // What a plugin calls and hears may be a plugin of the project, wherever its own folder is.
    const otherFolders = await pluginFolders(PROJECT);
    let failed = false;
    for (const folder of positionals) {
      try {
        const { file, changed } = await generateContractFor(folder, {
          check,
          otherFolders,
          describe: describePackage,
        });
        const shown = relative(process.cwd(), file);
        if (changed && check) {
          output.err(`${shown} is not current. Run: npm run bazaar -- plugin types ${folder}`);
          failed = true;
        } else {
          output.out(`${shown} ${changed ? 'written' : 'is current'}`);
        }
      } catch (error) {
        output.err(packageProblems(folder, error));
        failed = true;
      }
    }
    return failed ? 1 : 0;
  },
};
