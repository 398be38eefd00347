import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A request that is sent again and again, whatever becomes of those before it. */
export interface Target {
  name: string;
  url: string;
  method: 'GET' | 'POST';
  token?: string;
  body?: string;
  /** Part of a right answer. */
  expected: string;
  everyMs: number;
}

/** Milliseconds of the answers to one target, and what was wrong with them. */
export interface Figures {
  count: number;
  p50: number;
  p99: number;
  failures: string[];
}

/** By target. */
export type Lap = Record<string, Figures>;

/** A process that asks the targets steadily. */
export class Prober {
  readonly #child: ChildProcess;
  readonly #control: ChildProcess;

  private constructor(child: ChildProcess, control: ChildProcess) {
    this.#child = child;
    this.#control = control;
  }

  /** Asks a server that does nothing as well (`control`): the two differ by what the platform is to blame for. */
  static async start(targets: readonly Target[]): Promise<Prober> {
    const control = fork(join(import.meta.dirname, 'control-process.ts'), { execArgv: [] });
    const [port] = (await once(control, 'message')) as [number];
    const url = `http://127.0.0.1:${port}/`;
    const all = [...targets, { name: 'control', url, method: 'GET', expected: 'ok', everyMs: 10 }];
    const child = fork(join(import.meta.dirname, 'prober-process.ts'), [JSON.stringify(all)], { execArgv: [] });
    return new Prober(child, control);
  }

  /** What has been seen since the last lap, and the begin of the next. */
  lap(): Promise<Lap> {
    return this.#ask('lap');
  }

  /** What has been seen since the last lap. */
  look(): Promise<Lap> {
    return this.#ask('look');
  }

  async #ask(question: 'lap' | 'look'): Promise<Lap> {
    this.#child.send(question);
    const [lap] = (await once(this.#child, 'message')) as [Lap];
    return lap;
  }

  stop(): void {
    this.#child.disconnect();
    this.#control.disconnect();
  }
}
