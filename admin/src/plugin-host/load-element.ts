/** The plugin was updated while this page was open: its elements cannot be defined a second time. */
export class ReloadNeeded extends Error {
  constructor() {
    super('This plugin has been updated since the page was opened. Reload the page to use the new version.');
    this.name = 'ReloadNeeded';
  }
}

type Import = (url: string) => Promise<unknown>;

const MODULE_PATH = /^\/ui\/plugins\/[\w.+-]+\/[\w.+-]+\/[\w./-]+\.js$/;

/** Element → the module that defined it: as global as the browser's own registry. */
const definedBy = new Map<string, string>();

/** Defines plugins' elements by importing their modules, each once. */
export class ElementLoader {
  readonly #import: Import;
  readonly #failures = new Map<string, number>();

  constructor(load: Import = (url) => import(/* @vite-ignore */ url)) {
    this.#import = load;
  }

  /** The element's class. Not made by its name: the browser would hide what a constructor throws. */
  async define(element: string, module: string): Promise<CustomElementConstructor> {
    const before = customElements.get(element);
    if (before) {
      if (definedBy.get(element) === module) return before;
      throw new ReloadNeeded();
    }
    if (!MODULE_PATH.test(module) || module.includes('..')) throw new Error(`${module} is no plugin module.`);
    // Browsers remember a module that failed to load; another query makes them ask again.
    const failures = this.#failures.get(module) ?? 0;
    try {
      await this.#import(failures === 0 ? module : `${module}?attempt=${failures + 1}`);
    } catch (error) {
      this.#failures.set(module, failures + 1);
      throw error;
    }
    const defined = customElements.get(element);
    if (!defined) throw new Error(`${module} does not define <${element}>.`);
    definedBy.set(element, module);
    return defined;
  }
}
