import type { Command, Invocation, Output } from '../command.ts';
import { OperatorClient, Refusal } from './client.ts';
import { connect } from './connection.ts';

/** One command line that is being carried out against a running kernel. */
export interface Session extends Invocation {
  client: OperatorClient;
  json: boolean;
  /** The result: as JSON where that was asked for, otherwise for people. */
  show(result: unknown, lines: readonly string[]): void;
}

export const CONNECTION_OPTIONS = { json: { type: 'boolean' }, url: { type: 'string' } } as const;
export const CONNECTION_DETAILS = [
  '--json                 the answer as JSON on standard output, also that of a refusal',
  '--url <address>        a platform elsewhere; BAZAAR_OPERATOR_EMAIL and BAZAAR_OPERATOR_PASSWORD sign in there',
];

function report({ problem }: Refusal, json: boolean, output: Output): void {
  if (json) output.out(JSON.stringify(problem, null, 2));
  output.err(`bazaar: ${problem.detail}`);
  for (const { pointer, message } of problem.errors ?? []) {
    if (message !== problem.detail) output.err(`  ${pointer}: ${message}`);
  }
}

/** A command that works through the API of a running kernel. */
export function operatorCommand({
  run,
  ...command
}: Omit<Command, 'run'> & { run(session: Session): Promise<number> }): Command {
  return {
    ...command,
    synopsis: `${command.synopsis} [--json]`.trimStart(),
    details: [...command.details, ...CONNECTION_DETAILS],
    options: { ...command.options, ...CONNECTION_OPTIONS },
    run: (invocation) => inSession(invocation, run),
  };
}

/** Connects, and says what the kernel refuses: exit code 1. */
export async function inSession(invocation: Invocation, run: (session: Session) => Promise<number>): Promise<number> {
  const { values, output } = invocation;
  const json = values.json === true;
  const url = typeof values.url === 'string' ? values.url : undefined;
  const client = new OperatorClient(() => connect(process.env, url));
  try {
    return await run({
      ...invocation,
      client,
      json,
      show(result, lines) {
        if (json) output.out(JSON.stringify(result, null, 2));
        else for (const line of lines) output.out(line);
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    report(error, json, output);
    return 1;
  }
}
