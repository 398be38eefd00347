import type { JsonObject } from '@bazaar/sdk';
import type { AdvisoryLocks } from '../data/index.ts';
import { ApiError, messageOf } from '../errors/index.ts';
import type { Log } from '../logging/index.ts';
import { operationLockOf, PackageError } from '../plugins/index.ts';
import { packageRefusal } from './intake.ts';
import { COMMITTED, type Journal } from './journal.ts';
import type { Operation, OperationKind, Operator } from './types.ts';

/** One operation under way: says what it does next before it does it. */
export interface Run {
  readonly id: string;
  step(name: string, known?: { version?: string; input?: JsonObject }): Promise<void>;
}

/** What is to be done, from what was read when nobody else could change it. */
export interface Plan {
  /** For the journal: with it the operation can be ended by somebody else. */
  input: JsonObject;
  work(run: Run): Promise<JsonObject>;
  /** Puts back what was there; is told the step that failed. Never asked once the effect is there. */
  undo?(run: Run, step: string): Promise<void>;
}

export interface OperationsOptions {
  journal: Pick<Journal, 'begin' | 'step' | 'end' | 'get' | 'isRunning' | 'giveUp'>;
  locks: Pick<AdvisoryLocks, 'tryAcquire'>;
  log: Pick<Log, 'error'>;
}

function underWay(plugin: string): ApiError {
  return new ApiError('conflict', `Another operation on ${plugin} is under way.`, { reason: 'operation-under-way' });
}

/** What the operator is told of a failure: refusals as they are, everything else with the step it happened in. */
function refusal(error: unknown, step: string): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof PackageError) return packageRefusal(error);
  const message = messageOf(error);
  return new ApiError('unprocessable', `It failed at the step "${step}": ${message}`, {
    reason: `${step}-failed`,
    cause: error,
  });
}

/** Runs operations, one at a time for each plugin over all nodes, each written down in the journal. */
export class Operations {
  readonly #options: OperationsOptions;

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  /** What `plan` refuses is not written down. Rejects with `ApiError`. */
  async run(kind: OperationKind, plugin: string, by: Operator, plan: () => Plan | Promise<Plan>): Promise<Operation> {
    const { journal, locks, log } = this.#options;
    const lock = await locks.tryAcquire(operationLockOf(plugin));
    if (!lock) throw underWay(plugin);
    try {
      // What a node has left behind is ended first: it must not be taken up after what is done now.
      if (await journal.isRunning(plugin)) throw underWay(plugin);
      const { input, work, undo } = await plan();
      // Nor what could not be ended yet.
      await journal.giveUp(plugin);
      const id = await journal.begin(kind, plugin, input, by);
      let current = 'begin';
      const run: Run = {
        id,
        step: async (name, known) => {
          lock.lost.throwIfAborted();
          current = name;
          await journal.step(id, name, known);
        },
      };
      try {
        await journal.end(id, 'done', await work(run));
      } catch (error) {
        const failed = refusal(error, current);
        if (failed.cause !== undefined && !(failed.cause instanceof PackageError)) {
          log.error({ plugin, kind, step: current, err: error }, 'an operation on a plugin failed');
        }
        let isCommitted = false;
        try {
          isCommitted = (await journal.get(id))?.step === COMMITTED;
          // Somebody else may have taken it up by now; doing it twice would do harm.
          if (lock.lost.aborted && !isCommitted) throw lock.lost.reason;
          if (!isCommitted) await undo?.(run, current);
          await journal.end(id, isCommitted ? 'done' : 'failed', {}, isCommitted ? undefined : failed.message);
        } catch (undoing) {
          // The journal still has it as running: whoever looks for what was left behind takes it up.
          log.error({ plugin, kind, step: current, err: undoing }, 'an operation that failed could not be undone yet');
        }
        if (!isCommitted) throw failed;
      }
      const operation = await journal.get(id);
      if (!operation) throw new Error(`the operation ${id} is not in the journal`);
      return operation;
    } finally {
      await lock.release();
    }
  }
}
