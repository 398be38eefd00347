import { StartupError } from '../../../errors/index.ts';
import type { Command, Invocation } from '../../command.ts';
import type { Verification } from '../../operator/answers.ts';
import { findKernel } from '../../operator/connection.ts';
import { CONNECTION_DETAILS, CONNECTION_OPTIONS, inSession, type Session } from '../../operator/operator-command.ts';
import { type PackageFile, withPackageFile } from '../../operator/package-file.ts';
import { CHOICE_DETAILS, CHOICE_OPTIONS, CHOICE_SYNOPSIS, choicesOf } from './package-choices.ts';

type Check = (file: PackageFile) => Promise<Verification>;

function lines({ package: pkg, problems, capabilities, conflicts, notes, tier }: Verification): string[] {
  const asked = capabilities.filter(({ granted }) => !granted);
  return [
    problems.length === 0
      ? `${pkg?.id} ${pkg?.version} is in order (${tier}, ${pkg?.integrity})`
      : `${pkg?.id} ${pkg?.version} is not in order:`,
    ...problems.map(({ step, pointer, message }) => `  ${pointer ?? step}: ${message.replaceAll('\n', '\n    ')}`),
    ...asked.map(({ capability, reason }) => `  asks for ${capability}: ${reason}`),
    ...conflicts.map((conflict) => `  needs a drained switch (--drain): ${conflict}`),
    ...notes.map((note) => `  ${note}`),
  ];
}

async function verifyAll({ positionals, values, output }: Invocation, check: Check): Promise<number> {
  const found: (Verification | { ok: false; problems: { step: string; message: string }[] })[] = [];
  for (const path of positionals) {
    try {
      const verification = await withPackageFile(path, check);
      found.push(verification);
      if (values.json !== true)
        for (const line of lines(verification)) (verification.ok ? output.out : output.err)(line);
    } catch (error) {
      if (!(error instanceof StartupError)) throw error;
      found.push({ ok: false, problems: [{ step: 'package', message: error.message }] });
      if (values.json !== true) output.err(error.message);
    }
  }
  if (values.json === true) output.out(JSON.stringify(found.length === 1 ? found[0] : found, null, 2));
  return found.every(({ ok }) => ok) ? 0 : 1;
}

function byKernel({ client, values }: Session): Check {
  return ({ archive }) => client.call<Verification>('POST', '/plugins/verify', { query: choicesOf(values), archive });
}

/** `bazaar plugin verify`: everything that installing would check; nothing is changed. */
export const pluginVerify: Command = {
  name: 'plugin verify',
  summary: 'Check a plugin as an installation would: manifest, migrations, named queries, handlers.',
  synopsis: `<folder or .tgz>… ${CHOICE_SYNOPSIS} [--offline] [--json]`,
  details: [
    'By the running platform if there is one, otherwise on a database that is thrown away.',
    ...CHOICE_DETAILS,
    '--offline              do not ask a running platform',
    ...CONNECTION_DETAILS,
  ],
  options: { ...CHOICE_OPTIONS, ...CONNECTION_OPTIONS, offline: { type: 'boolean' } },
  arguments: [1, 100],
  async run(invocation) {
    const { values } = invocation;
    const { tier } = choicesOf(values);
    const asks = values.offline !== true && (values.url !== undefined || (await findKernel(process.env)) !== undefined);
    if (asks) return inSession(invocation, (session) => verifyAll(session, byKernel(session)));
    const { verifyOffline } = await import('../../operator/verify-offline.ts');
    return verifyAll(invocation, ({ package: pkg }) => verifyOffline(pkg, tier === 'inline' ? 'inline' : 'sandbox'));
  },
};
