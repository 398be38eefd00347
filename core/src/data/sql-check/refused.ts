/** SQL of a plugin that may not run. The message names what is wrong and what to write instead. */
export class SqlRefused extends Error {
  constructor(source: string, complaint: string) {
    super(`${source}: ${complaint}`);
    this.name = 'SqlRefused';
  }
}
