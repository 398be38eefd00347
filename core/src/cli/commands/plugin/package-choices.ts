import type { Invocation } from '../../command.ts';
import { strings, UsageError } from '../../command.ts';
import type { Query } from '../../operator/client.ts';
import { Refusal } from '../../operator/client.ts';
import type { Session } from '../../operator/operator-command.ts';

export const CHOICE_OPTIONS = {
  tier: { type: 'string' },
  'grant-all': { type: 'boolean' },
  grant: { type: 'string', multiple: true },
} as const;
export const CHOICE_SYNOPSIS = '[--tier sandbox|inline] [--grant-all] [--grant <capability>]…';
export const CHOICE_DETAILS = [
  '--tier <tier>          sandbox (the standard for what is new) or inline, for code you trust as your own',
  '--grant-all            grant every capability the package asks for',
  '--grant <capability>   grant this one; may be repeated',
];

export function choicesOf(values: Invocation['values']): Query {
  const { tier } = values;
  if (tier !== undefined && tier !== 'sandbox' && tier !== 'inline') {
    throw new UsageError('--tier is sandbox or inline.');
  }
  return { tier, grantAll: values['grant-all'] === true, grant: strings(values.grant) };
}

/** Sends a package; what it asks for and was not granted is shown, and granted if whoever is there agrees. */
export async function withConsent<T>(
  { output }: Session,
  choices: Query,
  send: (choices: Query) => Promise<T>,
): Promise<T> {
  try {
    return await send(choices);
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem.reason !== 'consent-needed') throw error;
    if (output.confirm) {
      output.err(`${error.problem.detail} It asks for:`);
      for (const { message } of error.problem.errors ?? []) output.err(`  ${message}`);
      if (await output.confirm('Grant this?')) return send({ ...choices, grantAll: true });
    }
    const errors = error.problem.errors ?? [];
    const grants = errors.map(({ message }) => `--grant ${message.slice(0, message.indexOf(': '))}`);
    const detail = `${error.problem.detail} Grant them with --grant-all, or one by one: ${grants.join(' ')}`;
    throw new Refusal({ ...error.problem, detail });
  }
}
