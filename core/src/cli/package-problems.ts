/** What is wrong with a plugin package, for the console. Errors that do not speak of a package are passed on. */
export function packageProblems(folder: string, error: unknown): string {
  if (!(error instanceof Error)) throw error;
  return `${folder}:\n${error.message.replaceAll(/^/gm, '  ')}`;
}
