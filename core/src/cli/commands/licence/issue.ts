import { readFile, writeFile } from 'node:fs/promises';
import { StartupError } from '../../../errors/index.ts';
import { type OfflineLicence, signLicence } from '../../../licensing/index.ts';
import { type Command, type Invocation, strings, UsageError } from '../../command.ts';

const PLANS = ['one-time', 'monthly', 'annual'] as const;
const REQUIRED = ['key', 'installation', 'tenant', 'plugin'] as const;

/** `bazaar licence issue` */
export const licenceIssue: Command = {
  name: 'licence issue',
  summary: 'Sign a licence file for an installation without a connection.',
  synopsis: '--key <file> --installation <id> --tenant <slug> --plugin <plugin>',
  details: [
    '--key <file>           the private key of `licence key`',
    '--name <issuer>        by which the installation knows the key; "issuer" without it',
    '--installation <id>    as `licence show` tells on the installation',
    '--tenant <slug>        whom it is for',
    '--plugin <plugin>      what may be used',
    '--plan <plan>          one-time (the default), monthly or annual',
    '--expires <moment>     ISO 8601, e.g. 2027-11-21T00:00:00Z; for ever without it',
    '--seats <number>       how many people; any number without it',
    '--limit <meter=number> how many of a meter in a month; may be given more than once',
    '--revoke <id>          a file that holds no longer; may be given more than once',
    '--out <file>           where to; standard output without it',
  ],
  options: {
    key: { type: 'string' },
    name: { type: 'string' },
    installation: { type: 'string' },
    tenant: { type: 'string' },
    plugin: { type: 'string' },
    plan: { type: 'string' },
    expires: { type: 'string' },
    seats: { type: 'string' },
    limit: { type: 'string', multiple: true },
    revoke: { type: 'string', multiple: true },
    out: { type: 'string' },
  },
  arguments: [0, 0],
  async run({ values, output }) {
    const licence = licenceOf(values);
    const privateKey = await readFile(String(values.key), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw new StartupError(`${values.key} cannot be read: ${cause.message}`, { cause });
    });
    const name = typeof values.name === 'string' ? values.name : 'issuer';
    const file = await signLicence(licence, { name, privateKey }).catch((cause: Error) => {
      const why = /not complete/.test(cause.message)
        ? 'a value is not of its form'
        : 'the key is not that of an issuer';
      throw new StartupError(`The licence could not be signed: ${why}.`, { cause });
    });
    if (typeof values.out === 'string') {
      await writeFile(values.out, `${file}\n`);
      output.err(`${values.out} written.`);
    } else output.out(file);
    return 0;
  },
};

function licenceOf(values: Invocation['values']): Omit<OfflineLicence, 'id'> {
  for (const option of REQUIRED) {
    if (typeof values[option] !== 'string') throw new UsageError(`Missing: --${option}.`);
  }
  const plan = PLANS.find((one) => one === (values.plan ?? 'one-time'));
  if (!plan) throw new UsageError(`--plan is one of ${PLANS.join(', ')}.`);
  return {
    installation: String(values.installation),
    tenant: String(values.tenant),
    plugin: String(values.plugin),
    plan,
    issuedAt: new Date().toISOString(),
    expiresAt: typeof values.expires === 'string' ? momentOf(values.expires) : null,
    seats: typeof values.seats === 'string' ? countOf(values.seats, '--seats') : null,
    limits: Object.fromEntries(strings(values.limit).map(limitOf)),
    revokes: strings(values.revoke),
  };
}

function momentOf(text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw new UsageError('--expires is a moment as 2027-11-21T00:00:00Z.');
  return moment.toISOString();
}

function countOf(text: string, option: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} is a number.`);
  return Number(text);
}

function limitOf(text: string): [string, number] {
  const [meter = '', count = ''] = text.split('=');
  if (meter === '') throw new UsageError('--limit is <meter>=<number>.');
  return [meter, countOf(count, '--limit')];
}
