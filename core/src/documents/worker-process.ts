import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExtractedDocument } from '@bazaar/sdk';
import type { ExtractionReply, ExtractionRequest } from './protocol.ts';

export interface WorkerLimits {
  /** Wall clock for one document. */
  milliseconds: number;
  /** Resident memory of the whole process, looked at ten times a second (on Linux). */
  memoryBytes: number;
  /** Of V8's old generation; beyond it the process ends itself. */
  heapMegabytes: number;
}

/** The worker ended without an answer: for its document's fault, or for one that is not known. */
export class WorkerLost extends Error {
  readonly byDocument: boolean;

  constructor(message: string, byDocument: boolean) {
    super(message);
    this.name = 'WorkerLost';
    this.byDocument = byDocument;
  }
}

const START_MS = 30_000;
const WATCH_MS = 100;
const PAGE_BYTES = 4096;

/** Folders the worker's code lies in: all that it may read. */
const ROOT = join(import.meta.dirname, '../../..');
const READABLE = ['core', 'sdk', 'node_modules', 'package.json'].map((name) => join(ROOT, name));

async function residentBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES;
}

/** A child process that reads one document after the other: no environment, no writing, no files but its code. */
export class WorkerProcess {
  /** Documents answered so far. */
  served = 0;
  /** Resident memory after the last document, in bytes. */
  memory = 0;
  readonly #child: ChildProcess;
  readonly #limits: WorkerLimits;
  readonly #ready: Promise<void>;
  #nextId = 1;
  #current: { id: number; settle(result: ExtractionReply | Error): void } | null = null;
  #killedFor: string | null = null;

  constructor(limits: WorkerLimits) {
    this.#limits = limits;
    this.#child = fork(join(import.meta.dirname, 'worker/main.ts'), {
      execArgv: [
        `--max-old-space-size=${limits.heapMegabytes}`,
        '--permission',
        '--allow-worker',
        ...READABLE.map((path) => `--allow-fs-read=${path}`),
        '--disable-warning=SecurityWarning',
      ],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    this.#ready = new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#kill('did not start in time'), START_MS);
      this.#child.once('message', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#child.once('error', (error) => {
        clearTimeout(timer);
        this.#killedFor ??= error.message;
        reject(new WorkerLost(`the document worker could not be started: ${error.message}`, false));
      });
      this.#child.once('exit', (code, signal) => {
        clearTimeout(timer);
        const why = this.#killedFor ?? `ended with ${signal ?? code}`;
        // V8 aborts when its heap is full; the signals of the outside are not the document's fault.
        const byDocument = this.#killedFor !== null || signal === 'SIGABRT' || signal === 'SIGSEGV' || code === 134;
        this.#killedFor = why;
        reject(new WorkerLost(`the document worker ${why}`, false));
        this.#current?.settle(new WorkerLost(`the document worker ${why}`, byDocument));
      });
    });
    this.#ready.catch(() => {
      // Told to whoever waits for it in `extract`.
    });
    this.#child.on('message', (message: ExtractionReply | 'ready') => {
      if (message !== 'ready' && this.#current && message.id === this.#current.id) this.#current.settle(message);
    });
    this.#rest();
  }

  get alive(): boolean {
    return this.#killedFor === null;
  }

  /** An idle worker does not keep the kernel's process from ending. */
  #rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  #kill(why: string): void {
    this.#killedFor ??= why;
    this.#child.kill('SIGKILL');
  }

  /** One at a time. Rejects with `WorkerLost` when the process ends first, also because a limit was reached. */
  async extract(format: ExtractedDocument['format'], bytes: Uint8Array): Promise<ExtractionReply> {
    this.#child.ref();
    this.#child.channel?.ref();
    await this.#ready;
    const id = this.#nextId++;
    const deadline = setTimeout(() => this.#kill('took too long'), this.#limits.milliseconds);
    const watch = setInterval(() => {
      residentBytes(this.#child.pid ?? 0).then((memory) => {
        if (memory > this.#limits.memoryBytes && this.#current?.id === id) this.#kill('took too much memory');
      });
    }, WATCH_MS);
    try {
      return await new Promise<ExtractionReply>((resolve, reject) => {
        this.#current = {
          id,
          settle: (result) => (result instanceof Error ? reject(result) : resolve(result)),
        };
        const request: ExtractionRequest = { id, format, bytes };
        this.#child.send(request, (error) => {
          // The exit that follows says why; without one the process cannot be used any more either.
          if (error) this.#kill('could not be reached');
        });
      });
    } finally {
      this.#current = null;
      clearTimeout(deadline);
      clearInterval(watch);
      this.served++;
      this.#rest();
    }
  }

  /** Ends the process now; a document it is reading is given up. */
  end(): void {
    this.#kill('was ended');
  }
}
