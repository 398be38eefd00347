import { readFile, writeFile } from 'node:fs/promises';
import { StartupError } from '../../../errors/index.ts';
import { createIssuerKey, publicPartOf } from '../../../licensing/index.ts';
import type { Command } from '../../command.ts';

/** `bazaar licence key` */
export const licenceKey: Command = {
  name: 'licence key',
  summary: 'Make the key with which licence files are signed, or show the public part of one.',
  synopsis: '<file> [--name <issuer>]',
  details: [
    'The private key stays in <file> (mode 0600), with the issuer. A file that is there already is only read.',
    '--name <issuer>        by which installations know the key; "issuer" without it',
  ],
  options: { name: { type: 'string' } },
  arguments: [1, 1],
  async run({ values, positionals: [file = ''], output }) {
    const name = typeof values.name === 'string' ? values.name : 'issuer';
    const existing = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw new StartupError(`${file} cannot be read: ${error.message}`);
    });
    let publicKey: string;
    if (existing === null) {
      const created = createIssuerKey();
      await writeFile(file, created.privateKey, { mode: 0o600, flag: 'wx' });
      publicKey = created.publicKey;
      output.err(`${file} holds the private key: keep it to yourself.`);
    } else {
      publicKey = readPublicPart(existing, file);
    }
    output.out(`BAZAAR_LICENCE_KEYS=${name}:${publicKey}`);
    return 0;
  },
};

function readPublicPart(pem: string, file: string): string {
  try {
    return publicPartOf(pem);
  } catch (cause) {
    throw new StartupError(`${file} is not the private key of an issuer.`, { cause });
  }
}
