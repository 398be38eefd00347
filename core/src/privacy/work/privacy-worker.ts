import { type ClaimedRequest, openSubject, RequestStore } from '../requests/index.ts';
import type { PrivacyDependencies } from './dependencies.ts';
import { runDeletion } from './run-deletion.ts';
import { NotYet, runErasure } from './run-erasure.ts';
import { runExport } from './run-export.ts';

/** An export that fails so often will not succeed; what must be erased is tried for ever. */
const EXPORT_ATTEMPTS = 6;

/** Works on requests that are due, one at a time on each node. */
export class PrivacyWorker {
  readonly #deps: PrivacyDependencies;
  readonly #store: RequestStore;
  #stopped = false;

  constructor(deps: PrivacyDependencies) {
    this.#deps = deps;
    this.#store = new RequestStore(deps.db, deps.timing.leaseMs);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Until nothing is due. */
  async work(): Promise<void> {
    while (!this.#stopped) {
      const request = await this.#store.claim();
      if (!request) return;
      await this.#run(request);
    }
  }

  async #run(request: ClaimedRequest): Promise<void> {
    const { timing, log } = this.#deps;
    const renewal = setInterval(() => {
      this.#store.renew(request).catch((error: unknown) => log.warn({ err: error }, 'a lease could not be renewed'));
    }, timing.leaseMs / 3);
    try {
      await this.#perform(request);
    } catch (error) {
      await this.#failed(request, error);
    } finally {
      clearInterval(renewal);
    }
  }

  async #perform(request: ClaimedRequest): Promise<void> {
    if (request.kind === 'tenant-deletion') return runDeletion(this.#deps, this.#store, request);
    const person = openSubject(this.#deps.sealer, request.subject);
    if (!person) {
      await this.#store.fail(request, 'Whom it is about can not be read: it was sealed with another BAZAAR_SECRET.');
      return;
    }
    if (request.kind === 'export') return runExport(this.#deps, this.#store, request, person);
    return runErasure(this.#deps, this.#store, request, person);
  }

  async #failed(request: ClaimedRequest, error: unknown): Promise<void> {
    const { timing, log } = this.#deps;
    if (error instanceof NotYet) {
      await this.#store.postpone(request, 'waiting', timing.waitMs, error.message);
      return;
    }
    log.error({ err: error, request: request.id, kind: request.kind }, 'work on personal data failed');
    const reason = 'Something went wrong; the log of the platform has the reason.';
    if (request.kind === 'export' && request.attempts >= EXPORT_ATTEMPTS) await this.#store.fail(request, reason);
    else await this.#store.postpone(request, 'queued', timing.retryMs(request.attempts), reason);
  }
}
