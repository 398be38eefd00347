import type { Database } from '../../data/index.ts';
import type { LockRevisions } from '../lock/lock-revisions.ts';
import type { PluginPackage } from '../package/plugin-package.ts';
import type { LockEntry } from '../types.ts';
import { changedPins } from './assignment.ts';
import { type Decision, decide } from './decide.ts';
import { withKnownTrust } from './known-trust.ts';
import { operationLockOf } from './operation-lock.ts';
import { readVouchedPackage } from './read-candidate.ts';
import type { PluginRecord, Records } from './records.ts';
import type { VersionFactory } from './version-factory.ts';

interface FileChangesOptions {
  data: Database['plugins'];
  locks: Pick<Database['locks'], 'acquire'>;
  records: Records;
  factory: VersionFactory;
  revisions: Pick<LockRevisions, 'isCurrent'>;
  /** How long to wait for an operation on a plugin that the lock file changes. */
  patienceMs?: number;
}

/** What the file changes must wait, because something else is being done to the plugin. */
export class UnderWay extends Error {}

/** Most operations take less; the other plugins of the node wait as well. */
const PATIENCE_MS = 15_000;

/** What a plugin is after a change from the file. */
export interface Changed {
  record: PluginRecord;
  /** What the file says of it still holds. */
  locked: LockEntry | undefined;
  /** The package that was read and verified for it. */
  read?: PluginPackage;
}

/**
 * What the operator's file changes is changed as by an operation: alone over all nodes, decided from what is there by
 * then, and only when it has proved that it runs. All that is here rejects with `UnderWay` when it must wait.
 */
export class FileChanges {
  readonly #options: FileChangesOptions;

  constructor(options: FileChangesOptions) {
    this.#options = options;
  }

  /** The plugin was taken out of the file. */
  retire(id: string): Promise<void> {
    return this.#alone(id, async (record, lost) => {
      if (decide(undefined, record).kind !== 'retire') return;
      lost.throwIfAborted();
      await this.#options.records.retire([id]);
    });
  }

  /** Another tier, other grants or another folder of versions that serve. */
  vouch(locked: LockEntry): Promise<Changed> {
    return this.#alone(locked.id, (record, lost) => {
      const said = this.#current(locked, record);
      return this.#vouch(decide(said, record), said, lost);
    });
  }

  /** A version that the platform has not had. */
  bring(named: LockEntry, pkg: PluginPackage): Promise<Changed> {
    return this.#alone(named.id, async (before, lost) => {
      const entry = this.#current(named, before);
      const decision = decide(entry, before);
      if (decision.kind !== 'bring') return this.#vouch(decision, entry, lost);
      const { records, data, factory } = this.#options;
      await records.announce(entry.id);
      const database = await data.install(pkg.data);
      try {
        await (await factory.runtime(entry, pkg)).close();
        lost.throwIfAborted();
        await records.activate(entry, pkg.manifest, database.describe());
      } finally {
        await database.close();
      }
      const record = await records.one(entry.id);
      if (!record) throw new Error('it was removed while it was loaded');
      return { record, locked: undefined, read: pkg };
    });
  }

  /** Another node may have changed the plugin while this one waited. */
  #current(entry: LockEntry, record: PluginRecord | undefined): LockEntry {
    return !record || this.#options.revisions.isCurrent(record) ? entry : withKnownTrust(entry, record);
  }

  /** `decision`: of now. Another node may have brought it, or something else been done to it, while this one waited. */
  async #vouch(decision: Decision, locked: LockEntry, lost: AbortSignal): Promise<Changed> {
    if (decision.kind !== 'serve') throw new Error('it was changed by another node while this one started');
    const { record, behind } = decision;
    if (behind) return { record, locked: undefined };
    for (const pinned of changedPins(record, locked)) {
      if (!(await this.#runs(pinned, record))) continue;
      lost.throwIfAborted();
      await this.#options.records.vouch(pinned);
    }
    return { record: (await this.#options.records.one(record.id)) ?? record, locked };
  }

  /** The version for all must; of one that only some tenants use the start says by itself that it does not. */
  async #runs(pinned: LockEntry, { versions, activeVersion }: PluginRecord): Promise<boolean> {
    const { factory } = this.#options;
    const isStopped = versions.some((one) => one.version === pinned.version && one.quarantineReason !== null);
    if (isStopped) return true;
    try {
      // Its files were reviewed when it was installed.
      await factory.prove(pinned, await readVouchedPackage(await factory.folder(pinned), pinned, true));
      return true;
    } catch (error) {
      if (pinned.version === activeVersion) throw error;
      return false;
    }
  }

  async #alone<T>(id: string, work: (record: PluginRecord | undefined, lost: AbortSignal) => Promise<T>): Promise<T> {
    const { locks, records, patienceMs = PATIENCE_MS } = this.#options;
    const patience = AbortSignal.timeout(patienceMs);
    const lock = await locks.acquire(operationLockOf(id), patience).catch((error: unknown) => {
      if (!patience.aborted) throw error;
      throw new UnderWay(`another operation on it is under way, ${NOT_DONE}`, { cause: error });
    });
    try {
      // It would be taken up later, and be done over what the file has changed.
      if (await records.hasOperation(id)) {
        throw new UnderWay(`an operation on it that a node has left behind must be ended first, ${NOT_DONE}`);
      }
      return await work(await records.one(id), lock.lost);
    } finally {
      await lock.release();
    }
  }
}

const NOT_DONE = 'so what plugins.lock.json changes was not done; start again when it has ended';
