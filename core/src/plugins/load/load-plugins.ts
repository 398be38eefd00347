import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '@bazaar/sdk';
import type { Database } from '../../data/index.ts';
import type { PluginLog } from '../host/services.ts';
import { LockKeeper } from '../lock/keep-lock.ts';
import { LockFileError, readLock } from '../lock/lock-file.ts';
import type { PluginPackage } from '../package/plugin-package.ts';
import { PackageStore } from '../store/package-store.ts';
import type { LockEntry, PluginRegistry, RuntimeFactory, Tier } from '../types.ts';
import { absenceOf } from './absence.ts';
import { brokenAgreements, conflicts } from './agreements.ts';
import { assignmentOf, servingVersions, toEntry } from './assignment.ts';
import { type Decision, decide } from './decide.ts';
import { dependencyOrder, requiresFailed } from './dependency-order.ts';
import { type Candidate, readCandidate, readVouchedPackage } from './read-candidate.ts';
import { type PluginRecord, Records } from './records.ts';
import { Registry } from './registry.ts';
import type { Version } from './version.ts';
import { type PackageBuilder, VersionFactory } from './version-factory.ts';

export interface LoadPluginsOptions {
  /** Path of plugins.lock.json. */
  lockFile: string;
  /** This node's place for unpacked packages. */
  packagesFolder: string;
  database: Pick<Database, 'platform' | 'plugins'>;
  /** How plugins of each tier are brought to life; one without is not loaded. */
  runtimes: Partial<Record<Tier, RuntimeFactory>>;
  builder: PackageBuilder;
  log: PluginLog;
}

/** The plugins of this node, and the way to bring them up to what the platform was told. */
export interface LoadedPlugins {
  registry: PluginRegistry;
  /** What went wrong at the start and has not been made good since, in words; the kernel serves what did not. */
  readonly problems: readonly string[];
  host: PluginHost;
  close(): Promise<void>;
}

/** With so many plugins each waits for its first use; what is wrong with one is found in the background. */
const MOST_OPENED_AT_START = 40;
/** How long those inside may take to leave before a switch they cannot live through, or before the plugin is parked. */
const MAX_DRAIN_MS = 8_000;

/** A plugin to be loaded: its manifest is known, its versions are not there yet. */
interface Planned {
  id: string;
  manifest: Manifest;
  entry: LockEntry;
  load(): Promise<void>;
}

/** What one node does to have the right versions serve the right tenants. */
export class PluginHost {
  readonly registry = new Registry();
  readonly records: Records;
  readonly packages: PackageStore;
  readonly factory: VersionFactory;
  readonly lockFile: string;
  readonly #options: LoadPluginsOptions;
  readonly #lock: LockKeeper;
  /** Entries of the lock file that the start has found to be behind, or may have. */
  readonly #toWrite = new Map<string, LockEntry | undefined>();
  /** `plugin`: of which; none when all are concerned. */
  #problems: { plugin?: string; message: string }[] = [];
  /** What was known before this start of plugins that may not load now. */
  #known: ReadonlyMap<string, Manifest> = new Map();
  #generation = 0;
  #closed = false;

  constructor(options: LoadPluginsOptions) {
    const { platform, plugins } = options.database;
    this.#options = options;
    this.lockFile = options.lockFile;
    this.records = new Records(platform);
    this.packages = new PackageStore(platform, options.packagesFolder);
    this.factory = new VersionFactory({ ...options, data: plugins, packages: this.packages, records: this.records });
    this.#lock = new LockKeeper(options.lockFile);
  }

  /** What went wrong at the start and has not been made good since, in words. */
  get problems(): readonly string[] {
    return this.#problems.map(({ message }) => message);
  }

  /** How far the changes of plugins had come when this node loaded them. */
  get generation(): number {
    return this.#generation;
  }

  /** At the start of the node. */
  async loadAll(): Promise<void> {
    await this.packages.sweep();
    const entries = await this.#readLock();
    // Before the records: what changes while they are read is looked at again.
    this.#generation = await this.records.generation();
    if (!entries) return;
    const records = await this.records.all();
    this.#known = new Map([...records].flatMap(([id, { versions }]) => versions.map(({ manifest }) => [id, manifest])));
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    const hasFile = existsSync(this.lockFile);
    const planned: Planned[] = [];
    const retired: string[] = [];
    for (const id of new Set([...byId.keys(), ...records.keys()])) {
      const decision = decide(byId.get(id), records.get(id), hasFile);
      if (decision.kind === 'parked' || decision.kind === 'purged') this.#toWrite.set(id, undefined);
      if (decision.kind === 'retire') retired.push(id);
      else planned.push(...(await this.#plan(decision, byId.get(id))));
    }
    if (retired.length > 0) await this.records.retire(retired);
    await this.#loadInOrder(planned);
    await this.#writeLock();
    this.#verifyInBackground();
  }

  /** All that the start has changed at once: with many plugins the file is long. */
  async #writeLock(): Promise<void> {
    try {
      await this.#lock.put(this.#toWrite);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#problems.push({ message: `plugins.lock.json could not be brought up to date: ${reason}` });
    }
    this.#toWrite.clear();
  }

  /**
   * Brings one plugin to what its record says now. Resolves when that serves; `left` when nobody is inside any more who
   * must not be, or rejects in words when that takes too long. Rejects when a version cannot be brought to life: what
   * served before then goes on.
   */
  async refresh(id: string): Promise<{ left: Promise<void> }> {
    const record = await this.records.one(id);
    // Who is served by what is settled when the switch ends.
    if (record?.switching) return { left: this.#leaving(id, this.registry.pause(id)) };
    const { drained } = record?.state === 'active' ? await this.#serve(record) : this.#leave(id, record);
    drained.catch((error: unknown) => this.#options.log.error({ plugin: id, err: error }, 'a version did not close'));
    this.registry.resume(id);
    this.#problems = this.#problems.filter(({ plugin }) => plugin !== id);
    await this.#lock.put(new Map([[id, record && toEntry(record)]]));
    if (record?.state === 'purged') await this.packages.dropAll(id);
    return { left: record?.state === 'active' ? Promise.resolve() : this.#leaving(id, drained) };
  }

  /** The package of an entry, if it is what the entry pins. Rejects in words. */
  async read(entry: LockEntry): Promise<PluginPackage> {
    return readVouchedPackage(await this.factory.folder(entry), entry, false);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.registry.close();
  }

  /** Rejects when those inside do not leave in time. */
  #leaving(id: string, left: Promise<void>): Promise<void> {
    const waiting = new AbortController();
    const late = sleep(MAX_DRAIN_MS, undefined, { signal: waiting.signal, ref: false }).then(() => {
      throw new Error(`calls of ${id} did not end within ${MAX_DRAIN_MS / 1000} s`);
    });
    late.catch(() => undefined);
    const settled = Promise.race([left, late]).finally(() => waiting.abort());
    settled.catch(() => undefined);
    return settled;
  }

  #leave(id: string, record: PluginRecord | undefined): { drained: Promise<void> } {
    const absence = record && absenceOf(record);
    return { drained: absence ? this.registry.remove(absence) : this.registry.forget(id) };
  }

  async #serve(record: PluginRecord): Promise<{ drained: Promise<void> }> {
    const { id } = record;
    if (record.activeVersion === null) return this.#leave(id, record);
    const quarantined = new Set(record.versions.flatMap((one) => (one.quarantineReason === null ? [] : [one.version])));
    // What was stopped and may run again begins anew: what ran before remembers why it was stopped.
    const known = this.registry
      .versionsOf(id)
      .filter(({ manifest: { version } }) => quarantined.has(version) || !this.registry.isStopped(id, version));
    const versions = servingVersions(record).map(({ pinned, manifest }) => {
      const same = known.find(
        ({ lock }) =>
          lock.version === pinned.version &&
          lock.integrity === pinned.integrity &&
          lock.tier === pinned.tier &&
          lock.source === pinned.source &&
          String(lock.grantedCapabilities) === String(pinned.grantedCapabilities),
      );
      return same ?? this.factory.create(pinned, manifest);
    });
    try {
      // What is new proves itself before anybody is sent there; without any of it the node would serve less than before.
      for (const version of versions) {
        if (!known.includes(version) && !quarantined.has(version.manifest.version)) await version.live();
      }
    } catch (error) {
      for (const version of versions) if (!known.includes(version)) await version.close();
      throw (error as { cause?: unknown }).cause ?? error;
    }
    return { drained: this.registry.assign(id, assignmentOf(record, versions)) };
  }

  /** `undefined` when it cannot be used: then nothing is loaded, and nothing is taken for uninstalled either. */
  async #readLock(): Promise<LockEntry[] | undefined> {
    try {
      return await readLock(this.lockFile);
    } catch (error) {
      if (!(error instanceof LockFileError)) throw error;
      this.#problems.push({ message: error.message });
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
        await this.#leave(decision.record.id, decision.record).drained;
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
      load: async () => {
        const serving = servingVersions(record, locked);
        const recorded = new Set(servingVersions(record).map(({ pinned }) => JSON.stringify(pinned)));
        for (const { pinned } of serving) {
          if (!recorded.has(JSON.stringify(pinned))) await this.records.vouch(pinned);
        }
        // Pins and trials may have changed while this node was away.
        this.#toWrite.set(id, toEntry(record, locked));
        const versions = serving.map(({ pinned, manifest }) => this.factory.create(pinned, manifest));
        if (this.#opensAtStart) await this.#openAll(versions, record);
        // The node that switches may be at it: nobody is let in before it says that it is done.
        if (record.switching) await this.registry.pause(id);
        await this.registry.assign(id, assignmentOf(record, versions));
      },
    };
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
        this.#problems.push({ plugin: record.id, message: `${record.id} ${other.manifest.version}: ${other.failure}` });
      });
    }
  }

  async #planNew(entry: LockEntry): Promise<Planned[]> {
    const candidate: Candidate = await readCandidate(() => this.factory.folder(entry), entry);
    if (!candidate.package) {
      await this.#fail(entry, undefined, candidate.failure);
      return [];
    }
    const pkg = candidate.package;
    const load = async () => {
      await this.records.announce(entry.id);
      const database = await this.#options.database.plugins.install(pkg.data);
      try {
        await (await this.factory.runtime(entry, pkg)).close();
        await this.records.activate(entry, pkg.manifest, database.describe());
      } finally {
        await database.close();
      }
      const record = await this.records.one(entry.id);
      if (!record) throw new Error('it was removed while it was loaded');
      if (record.switching) await this.registry.pause(entry.id);
      await (await this.#serve(record)).drained;
      this.#toWrite.set(entry.id, toEntry(record));
    };
    return [{ id: entry.id, manifest: pkg.manifest, entry, load }];
  }

  get #opensAtStart(): boolean {
    return this.#plannedCount <= MOST_OPENED_AT_START;
  }

  #plannedCount = 0;

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
    const loaded: Manifest[] = [];
    for (const id of order) {
      const one = byId.get(id);
      if (one && (await this.#loadOne(one, manifests, loaded))) loaded.push(one.manifest);
    }
  }

  async #loadOne(
    { entry, manifest, load }: Planned,
    manifests: ReadonlyMap<string, Manifest>,
    loaded: readonly Manifest[],
  ): Promise<boolean> {
    const problems = [
      ...Object.keys(manifest.requires ?? {})
        .filter((id) => !this.registry.get(id))
        .map(requiresFailed),
      ...brokenAgreements(manifest, manifests),
      ...conflicts(manifest, loaded),
    ];
    try {
      if (problems.length > 0) throw new Error(problems.join('; '));
      await load();
      return true;
    } catch (error) {
      await this.#fail(entry, manifest, error instanceof Error ? error.message : String(error), error);
      return false;
    }
  }

  async #fail(entry: LockEntry, manifest: Manifest | undefined, reason: string, error?: unknown): Promise<void> {
    const { id, version, tier } = entry;
    const known = manifest ?? this.#known.get(id);
    const name = known?.name ?? id;
    await this.registry.remove({ id, name, version, tier, state: 'failed', reason, manifest: known });
    this.#problems.push({ plugin: id, message: `${id}: ${reason}` });
    this.#options.log.error(
      { plugin: id, version, ...(error === undefined ? {} : { err: error }) },
      `plugin not loaded: ${reason}`,
    );
  }

  /** Packages that nobody has used yet are looked at one after the other, so that a tampered one is found. */
  #verifyInBackground(): void {
    if (this.#opensAtStart) return;
    const verify = async () => {
      for (const { manifest } of this.registry.all()) {
        for (const version of this.registry.versionsOf(manifest.id)) {
          if (this.#closed) return;
          // What is wrong stands in the version's status.
          await version.package().catch(() => undefined);
        }
      }
    };
    void verify();
  }
}

/** Loads the plugins of plugins.lock.json. One that cannot be loaded says why in its status and stops nobody else. */
export async function loadPlugins(options: LoadPluginsOptions): Promise<LoadedPlugins> {
  const host = new PluginHost(options);
  await host.loadAll();
  return {
    registry: host.registry,
    get problems() {
      return host.problems;
    },
    host,
    close: () => host.close(),
  };
}
