import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { LoadAnswer, LoadPlan } from '../load-process.ts';

const PROCESS = resolve(import.meta.dirname, '../load-process.ts');

/** Requests from a process of their own. */
export class Load {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(plan: LoadPlan): Promise<Load> {
    const child = fork(PROCESS, { serialization: 'advanced', execArgv: [] });
    await once(child, 'message');
    child.send(plan);
    return new Load(child);
  }

  /** Resolves with every answer when the last has come. */
  async stop(): Promise<{ answers: LoadAnswer[]; seconds: number }> {
    const result = once(this.#child, 'message');
    this.#child.send('stop');
    const [report] = await result;
    return report as { answers: LoadAnswer[]; seconds: number };
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** The moments of `times`, sorted, that this share of them does not exceed. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
