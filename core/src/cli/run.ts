import { StartupError } from '../errors/index.ts';
import { type Output, runCommand, UsageError, usage } from './command.ts';
import { COMMANDS, type CommandEntry } from './commands/index.ts';

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ['Usage: bazaar <command> [--help]', '', 'Commands:', ...lines].join('\n');
}

function find(args: readonly string[]): { entry: CommandEntry; rest: readonly string[] } | undefined {
  for (const entry of COMMANDS) {
    const words = entry.name.split(' ');
    if (words.every((word, index) => args[index] === word)) return { entry, rest: args.slice(words.length) };
  }
  return undefined;
}

/**
 * Runs one command line. Exit codes: 0 done, 1 the command found something wrong or could not be carried out,
 * 2 the command line makes no sense.
 */
export async function run(args: readonly string[], output: Output): Promise<number> {
  const [first] = args;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    (first === undefined ? output.err : output.out)(overview());
    return first === undefined ? 2 : 0;
  }
  const found = find(args);
  if (!found) {
    output.err(`bazaar: there is no command “${args.slice(0, 2).join(' ')}”.\n\n${overview()}`);
    return 2;
  }
  const command = await found.entry.load();
  try {
    return await runCommand(command, found.rest, output);
  } catch (error) {
    if (error instanceof UsageError) {
      output.err(`bazaar: ${error.message}\n\n${usage(command)}`);
      return 2;
    }
    if (error instanceof StartupError) {
      output.err(`bazaar: ${error.message}`);
      return 1;
    }
    throw error;
  }
}
