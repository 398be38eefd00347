import { parseSync } from 'rolldown/utils';
import { messageOf } from '../../errors/index.ts';

const DYNAMIC_IMPORT = /\bimport\s*(?:\/\*[\s\S]*?\*\/\s*|\/\/[^\n]*\n\s*)*\(/;

/** Whether a module imports what only its run decides: no bundle can hold that. */
function importsUnknown(file: string, code: string): boolean {
  if (!DYNAMIC_IMPORT.test(code)) return false;
  const pending: unknown[] = [parseSync(file, code).program];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { type, source } = node as { type?: unknown; source?: { type?: unknown } };
    if (type === 'ImportExpression' && source?.type !== 'Literal') return true;
    pending.push(...Object.values(node));
  }
  return false;
}

/** What is wrong with one source file that the bundler would not say, or not as clearly. */
export function sourceProblem(file: string, code: string, type: 'js' | 'ts' | 'json'): string | undefined {
  if (type !== 'json') {
    return importsUnknown(file, code) ? 'imports a module by an expression; write its name as plain text' : undefined;
  }
  try {
    JSON.parse(code);
    return undefined;
  } catch (error) {
    return `is not JSON: ${messageOf(error)}`;
  }
}
