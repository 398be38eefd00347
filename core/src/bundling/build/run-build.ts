import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { type InputOptions, type OutputOptions, type RolldownOutput, rolldown } from 'rolldown';
import { BundleError } from '../bundle-error.ts';
import { LIMITS } from '../limits.ts';
import type { BuiltFile } from '../protocol.ts';
import type { BundleIssue } from '../types.ts';

/** Words of a log longer than this say no more. */
const MESSAGE_LENGTH = 600;

/** Nothing that lies in a package configures the build. */
export const NEUTRAL: InputOptions = {
  platform: 'neutral',
  tsconfig: false,
  logLevel: 'silent',
  checks: { pluginTimings: false },
  resolve: {
    extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'],
    mainFields: ['module', 'main'],
    conditionNames: ['import', 'require', 'default'],
  },
};

interface Complaint {
  message?: string;
  id?: string;
  loc?: { file?: string; line: number; column: number };
}

/** What the bundler says about one mistake, without its drawing of the code. */
function toIssue(root: string, { message = '', id, loc }: Complaint): BundleIssue {
  const file = loc?.file ?? id ?? '';
  const place = loc ? ` (line ${loc.line})` : '';
  const [text = ''] = message
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal.
    .replaceAll(/\u001b\[[0-9;]*m/g, '')
    .split('\n');
  return { file: file === '' ? '' : relative(root, file), message: `${text.slice(0, MESSAGE_LENGTH)}${place}` };
}

/** Bundles in this process and writes nothing. Throws `BundleError`; `issues` are those of the plugins. */
export async function runBuild(
  root: string,
  input: InputOptions,
  output: OutputOptions,
  issues: readonly BundleIssue[],
): Promise<RolldownOutput['output']> {
  const bundle = await rolldown({ ...NEUTRAL, cwd: root, ...input });
  try {
    return (await bundle.generate(output)).output;
  } catch (error) {
    if (issues.length > 0) throw new BundleError(issues.slice(0, 20));
    const complaints = (error as { errors?: Complaint[] }).errors ?? [error as Complaint];
    throw new BundleError(complaints.slice(0, 20).map((complaint) => toIssue(root, complaint)));
  } finally {
    await bundle.close();
  }
}

/** The built files. Throws `BundleError` when there is something else than code, or too much of it. */
export function builtFiles(output: RolldownOutput['output']): BuiltFile[] {
  const files = output.map((file): BuiltFile => {
    if (file.type === 'chunk') return { name: file.fileName, code: file.code };
    throw new BundleError([{ file: file.fileName, message: 'is no code; a bundle is made of modules only' }]);
  });
  const bytes = files.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
  if (bytes > LIMITS.outputBytes) {
    throw new BundleError([
      { file: '', message: `${bytes} bytes come out; at most ${LIMITS.outputBytes} are possible` },
    ]);
  }
  return files;
}

/** Real path of a package's folder. */
export function realFolder(folder: string): string {
  return realpathSync(folder);
}
