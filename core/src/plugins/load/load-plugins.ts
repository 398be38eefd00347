import type { Database } from '../../data/index.ts';
import type { Log } from '../../logging/index.ts';
import { LockKeeper } from '../lock/keep-lock.ts';
import { LockRevisions } from '../lock/lock-revisions.ts';
import type { PluginPackage } from '../package/plugin-package.ts';
import { PackageStore } from '../store/package-store.ts';
import type { LockEntry, PluginRegistry, RuntimeFactory, Tier } from '../types.ts';
import { FileChanges } from './file-changes.ts';
import { ChangeFollower } from './follow-change.ts';
import { NodeStart } from './node-start.ts';
import { StartProblems } from './problems.ts';
import { readVouchedPackage } from './read-candidate.ts';
import { Records } from './records.ts';
import { Registry } from './registry.ts';
import { type PackageBuilder, VersionFactory } from './version-factory.ts';

export interface LoadPluginsOptions {
  /** Path of plugins.lock.json. */
  lockFile: string;
  /** This node's place for unpacked packages. */
  packagesFolder: string;
  /** Where is kept which changes the lock file has taken in. */
  revisionsFolder: string;
  database: Pick<Database, 'platform' | 'plugins'> & { locks: Pick<Database['locks'], 'acquire'> };
  /** How plugins of each tier are brought to life; one without is not loaded. */
  runtimes: Partial<Record<Tier, RuntimeFactory>>;
  builder: PackageBuilder;
  /** How long a start waits for an operation on a plugin that its lock file changes; 15 s when absent. */
  patienceMs?: number;
  log: Log;
}

/** The plugins of this node, and the way to bring them up to what the platform was told. */
export interface LoadedPlugins {
  registry: PluginRegistry;
  /** What went wrong at the start and has not been made good since, in words; the kernel serves what did not. */
  readonly problems: readonly string[];
  host: PluginHost;
  close(): Promise<void>;
}

/** What one node does to have the right versions serve the right tenants. */
export class PluginHost {
  readonly registry = new Registry();
  readonly records: Records;
  readonly packages: PackageStore;
  readonly factory: VersionFactory;
  readonly lockFile: string;
  readonly #problems = new StartProblems();
  readonly #follower: ChangeFollower;
  readonly #start: NodeStart;
  #generation = 0;

  constructor(options: LoadPluginsOptions) {
    const { platform, plugins: data, locks } = options.database;
    const { lockFile, log, patienceMs } = options;
    this.lockFile = lockFile;
    this.records = new Records(platform);
    this.packages = new PackageStore(platform, options.packagesFolder, options.builder);
    this.factory = new VersionFactory({ ...options, data, packages: this.packages, records: this.records });
    const { registry, records, packages, factory } = this;
    const revisions = new LockRevisions(options.revisionsFolder, lockFile, log);
    const lock = new LockKeeper(lockFile, revisions);
    const parts = { registry, records, packages, factory, lock, problems: this.#problems, log };
    this.#follower = new ChangeFollower(parts);
    const patience = patienceMs === undefined ? {} : { patienceMs };
    const changes = new FileChanges({ data, locks, records, factory, revisions, ...patience });
    this.#start = new NodeStart({ ...parts, lockFile, revisions, changes, follower: this.#follower });
  }

  /** What went wrong at the start and has not been made good since, in words. */
  get problems(): readonly string[] {
    return this.#problems.messages;
  }

  /** How far the changes of plugins had come when this node loaded them. */
  get generation(): number {
    return this.#generation;
  }

  /** At the start of the node. */
  async loadAll(): Promise<void> {
    this.#generation = await this.#start.run();
  }

  /**
   * Brings one plugin to what its record says now, and with it those that cannot go on without it (`others`). Resolves
   * when that serves; `left` when nobody is inside any more who must not be, or rejects in words when that takes too
   * long. Rejects when a version cannot be brought to life: what served before then goes on.
   */
  refresh(id: string): Promise<{ left: Promise<void>; others: string[] }> {
    return this.#follower.refresh(id);
  }

  /** The package of an entry, if it is what the entry pins. Rejects in words. */
  async read(entry: LockEntry): Promise<PluginPackage> {
    return readVouchedPackage(await this.factory.folder(entry), entry, false);
  }

  async close(): Promise<void> {
    this.#start.stop();
    await this.registry.close();
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
