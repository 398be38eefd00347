import type { AdvisoryLocks, PluginData } from '../data/index.ts';
import { ApiError, messageOf } from '../errors/index.ts';
import type { Log } from '../logging/index.ts';
import { type LockEntry, operationLockOf, PackageError, type PluginHost } from '../plugins/index.ts';
import type { DrainedSwitch } from './drained-switch.ts';
import type { Installs } from './installs.ts';
import { COMMITTED, type Interrupted, type Journal } from './journal.ts';
import type { Run } from './operations.ts';
import type { ExportProgress, Removals } from './removals.ts';
import type { CanaryRequest } from './types.ts';
import type { VersionChanges } from './version-changes.ts';

export interface RecoverOptions {
  journal: Pick<Journal, 'running' | 'interrupted' | 'step' | 'end' | 'postpone'>;
  pauses: Pauses;
  locks: Pick<AdvisoryLocks, 'tryAcquire'>;
  host: PluginHost;
  data: PluginData;
  installs: Installs;
  versions: Pick<VersionChanges, 'resumeHalt'>;
  removals: Removals;
  drained: Pick<DrainedSwitch, 'breakOff'>;
  log: Pick<Log, 'warn' | 'error'>;
}

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 600_000;

/** When this node tries again what it could not end; each of its starts tries everything at once. */
export class Pauses {
  readonly #now: () => number;
  /** Operation → how long the pause is, and when it is over. */
  readonly #pauses = new Map<string, { ms: number; until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  isOver(operation: string): boolean {
    return this.#now() >= (this.#pauses.get(operation)?.until ?? 0);
  }

  /** Each pause of an operation is twice as long as the one before. */
  begin(operation: string): void {
    const before = this.#pauses.get(operation)?.ms;
    const ms = before === undefined ? FIRST_PAUSE_MS : Math.min(before * 2, LONGEST_PAUSE_MS);
    this.#pauses.set(operation, { ms, until: this.#now() + ms });
  }

  /** Forgets all others: they have ended. */
  keep(operations: readonly string[]): void {
    for (const operation of this.#pauses.keys()) if (!operations.includes(operation)) this.#pauses.delete(operation);
  }
}

interface KnownInput extends ExportProgress {
  entry?: LockEntry;
  retentionDays?: number;
  /** Of a trial that ended by itself; `null` when the operator ended it. */
  reason?: string | null;
  version?: string;
  export?: boolean;
  canary?: CanaryRequest;
}

/**
 * Ends what nodes that are gone had begun: finishes what has touched the plugin's tables or what serves, and undoes
 * everything before that. Whoever holds an operation's lock is alive and is left alone. What fails for a reason that may
 * pass stays in the journal, with the reason, and is tried again after a pause.
 */
export async function recoverOperations(options: RecoverOptions): Promise<void> {
  const { journal, locks, pauses } = options;
  const running = await journal.running();
  pauses.keep(running.map(({ id }) => id));
  for (const { id, plugin } of running) {
    if (!pauses.isOver(id)) continue;
    const lock = await locks.tryAcquire(operationLockOf(plugin));
    if (!lock) continue;
    try {
      // Between the look at the journal and the lock it may have ended, or have come further before its node died.
      const interrupted = await journal.interrupted(id);
      if (interrupted) await end(options, interrupted);
    } finally {
      await lock.release();
    }
  }
}

async function end(options: RecoverOptions, interrupted: Interrupted): Promise<void> {
  const { journal, pauses, log } = options;
  const { id, plugin, kind, step } = interrupted;
  try {
    const run: Run = { id, step: (name, known) => journal.step(id, name, known) };
    const state = await finishOrUndo(options, interrupted, run);
    await journal.end(id, state, { recovered: true });
    log.warn({ plugin, kind, step, state }, 'an operation that a node left behind was ended');
  } catch (error) {
    log.error({ plugin, kind, step, err: error }, 'an operation that a node left behind could not be ended');
    const failure = await breakOff(options, plugin, error);
    if (isFinal(failure)) {
      await journal.end(id, 'failed', { recovered: true }, messageOf(failure));
      return;
    }
    await journal.postpone(id, messageOf(failure));
    pauses.begin(id);
  }
}

/** Nobody waits for what may take long. Resolves with why the operation has not ended. */
async function breakOff({ drained, log }: RecoverOptions, plugin: string, error: unknown): Promise<unknown> {
  try {
    await drained.breakOff(plugin);
    return error;
  } catch (failure) {
    log.error({ plugin, err: failure }, 'callers wait for an operation that a node left behind');
    return failure;
  }
}

/** Whether another attempt would fail in the same way: it was refused for what is there, not for what is missing now. */
function isFinal(error: unknown): boolean {
  return error instanceof PackageError || (error instanceof ApiError && error.code !== 'unavailable');
}

async function finishOrUndo(
  options: RecoverOptions,
  { kind, plugin, step, input, actor }: Interrupted,
  run: Run,
): Promise<'done' | 'undone'> {
  const { installs, versions, removals, host, data } = options;
  const known = input as KnownInput;
  const { entry, retentionDays = 30, export: wantsExport = true, canary, reason, version } = known;
  switch (kind) {
    case 'install':
    case 'upgrade':
    case 'canary': {
      if (step === COMMITTED) return 'done';
      const hasMigrated =
        entry !== undefined && (step === 'activate' || (step === 'migrate' && (await isMigrated(options, entry))));
      if (hasMigrated) {
        await installs.resume(run, kind, entry, canary, actor);
        return 'done';
      }
      if ((await host.records.one(plugin))?.state === 'parked') await data.park(plugin);
      await data.endRehearsal(plugin);
      await installs.undo(plugin, entry);
      return 'undone';
    }
    case 'uninstall':
      await removals.park(run, plugin, retentionDays, actor);
      return 'done';
    case 'restore':
      // Whether it fits, and whether its package is in order, was not known yet.
      if (step === 'begin' || step === 'verify') return 'undone';
      if (step === COMMITTED) return 'done';
      await removals.unpark(run, plugin, actor);
      return 'done';
    case 'purge':
      // When the plugin is forgotten already, only what lies around is left to be removed.
      if (step === COMMITTED) await host.packages.dropAll(plugin);
      else await removals.drop(run, plugin, wantsExport, actor, known);
      return 'done';
    case 'canary-stop': {
      if (step === COMMITTED) return 'done';
      // An operator can ask again; the kernel would only do so after as many failed calls as before.
      if (typeof reason !== 'string' || version === undefined) return 'undone';
      return (await versions.resumeHalt(run, plugin, version, reason, actor)) ? 'done' : 'undone';
    }
    default:
      // One transaction: it has happened or it has not.
      return step === COMMITTED ? 'done' : 'undone';
  }
}

async function isMigrated({ host, data }: RecoverOptions, entry: LockEntry): Promise<boolean> {
  const pkg = await host.read(entry);
  return (await data.pending(pkg.data)).length === 0;
}
