import type { TestSession } from './test-session.ts';

const CHANNEL = 'test_steps';

/** A step of an operation, told the moment it is committed to the journal. */
interface Step {
  step: string;
  state: string;
  /** Of this process, in milliseconds. */
  at: number;
}

/** Hears what the journal of operations is told, while it happens. */
export class StepWatch {
  readonly #listeners = new Set<(step: Step) => void>();

  static async start(admin: TestSession): Promise<StepWatch> {
    await admin.rows(`create function core.test_tell_step() returns trigger language plpgsql as $$
      begin
        perform pg_notify('${CHANNEL}', json_build_object('step', new.step, 'state', new.state)::text);
        return null;
      end $$`);
    await admin.rows(`create trigger test_tell_step after insert or update on core.plugin_operations
      for each row execute function core.test_tell_step()`);
    const watch = new StepWatch();
    await admin.listen(CHANNEL, (payload) => {
      const step = { ...(JSON.parse(payload) as Omit<Step, 'at'>), at: performance.now() };
      for (const listener of watch.#listeners) listener(step);
    });
    return watch;
  }

  /** How long each step takes while `work` is done, in milliseconds. */
  async durations(work: () => Promise<unknown>): Promise<Map<string, number>> {
    const steps: Step[] = [];
    const listener = (step: Step) => void steps.push(step);
    this.#listeners.add(listener);
    await work();
    this.#listeners.delete(listener);
    return new Map(steps.map(({ step, at }, index) => [step, (steps[index + 1]?.at ?? at) - at]));
  }

  /** `told` resolves when an operation begins the step. */
  reached(wanted: string): { told: Promise<void>; stop(): void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    const listener = ({ step, state }: Step) => {
      if (step === wanted && state === 'running') resolve();
    };
    this.#listeners.add(listener);
    return { told: promise, stop: () => void this.#listeners.delete(listener) };
  }
}
