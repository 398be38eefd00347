import type { ExtractedDocument } from '@bazaar/sdk';
import type { ExtractionReply } from './protocol.ts';
import { type WorkerLimits, WorkerLost, WorkerProcess } from './worker-process.ts';

export interface PoolOptions extends WorkerLimits {
  size: number;
  /** A process is replaced after this many documents, or when it holds more memory than this after one. */
  recycleAfter: number;
  recycleBytes: number;
  /** Idle processes end after this time: they hold 100 MB. */
  idleMilliseconds: number;
}

interface Slot {
  worker: WorkerProcess | null;
  busy: boolean;
  idle: NodeJS.Timeout | null;
}

/** A fixed number of places for worker processes, started when needed and replaced before they grow old. */
export class WorkerPool {
  readonly #options: PoolOptions;
  readonly #slots: Slot[];

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.size }, () => ({ worker: null, busy: false, idle: null }));
  }

  get hasFreeSlot(): boolean {
    return this.#slots.some((slot) => !slot.busy);
  }

  /**
   * Call only with a free slot, which is taken before this returns; the bytes are loaded after that. Rejects with
   * `WorkerLost` when the document, or two processes, did not survive.
   */
  async run(format: ExtractedDocument['format'], load: () => Promise<Uint8Array>): Promise<ExtractionReply> {
    // A warm process first.
    const free = this.#slots.filter((slot) => !slot.busy);
    const slot = free.find((candidate) => candidate.worker?.alive) ?? free[0];
    if (!slot) throw new Error('no free document worker');
    slot.busy = true;
    if (slot.idle) clearTimeout(slot.idle);
    try {
      const bytes = await load();
      return await this.#attempt(slot, format, bytes).catch((error: unknown) => {
        // Killed from outside: the document may be innocent, it gets a second process.
        if (error instanceof WorkerLost && !error.byDocument) return this.#attempt(slot, format, bytes);
        throw error;
      });
    } finally {
      slot.busy = false;
      this.#settle(slot);
    }
  }

  async #attempt(slot: Slot, format: ExtractedDocument['format'], bytes: Uint8Array): Promise<ExtractionReply> {
    if (!slot.worker?.alive) slot.worker = new WorkerProcess(this.#options);
    const reply = await slot.worker.extract(format, bytes);
    slot.worker.memory = reply.memory;
    return reply;
  }

  #settle(slot: Slot): void {
    const { worker } = slot;
    if (!worker?.alive) {
      slot.worker = null;
    } else if (worker.served >= this.#options.recycleAfter || worker.memory > this.#options.recycleBytes) {
      this.#end(slot);
    } else {
      slot.idle = setTimeout(() => this.#end(slot), this.#options.idleMilliseconds).unref();
    }
  }

  #end(slot: Slot): void {
    slot.worker?.end();
    slot.worker = null;
  }

  /** Ends all processes, busy ones too. */
  close(): void {
    for (const slot of this.#slots) {
      if (slot.idle) clearTimeout(slot.idle);
      this.#end(slot);
    }
  }
}
