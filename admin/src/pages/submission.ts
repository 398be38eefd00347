import { formErrors, problemMessage } from '@bazaar/sdk/ui';
import type { App } from '../app/app.ts';

interface Page {
  app: Pick<App, 'notify'>;
  requestUpdate(): void;
}

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * Sends what people have entered on a page, one thing at a time. A refusal is shown at its field where the page has one
 * for it, otherwise in a notification. Updates the page.
 */
export class Submission {
  busy = false;
  /** What was refused last, by JSON pointer. */
  errors = NONE;
  readonly #page: Page;
  readonly #isShown: (pointer: string) => boolean;

  /** `isShown`: whether the page shows what is wrong with this field now. */
  constructor(page: Page, isShown: (pointer: string) => boolean = () => false) {
    this.#page = page;
    this.#isShown = isShown;
  }

  /** Does nothing while another one is under way. */
  async run(work: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.errors = NONE;
    this.#page.requestUpdate();
    try {
      await work();
    } catch (error) {
      this.errors = formErrors(error);
      if (![...this.errors.keys()].some(this.#isShown)) this.#page.app.notify(problemMessage(error), 'error');
    }
    this.busy = false;
    this.#page.requestUpdate();
  }

  /** Forgets what was refused: the fields now show something else. */
  forget(): void {
    this.errors = NONE;
    this.#page.requestUpdate();
  }
}
