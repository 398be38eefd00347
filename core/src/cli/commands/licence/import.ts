import { readFile } from 'node:fs/promises';
import { StartupError } from '../../../errors/index.ts';
import { operatorCommand } from '../../operator/operator-command.ts';

interface Imported {
  id: string;
  tenant: string;
  plugin: string;
  expiresAt: string | null;
}

/** `bazaar licence import` */
export const licenceImport = operatorCommand({
  name: 'licence import',
  summary: 'Take in a licence file.',
  synopsis: '<file>',
  details: ['It is refused when it was changed, has ended, or is for somebody else; the reason is told.'],
  options: {},
  arguments: [1, 1],
  async run({ client, positionals: [path = ''], show }) {
    const file = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw new StartupError(`${path} cannot be read: ${cause.message}`, { cause });
    });
    const licence = await client.call<Imported>('POST', '/licence-files', { body: { file } });
    const until = licence.expiresAt === null ? 'for ever' : `until ${licence.expiresAt}`;
    show(licence, [`${licence.tenant} may use ${licence.plugin} ${until} (${licence.id}).`]);
    return 0;
  },
});
