import { type ParseArgsConfig, parseArgs } from 'node:util';
import { messageOf } from '../errors/index.ts';

export type Options = NonNullable<ParseArgsConfig['options']>;

/** Where a command writes. */
export interface Output {
  /** Results, for people and pipes. */
  out(line: string): void;
  /** Progress and complaints. */
  err(line: string): void;
  /** Asks whoever sits at the terminal; absent where nobody does. */
  confirm?(question: string): Promise<boolean>;
}

export interface Invocation {
  values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  positionals: readonly string[];
  output: Output;
}

/** One command of the `bazaar` program. */
export interface Command {
  /** As typed, e.g. `plugin lock`. */
  name: string;
  summary: string;
  /** What follows the name, e.g. `<folder> [--check]`. */
  synopsis: string;
  /** Explains each option, one line each. */
  details: readonly string[];
  options: Options;
  /** Fewest and most positional arguments. */
  arguments: readonly [number, number];
  /** Resolves with the exit code. */
  run(invocation: Invocation): Promise<number>;
}

/** The arguments do not fit; exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export function usage(command: Command): string {
  const lines = [`Usage: bazaar ${command.name} ${command.synopsis}`.trimEnd(), '', command.summary];
  if (command.details.length > 0) lines.push('', ...command.details.map((line) => `  ${line}`));
  return lines.join('\n');
}

/** The values of an option that may be given more than once. */
export function strings(value: Invocation['values'][string]): string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((item): item is string => typeof item === 'string');
}

/** Reads the arguments and runs the command, or shows its usage. */
export async function runCommand(command: Command, args: readonly string[], output: Output): Promise<number> {
  let parsed: Pick<Invocation, 'values' | 'positionals'>;
  try {
    parsed = parseArgs({
      args: [...args],
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
  if (parsed.values.help === true) {
    output.out(usage(command));
    return 0;
  }
  const [fewest, most] = command.arguments;
  const { length } = parsed.positionals;
  if (length < fewest || length > most) {
    const [wanted = 'an argument'] = /^<[^>]+>/.exec(command.synopsis) ?? [];
    throw new UsageError(length < fewest ? `Missing: ${wanted}.` : `Unexpected: ${parsed.positionals.at(-1)}.`);
  }
  return command.run({ ...parsed, output });
}
