import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { ExtractedDocument } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import { detectContentType } from '../files/index.ts';
import type { Log } from '../logging/index.ts';
import { documentProblem } from './failure.ts';
import { FairQueue } from './fair-queue.ts';
import { LIMITS } from './limits.ts';
import type { DocumentExtractor } from './types.ts';
import { type PoolOptions, WorkerPool } from './worker-pool.ts';
import { WorkerLost } from './worker-process.ts';

export interface DocumentExtractorOptions {
  log: Pick<Log, 'info' | 'warn'>;
  /** Documents that may wait; more are refused. */
  maxWaiting?: number;
  pool?: Partial<PoolOptions>;
}

const POOL: PoolOptions = {
  size: Math.max(1, Math.min(2, availableParallelism() - 1)),
  milliseconds: LIMITS.milliseconds,
  memoryBytes: 768 * 1024 * 1024,
  heapMegabytes: 320,
  recycleAfter: 200,
  recycleBytes: 350 * 1024 * 1024,
  idleMilliseconds: 60_000,
};

/** An archive that is no known document is looked at as DOCX all the same: the worker tells a broken one. */
const FORMATS: Record<string, ExtractedDocument['format'] | undefined> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-word.document.macroenabled.12': 'docx',
  'application/zip': 'docx',
  'text/plain': 'text',
};

interface Job {
  path: string;
  format: ExtractedDocument['format'];
  resolve(document: ExtractedDocument): void;
  reject(error: unknown): void;
}

async function formatOf(path: string): Promise<ExtractedDocument['format']> {
  const { size } = await stat(path);
  if (size > LIMITS.inputBytes) throw documentProblem('document-too-large');
  if (size === 0) throw documentProblem('document-broken');
  const type = await detectContentType(path);
  if (type === 'application/x-ole-encrypted') throw documentProblem('document-encrypted');
  const format = FORMATS[type];
  if (!format) throw documentProblem('document-type-unsupported');
  return format;
}

class PooledExtractor implements DocumentExtractor {
  readonly #log: DocumentExtractorOptions['log'];
  readonly #maxWaiting: number;
  readonly #pool: WorkerPool;
  readonly #waiting = new FairQueue<Job>();
  #closed = false;

  constructor({ log, maxWaiting = 500, pool = {} }: DocumentExtractorOptions) {
    this.#log = log;
    this.#maxWaiting = maxWaiting;
    this.#pool = new WorkerPool({ ...POOL, ...pool });
  }

  async extract(path: string, queue = ''): Promise<ExtractedDocument> {
    const format = await formatOf(path);
    if (this.#closed) throw this.#unavailable('documents-stopping');
    if (this.#waiting.size >= this.#maxWaiting) throw this.#unavailable('documents-busy');
    return new Promise((resolve, reject) => {
      this.#waiting.add(queue, { path, format, resolve, reject });
      this.#next();
    });
  }

  #unavailable(reason: string): ApiError {
    return new ApiError('unavailable', 'Documents cannot be read at the moment. Try again later.', { reason });
  }

  #next(): void {
    while (this.#pool.hasFreeSlot) {
      const job = this.#waiting.take();
      if (!job) return;
      this.#work(job)
        .then(job.resolve, job.reject)
        .finally(() => this.#next());
    }
  }

  async #work({ path, format }: Job): Promise<ExtractedDocument> {
    const started = performance.now();
    // Read only now: waiting documents take no memory.
    const work = this.#pool.run(format, () => readFile(path));
    const reply = await work.catch((error: unknown) => {
      if (!(error instanceof WorkerLost)) throw error;
      if (this.#closed) throw this.#unavailable('documents-stopping');
      this.#log.warn({ format, err: error }, 'document worker lost');
      throw documentProblem('document-too-complex', error);
    });
    const milliseconds = Math.round(performance.now() - started);
    if ('failure' in reply) {
      this.#log.info({ format, milliseconds, reason: reply.failure, cause: reply.cause }, 'document not readable');
      throw documentProblem(reply.failure);
    }
    return reply.document;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (let job = this.#waiting.take(); job; job = this.#waiting.take()) {
      job.reject(this.#unavailable('documents-stopping'));
    }
    this.#pool.close();
  }
}

/** Reads documents in child processes, one or two at a time. Processes start with the first document. */
export function createDocumentExtractor(options: DocumentExtractorOptions): DocumentExtractor {
  return new PooledExtractor(options);
}
