import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { messageOf } from '../../errors/index.ts';
import { placeBehind } from '../../processes/index.ts';
import type { ChildSettings } from '../child/sandbox.ts';
import { FrameLink } from '../wire/frame-link.ts';
import { FRAME, type Frame, type FrameFields, type FrameType } from '../wire/frames.ts';
import { Turns } from '../wire/turns.ts';
import type { HostCode } from './host-code.ts';
import { type LaunchPlan, pickUid } from './launch.ts';
import { Silence } from './silence.ts';

export interface ProcessOptions {
  plan: LaunchPlan;
  code: HostCode;
  settings: ChildSettings;
  startMs: number;
}

export interface ProcessEvents {
  frame(frame: Frame): void;
  /** Once. `why` in words. */
  ended(why: string): void;
}

/** One child process, seen from the kernel. */
export class SandboxProcess {
  readonly #child: ChildProcess;
  readonly #link: FrameLink;
  readonly #events: ProcessEvents;
  #why: string | undefined;
  #ended = false;
  #broken: string | undefined;
  #started = false;
  #holds = 0;
  #stderr = '';
  #isHeld = false;
  /** When a frame of it was last read, on the clock of `performance.now`. */
  heardAt = performance.now();
  readonly silence = new Silence();

  constructor({ plan, code, settings, startMs }: ProcessOptions, events: ProcessEvents) {
    this.#events = events;
    const command = [
      ...plan.wrapper(pickUid()),
      code.node,
      ...plan.nodeFlags,
      join(code.folder, 'main.mjs'),
      JSON.stringify(settings),
    ];
    const [file = code.node, ...args] = command;
    this.#child = spawn(file, args, {
      env: {},
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      // A session of its own: in the kernel's it would have all of the kernel's share before any statement of a plugin.
      detached: true,
    });
    yieldToKernel(this.#child.pid);
    const timer = setTimeout(() => this.kill('did not start in time'), startMs);
    const turns = new Turns(
      (frame) => {
        if (this.#ended) return;
        try {
          events.frame(frame);
        } catch (error) {
          // Nothing a process says may end the kernel.
          this.#breakOff(messageOf(error));
        }
      },
      (isFull) => {
        this.#link.hold(isFull);
        this.#isHeld = isFull;
        this.heardAt = performance.now();
      },
    );
    const socket = this.#child.stdio[3] as Socket;
    this.#link = new FrameLink(
      socket,
      (frame) => {
        this.heardAt = performance.now();
        if (frame.type === FRAME.ready) {
          clearTimeout(timer);
          this.#started = true;
        } else turns.take(frame);
      },
      (why) => this.#breakOff(why),
    );
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      if (this.#stderr.length < 2_000) this.#stderr += chunk.toString('utf8').slice(0, 2_000);
    });
    const over = (why: string) => {
      clearTimeout(timer);
      this.#finish(why);
    };
    this.#child.once('error', (error) => over(`could not be started: ${error.message}`));
    this.#child.once('exit', (code, signal) => over(this.#why ?? ended(code, signal, this.#broken)));
    this.#child.unref();
    socket.unref();
    (this.#child.stderr as Socket | null)?.unref();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** While anything is held, the process keeps the kernel's from ending. */
  hold(): void {
    this.#holds += 1;
    if (this.#holds === 1) this.#child.ref();
  }

  release(): void {
    this.#holds -= 1;
    if (this.#holds === 0) this.#child.unref();
  }

  /** Reading is paused: the process has sent more than could be handled. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  get isStarted(): boolean {
    return this.#started;
  }

  get alive(): boolean {
    return !this.#ended && this.#why === undefined;
  }

  /** The last it said on its way out, for the log. */
  get lastWords(): string {
    return this.#stderr.trim().slice(0, 1_000);
  }

  send(type: FrameType, fields?: FrameFields): void {
    this.#link.send(type, fields);
  }

  kill(why: string): void {
    if (this.#ended) return;
    this.#why ??= why;
    this.#child.kill('SIGKILL');
  }

  #breakOff(why: string): void {
    this.#broken = `lost its connection: ${why}`;
    this.#child.kill('SIGKILL');
  }

  #finish(why: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#link.close();
    this.#events.ended(why);
  }
}

/** The niceness of guests: while there is more work than processors, they get about a quarter. */
const BEHIND_KERNEL = 5;

/** At once: threads that it starts later are given what it has then. */
function yieldToKernel(pid: number | undefined): void {
  if (pid === undefined) return;
  // It may have ended already, which is noticed in any case; where sessions have no shares, there is nothing to place.
  placeBehind(pid, BEHIND_KERNEL).catch(() => undefined);
}

/** A process that aborts also breaks its connection: how it ended says more than that. */
function ended(code: number | null, signal: string | null, broken: string | undefined): string {
  return signal === 'SIGKILL' && broken !== undefined ? broken : `ended with ${signal ?? `code ${code}`}`;
}
