/** What went wrong at the start and has not been made good since, in words. */
export class StartProblems {
  /** `plugin`: of which; none when all are concerned. */
  #all: { plugin?: string; message: string }[] = [];

  get messages(): readonly string[] {
    return this.#all.map(({ message }) => message);
  }

  add(message: string, plugin?: string): void {
    this.#all.push(plugin === undefined ? { message } : { plugin, message });
  }

  /** The plugin is as it was told to be. */
  forget(plugin: string): void {
    this.#all = this.#all.filter((one) => one.plugin !== plugin);
  }
}
