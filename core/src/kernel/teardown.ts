import type { Logger } from 'pino';

interface Step {
  name: string;
  stop(): Promise<void> | void;
}

/** What has been started, to be stopped in reverse order. One part that fails to stop does not keep the others. */
export class Teardown {
  readonly #steps: Step[] = [];
  #running: Promise<void> | undefined;

  add(name: string, stop: () => Promise<void> | void): void {
    this.#steps.push({ name, stop });
  }

  /** Stops everything, once; later calls wait for the first. */
  run(log: Pick<Logger, 'error'>): Promise<void> {
    this.#running ??= this.#runAll(log);
    return this.#running;
  }

  async #runAll(log: Pick<Logger, 'error'>): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step.stop();
      } catch (error) {
        log.error({ err: error, part: step.name }, 'a part of the platform did not stop in order');
      }
    }
  }
}
