import { strings, UsageError } from '../../command.ts';
import type { Operation } from '../../operator/answers.ts';
import { followed } from '../../operator/follow.ts';
import { operatorCommand, type Session } from '../../operator/operator-command.ts';
import { carryOut, mentionLagging } from '../../operator/outcomes.ts';
import { withPackageFile } from '../../operator/package-file.ts';
import { CHOICE_DETAILS, CHOICE_OPTIONS, choicesOf, withConsent } from './package-choices.ts';

function numberOf(values: Session['values'], name: string): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (typeof value !== 'string' || value.trim() === '' || !Number.isFinite(number)) {
    throw new UsageError(`--${name} is a number.`);
  }
  return number;
}

/** The answer's defaults stand for what was not given. */
function trialOf({ values }: Session) {
  const given = {
    percent: numberOf(values, 'percent'),
    maxErrorRate: numberOf(values, 'max-error-rate'),
    minCalls: numberOf(values, 'min-calls'),
  };
  const tenants = strings(values.tenant);
  if (tenants.length === 0 && given.percent === undefined) throw new UsageError('Give --tenant, --percent, or both.');
  return { tenants, ...given };
}

async function tryPackage(session: Session, path: string): Promise<number> {
  const choices = { ...choicesOf(session.values), ...trialOf(session) };
  return withPackageFile(path, async ({ archive, package: { manifest } }) => {
    const { client, output } = session;
    const { id, version } = manifest;
    const operation = await withConsent(session, choices, (query) =>
      followed(client, id, output, () => client.call<Operation>('POST', `/plugins/${id}/canary`, { query, archive })),
    );
    mentionLagging(operation, output);
    session.show(operation, [`${id} ${version} is on trial.`]);
    return 0;
  });
}

/** `bazaar plugin canary` */
export const pluginCanary = operatorCommand({
  name: 'plugin canary',
  summary: 'Let some tenants try a version; it ends by itself when too many of their calls fail.',
  synopsis: '<folder or .tgz> … | <plugin> --version <version> … | <plugin> --promote | <plugin> --stop',
  details: [
    '--tenant <slug>        a tenant that tries it; may be repeated',
    '--percent <0-100>      share of all tenants without a pin',
    '--max-error-rate <r>   share of failed calls, above 0 to 1, at which it ends by itself (0.05)',
    '--min-calls <n>        fewer calls say nothing (20)',
    '--version <version>    try a version that is kept here already',
    '--promote              let the version on trial serve everybody',
    '--stop                 end the trial',
    ...CHOICE_DETAILS,
  ],
  options: {
    ...CHOICE_OPTIONS,
    tenant: { type: 'string', multiple: true },
    percent: { type: 'string' },
    'max-error-rate': { type: 'string' },
    'min-calls': { type: 'string' },
    version: { type: 'string' },
    promote: { type: 'boolean' },
    stop: { type: 'boolean' },
  },
  arguments: [1, 1],
  async run(session) {
    const [subject = ''] = session.positionals;
    const { version, promote, stop } = session.values;
    const given = [version !== undefined, promote === true, stop === true].filter(Boolean).length;
    if (given > 1) throw new UsageError('Give one of --version, --promote and --stop.');
    if (promote === true) {
      return carryOut(session, subject, 'canary/promote', {}, (done) => `${subject} ${done.version} serves everybody.`);
    }
    if (stop === true) return carryOut(session, subject, 'canary/stop', {}, () => `The trial of ${subject} has ended.`);
    if (version === undefined) return tryPackage(session, subject);
    return carryOut(
      session,
      subject,
      'canary/start',
      { version, ...trialOf(session) },
      () => `${subject} ${version} is on trial.`,
    );
  },
});
