import { UiProblem } from './contract.ts';

/**
 * The messages of a refused input by JSON pointer, e.g. `/skills/0/name`; several messages of one field are joined.
 * Empty for every other error.
 */
export function formErrors(problem: unknown): ReadonlyMap<string, string> {
  const messages = new Map<string, string>();
  if (!(problem instanceof UiProblem)) return messages;
  for (const { pointer, message } of problem.errors) {
    const known = messages.get(pointer);
    messages.set(pointer, known === undefined ? message : `${known} ${message}`);
  }
  return messages;
}

/** What to tell the person about any error thrown by `ctx.call`. */
export function problemMessage(problem: unknown): string {
  if (problem instanceof UiProblem) return problem.message;
  if (problem instanceof TypeError) return 'The server could not be reached. Check the connection and try again.';
  return 'Something went wrong on this page.';
}
