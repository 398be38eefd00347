import { StartupError } from '../errors/index.ts';
import { type Output, runCommand, UsageError, usage } from './command.ts';
import { COMMANDS, type CommandEntry } from './commands/index.ts';

/** `group`: the first word of the commands to show; all of them without it. */
function overview(group?: string): string {
  const shown = COMMANDS.filter(({ name }) => group === undefined || isIn(group, name));
  const width = Math.max(...shown.map(({ name }) => name.length));
  const lines = shown.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  const usage = `Usage: bazaar ${group === undefined ? '' : `${group} `}<command> [--help]`;
  return [usage, '', 'Commands:', ...lines].join('\n');
}

const isIn = (group: string, name: string) => name.startsWith(`${group} `);
const isHelp = (word: string | undefined) => word === '--help' || word === '-h' || word === 'help';

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
  if (first === undefined || isHelp(first)) {
    (first === undefined ? output.err : output.out)(overview());
    return first === undefined ? 2 : 0;
  }
  const [, second] = args;
  const isGroup = COMMANDS.some(({ name }) => isIn(first, name));
  if (isGroup && (second === undefined || isHelp(second))) {
    (second === undefined ? output.err : output.out)(overview(first));
    return second === undefined ? 2 : 0;
  }
  const found = find(args);
  if (!found) {
    const words = isGroup ? `${first} ${second}` : first;
    output.err(`bazaar: there is no command “${words}”.\n\n${overview(isGroup ? first : undefined)}`);
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
