import { readFile } from 'node:fs/promises';
import { StartupError } from '../../../errors/index.ts';
import { decodeLicence } from '../../../licensing/index.ts';
import type { Page } from '../../operator/answers.ts';
import { operatorCommand } from '../../operator/operator-command.ts';
import { table } from '../../table.ts';

interface Imported {
  id: string;
  tenant: string;
  plugin: string;
  issuedAt: string;
  importedAt: string;
  revoked: boolean;
}

/** `bazaar licence show` */
export const licenceShow = operatorCommand({
  name: 'licence show',
  summary: 'Show what a licence file says, or which were taken in, and the id of this installation.',
  synopsis: '[<file>]',
  details: ['What a file says is shown without a platform; whether it holds is found out by taking it in.'],
  options: {},
  arguments: [0, 1],
  async run({ client, positionals: [path], show }) {
    if (path !== undefined) {
      const { issuer, licence } = await fileAt(path);
      const lines = Object.entries(licence).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
      show({ issuer, ...licence }, [`issuer: ${JSON.stringify(issuer)}`, ...lines]);
      return 0;
    }
    const { installation } = await client.call<{ installation: string }>('GET', '/installation');
    const { items } = await client.call<Page<Imported>>('GET', '/licence-files', { query: { limit: 100 } });
    const rows = items.map(({ id, tenant, plugin, issuedAt, importedAt, revoked }) => [
      id,
      tenant,
      plugin,
      issuedAt,
      importedAt,
      revoked ? 'revoked' : 'holds',
    ]);
    const files = rows.length === 0 ? ['No licence file was taken in.'] : listed(rows);
    show({ installation, files: items }, [`Installation: ${installation}`, ...files]);
    return 0;
  },
});

function listed(rows: string[][]): string[] {
  return table(['id', 'tenant', 'plugin', 'issued', 'taken in', 'state'], rows);
}

async function fileAt(path: string): Promise<ReturnType<typeof decodeLicence>> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new StartupError(`${path} cannot be read: ${cause.message}`, { cause });
  });
  try {
    return decodeLicence(text);
  } catch (cause) {
    throw new StartupError(`${path} is not a licence file.`, { cause });
  }
}
