import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { configurationDocument } from '../../kernel/index.ts';
import type { Command } from '../command.ts';
import { PROJECT } from '../project.ts';

const FILE = resolve(PROJECT, 'docs/configuration.md');

/** `bazaar config`: what can be configured. */
export const config: Command = {
  name: 'config',
  summary: 'Explain every setting of the environment.',
  synopsis: '[--write | --check]',
  details: ['--write  update docs/configuration.md', '--check  fail when docs/configuration.md is not current'],
  options: { write: { type: 'boolean' }, check: { type: 'boolean' } },
  arguments: [0, 0],
  async run({ values, output }) {
    const document = configurationDocument();
    if (values.write === true) {
      await writeFile(FILE, document);
      return 0;
    }
    if (values.check === true) {
      if ((await readFile(FILE, 'utf8').catch(() => '')) === document) return 0;
      output.err('docs/configuration.md is not current. Run: npm run bazaar -- config --write');
      return 1;
    }
    output.out(document.trimEnd());
    return 0;
  },
};
