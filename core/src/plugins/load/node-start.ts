import { existsSync } from 'node:fs';
import type { Manifest } from '@bazaar/sdk';
import { messageOf } from '../../errors/index.ts';
import type { LockedState } from '../lock/keep-lock.ts';
import { LockFileError, readLock } from '../lock/lock-file.ts';
import type { LockRevisions } from '../lock/lock-revisions.ts';
import type { PluginPackage } from '../package/plugin-package.ts';
import type { LockEntry } from '../types.ts';
import { brokenAgreements, Claims } from './agreements.ts';
import { assignmentOf, changedPins, servingVersions, toEntry } from './assignment.ts';
import { type Decision, decide } from './decide.ts';
import { dependencyOrder, requiresFailed } from './dependency-order.ts';
import { type Changed, type FileChanges, UnderWay } from './file-changes.ts';
import type { ChangeFollower, PluginParts } from './follow-change.ts';
import { withKnownTrust } from './known-trust.ts';
import { type Candidate, readCandidate } from './read-candidate.ts';
import type { PluginRecord } from './records.ts';
import type { Version } from './version.ts';

export interface NodeStartOptions extends PluginParts {
  lockFile: string;
  revisions: LockRevisions;
  changes: FileChanges;
  follower: ChangeFollower;
}

/** With so many plugins each waits for its first use; what is wrong with one is found in the background. */
const MOST_OPENED_AT_START = 40;

const OUTDATED =
  'what plugins.lock.json says of its tier or capabilities was not taken, because this node had not followed the last change of the plugin when the file was written; what was decided holds, and the file says so now. To change it, edit the file again and restart';

/** A plugin to be loaded: its manifest is known, its versions are not there yet. */
interface Planned {
  id: string;
  manifest: Manifest;
  entry: LockEntry;
  load(): Promise<void>;
}

/** One start of a node: lock file and records are compared, and what is to serve is brought to life in order. */
export class NodeStart {
  readonly #options: NodeStartOptions;
  /** Entries of the lock file that the start has found to be behind, or may have. */
  readonly #toWrite = new Map<string, LockedState>();
  /** Plugins of which the file may say what was decided otherwise since. */
  readonly #outdated = new Set<string>();
  /** What was known before this start of plugins that may not load now. */
  #known: ReadonlyMap<string, Manifest> = new Map();
  #plannedCount = 0;
  #isStopped = false;

  constructor(options: NodeStartOptions) {
    this.#options = options;
  }

  /** What goes on in the background ends. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves with how far the changes of plugins had come. */
  async run(): Promise<number> {
    const { records: store, packages, log } = this.#options;
    await packages.sweep().catch((error: unknown) => {
      log.warn({ err: error }, 'what was left of packages could not be removed');
    });
    const entries = await this.#readLock();
    await this.#options.revisions.read();
    // Before the records: what changes while they are read is looked at again.
    const generation = await store.generation();
    if (entries) await this.#load(entries);
    return generation;
  }

  async #load(entries: readonly LockEntry[]): Promise<void> {
    const { records: store, lockFile } = this.#options;
    const records = await store.all();
    this.#known = new Map([...records].flatMap(([id, { versions }]) => versions.map(({ manifest }) => [id, manifest])));
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    const hasFile = existsSync(lockFile);
    const planned: Planned[] = [];
    const retired: string[] = [];
    for (const id of new Set([...byId.keys(), ...records.keys()])) {
      const record = records.get(id);
      const locked = this.#holding(byId.get(id), record);
      const decision = decide(locked, record, hasFile);
      if (record && (decision.kind === 'parked' || decision.kind === 'purged')) {
        this.#toWrite.set(id, { entry: undefined, generation: record.generation });
      }
      if (decision.kind === 'retire') retired.push(id);
      else planned.push(...(await this.#plan(decision, locked)));
    }
    for (const id of retired) await this.#retire(id);
    await this.#loadInOrder(planned);
    await this.#writeLock();
    this.#verifyInBackground();
  }

  /** What the file says of the plugin, as far as it holds. */
  #holding(said: LockEntry | undefined, record: PluginRecord | undefined): LockEntry | undefined {
    if (!said || !record || this.#options.revisions.isCurrent(record)) return said;
    const holds = withKnownTrust(said, record);
    if (holds === said) return said;
    this.#isOutdated(said.id);
    return holds;
  }

  #isOutdated(id: string): void {
    const { problems, log } = this.#options;
    this.#outdated.add(id);
    problems.add(`${id}: ${OUTDATED}`, id);
    log.warn({ plugin: id }, OUTDATED);
  }

  async #retire(id: string): Promise<void> {
    try {
      await this.#options.changes.retire(id);
    } catch (error) {
      if (error instanceof UnderWay) this.#options.lock.leave(id, true);
      this.#complain(id, error);
    }
  }

  #complain(id: string, error: unknown): void {
    const { problems, log } = this.#options;
    problems.add(`${id}: ${messageOf(error)}`, concerned(id, error));
    log.error({ plugin: id, err: error }, 'what plugins.lock.json changes could not be done');
  }

  /** All that the start has changed at once: with many plugins the file is long. */
  async #writeLock(): Promise<void> {
    try {
      await this.#options.lock.put(this.#toWrite);
    } catch (error) {
      const reason = messageOf(error);
      this.#options.problems.add(`plugins.lock.json could not be brought up to date: ${reason}`);
    }
    this.#toWrite.clear();
  }

  /** `undefined` when it cannot be used: then nothing is loaded, and nothing is taken for uninstalled either. */
  async #readLock(): Promise<LockEntry[] | undefined> {
    try {
      return await readLock(this.#options.lockFile);
    } catch (error) {
      if (!(error instanceof LockFileError)) throw error;
      this.#options.problems.add(error.message);
      this.#options.log.error({ err: error }, 'plugins.lock.json cannot be used; no plugin is loaded');
      return undefined;
    }
  }

  /** Nothing when it does not serve; why not is said here. */
  async #plan(decision: Decision, locked: LockEntry | undefined): Promise<Planned[]> {
    switch (decision.kind) {
      case 'serve':
        return [this.#planKnown(decision.record, decision.behind ? undefined : locked)];
      case 'bring':
        return this.#planNew(decision.entry);
      case 'refuse':
        await this.#fail(decision.entry, undefined, decision.reason);
        return [];
      case 'parked':
        await this.#options.follower.leave(decision.record.id, decision.record).drained;
        return [];
      default:
        return [];
    }
  }

  #planKnown(record: PluginRecord, locked: LockEntry | undefined): Planned {
    const { id } = record;
    const active = servingVersions(record, locked)[0];
    if (!active) throw new Error(`the record of ${id} has no active version`);
    return {
      id,
      manifest: active.manifest,
      entry: active.pinned,
      load: () => this.#serveKnown(record, locked),
    };
  }

  /** What the file says of it is what is served, once the platform has taken it up. */
  #serveKnown(record: PluginRecord, locked: LockEntry | undefined): Promise<void> {
    if (!locked || changedPins(record, locked).length === 0) return this.#serve(record, locked);
    return this.#change(record.id, async () => {
      const changed = await this.#options.changes.vouch(locked);
      // Something was decided while this start waited.
      if (changed.locked && changed.locked !== locked) this.#isOutdated(record.id);
      return changed;
    });
  }

  async #change(id: string, change: () => Promise<Changed>): Promise<void> {
    const { records, lock } = this.#options;
    try {
      const { record, locked, read } = await change();
      await this.#serve(record, locked, read);
    } catch (error) {
      if (!(error instanceof UnderWay)) throw error;
      // What the operator wrote stays written.
      lock.leave(id, !this.#outdated.has(id));
      const record = await records.one(id);
      if (record?.state !== 'active' || record.activeVersion === null) throw error;
      // What serves on the other nodes does so here, if its files are still there.
      await this.#serve(record, undefined).catch(() => {
        throw error;
      });
      this.#complain(id, error);
    }
  }

  /** `read`: the package of one of its versions, which is not read again. */
  async #serve(record: PluginRecord, locked: LockEntry | undefined, read?: PluginPackage): Promise<void> {
    const { id } = record;
    const serving = servingVersions(record, locked);
    // Pins and trials may have changed while this node was away.
    this.#toWrite.set(id, { entry: toEntry(record, locked), generation: record.generation });
    const versions = serving.map(({ pinned, manifest }) => this.#options.factory.create(pinned, manifest, read));
    if (this.#opensAtStart) await this.#openAll(versions, record);
    // The node that switches may be at it: nobody is let in before it says that it is done.
    if (record.switching) await this.#options.registry.pause(id);
    await this.#options.registry.assign(id, assignmentOf(record, versions));
  }

  /** The version for all must come to life; one that only some tenants use may fail by itself. */
  async #openAll([active, ...others]: Version[], record: PluginRecord): Promise<void> {
    const quarantined = record.versions.find(({ version }) => version === record.activeVersion)?.quarantineReason;
    if (active && (quarantined === null || quarantined === undefined)) {
      await active.live().catch((error: unknown) => {
        throw (error as { cause?: unknown }).cause ?? error;
      });
    }
    for (const other of others) {
      await other.live().catch(() => {
        this.#options.problems.add(`${record.id} ${other.manifest.version}: ${other.failure}`, record.id);
      });
    }
  }

  async #planNew(entry: LockEntry): Promise<Planned[]> {
    const candidate: Candidate = await readCandidate(() => this.#options.factory.folder(entry), entry);
    if (!candidate.package) {
      await this.#fail(entry, undefined, candidate.failure);
      return [];
    }
    const pkg = candidate.package;
    return [
      {
        id: entry.id,
        manifest: pkg.manifest,
        entry,
        load: () => this.#change(entry.id, () => this.#options.changes.bring(entry, pkg)),
      },
    ];
  }

  get #opensAtStart(): boolean {
    return this.#plannedCount <= MOST_OPENED_AT_START;
  }

  async #loadInOrder(planned: readonly Planned[]): Promise<void> {
    this.#plannedCount = planned.length;
    const byId = new Map(planned.map((one) => [one.id, one]));
    const manifests = new Map(planned.map(({ id, manifest }) => [id, manifest]));
    const { order, failures } = dependencyOrder(
      planned.map(({ manifest: { id, version, requires = {}, optional = {} } }) => ({
        id,
        version,
        requires,
        optional,
      })),
    );
    for (const [id, reason] of failures) {
      const failed = byId.get(id);
      if (failed) await this.#fail(failed.entry, failed.manifest, reason);
    }
    const claims = new Claims();
    for (const id of order) {
      const one = byId.get(id);
      if (one && (await this.#loadOne(one, manifests, claims))) claims.add(one.manifest);
    }
  }

  async #loadOne(
    { entry, manifest, load }: Planned,
    manifests: ReadonlyMap<string, Manifest>,
    claims: Claims,
  ): Promise<boolean> {
    const problems = [
      ...Object.keys(manifest.requires ?? {})
        // One in quarantine is there, and may be let go at any time.
        .filter((id) => this.#options.registry.versionsOf(id).length === 0)
        .map(requiresFailed),
      ...brokenAgreements(manifest, manifests),
      ...claims.against(manifest),
    ];
    try {
      if (problems.length > 0) throw new Error(problems.join('; '));
      await load();
      return true;
    } catch (error) {
      await this.#fail(entry, manifest, messageOf(error), error);
      return false;
    }
  }

  async #fail(entry: LockEntry, manifest: Manifest | undefined, reason: string, error?: unknown): Promise<void> {
    const { id, version, tier } = entry;
    const known = manifest ?? this.#known.get(id);
    const name = known?.name ?? id;
    await this.#options.registry.remove({ id, name, version, tier, state: 'failed', reason, manifest: known });
    this.#options.problems.add(`${id}: ${reason}`, concerned(id, error));
    this.#options.log.error(
      { plugin: id, version, ...(error === undefined ? {} : { err: error }) },
      `plugin not loaded: ${reason}`,
    );
  }

  /** Packages that nobody has used yet are looked at one after the other, so that a tampered one is found. */
  #verifyInBackground(): void {
    if (this.#opensAtStart) return;
    const verify = async () => {
      for (const { manifest } of this.#options.registry.all()) {
        for (const version of this.#options.registry.versionsOf(manifest.id)) {
          if (this.#isStopped) return;
          // What is wrong stands in the version's status.
          await version.package().catch(() => undefined);
        }
      }
    };
    void verify();
  }
}

/** What must wait is spoken of until the next start, whatever becomes of the plugin meanwhile. */
function concerned(id: string, error: unknown): string | undefined {
  return error instanceof UnderWay ? undefined : id;
}
