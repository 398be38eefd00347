import type { Manifest } from '@bazaar/sdk';
import sdkPackage from '@bazaar/sdk/package.json' with { type: 'json' };
import type { Database } from '../../data/index.ts';
import { PluginContract } from '../contract/plugin-contract.ts';
import type { PluginLog } from '../host/services.ts';
import { LockFileError, readLock } from '../lock/lock-file.ts';
import type { LoadedPlugin, LockEntry, PluginRegistry, RuntimeFactory, Tier } from '../types.ts';
import { brokenAgreements, conflicts } from './agreements.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { dependencyOrder, requiresFailed } from './dependency-order.ts';
import { type Candidate, readCandidate } from './read-candidate.ts';
import { Registry } from './registry.ts';

export interface LoadPluginsOptions {
  /** Path of plugins.lock.json. */
  lockFile: string;
  database: Pick<Database, 'platform' | 'plugins'>;
  /** How plugins of each tier are brought to life; one without is not loaded. */
  runtimes: Partial<Record<Tier, RuntimeFactory>>;
  log: PluginLog;
}

export interface LoadedPlugins {
  registry: PluginRegistry;
  /** All that went wrong, in words; the kernel serves what did not. */
  problems: readonly string[];
  close(): Promise<void>;
}

type Readable = Extract<Candidate, { package: object }>;

class Loader {
  readonly #options: LoadPluginsOptions;
  readonly #catalogue: Catalogue;
  readonly #registry = new Registry();
  readonly #problems: string[] = [];
  #names: ReadonlyMap<string, string> = new Map();

  constructor(options: LoadPluginsOptions) {
    this.#options = options;
    this.#catalogue = createCatalogue(options.database.platform);
  }

  async load(): Promise<LoadedPlugins> {
    const entries = await this.#readLock();
    if (entries) {
      const { reviewed, names } = await this.#catalogue.known();
      this.#names = names;
      const candidates = await Promise.all(
        entries.map((entry) => readCandidate(this.#options.lockFile, entry, sdkPackage.version, reviewed)),
      );
      await this.#loadInOrder(candidates);
      await this.#catalogue.retireAllBut(entries.map((entry) => entry.id));
    }
    return { registry: this.#registry, problems: this.#problems, close: () => this.#registry.close() };
  }

  /** `undefined` when it cannot be used: then nothing is loaded, and nothing is taken for uninstalled either. */
  async #readLock(): Promise<LockEntry[] | undefined> {
    try {
      return await readLock(this.#options.lockFile);
    } catch (error) {
      if (!(error instanceof LockFileError)) throw error;
      this.#problems.push(error.message);
      this.#options.log.error({ err: error }, 'plugins.lock.json cannot be used; no plugin is loaded');
      return undefined;
    }
  }

  async #loadInOrder(candidates: readonly Candidate[]): Promise<void> {
    const readable = new Map<string, Readable>();
    for (const candidate of candidates) {
      if (candidate.package) readable.set(candidate.entry.id, candidate);
      else this.#fail(candidate, candidate.failure);
    }
    const { order, failures } = dependencyOrder(
      [...readable.values()].map(({ package: { manifest } }) => ({
        id: manifest.id,
        version: manifest.version,
        requires: manifest.requires ?? {},
        optional: manifest.optional ?? {},
      })),
    );
    for (const [id, reason] of failures) {
      const candidate = readable.get(id);
      if (candidate) this.#fail(candidate, reason);
    }
    const manifests = new Map([...readable].map(([id, candidate]) => [id, candidate.package.manifest]));
    for (const id of order) {
      const candidate = readable.get(id);
      if (candidate) await this.#loadOne(candidate, manifests);
    }
  }

  async #loadOne(candidate: Readable, manifests: ReadonlyMap<string, Manifest>): Promise<void> {
    const { manifest } = candidate.package;
    const problems = [
      ...Object.keys(manifest.requires ?? {})
        .filter((id) => !this.#registry.get(id))
        .map(requiresFailed),
      ...brokenAgreements(manifest, manifests),
      ...conflicts(
        manifest,
        this.#registry.all().map((plugin) => plugin.manifest),
      ),
    ];
    if (problems.length > 0) {
      this.#fail(candidate, problems.join('; '));
      return;
    }
    try {
      this.#registry.activate(await this.#bringToLife(candidate));
    } catch (error) {
      this.#fail(candidate, error instanceof Error ? error.message : String(error), error);
    }
  }

  async #bringToLife({ entry, package: pkg }: Readable): Promise<LoadedPlugin> {
    const { manifest } = pkg;
    const createRuntime = this.#options.runtimes[entry.tier];
    if (!createRuntime) throw new Error(`this platform cannot run plugins of tier "${entry.tier}"`);
    await this.#catalogue.announce(manifest.id);
    const database = await this.#options.database.plugins.install(pkg.data);
    try {
      const runtime = await createRuntime({ manifest, folder: pkg.folder, entry: pkg.entry });
      await this.#catalogue.activate(manifest, pkg.integrity);
      return {
        manifest,
        lock: entry,
        folder: pkg.folder,
        files: pkg.files,
        demo: pkg.demo,
        capabilities: new Set(entry.grantedCapabilities),
        database,
        runtime,
        actions: new Map(manifest.actions.map((action) => [action.name, action])),
        contract: new PluginContract(manifest),
      };
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  #fail(candidate: Candidate, reason: string, error?: unknown): void {
    const { entry } = candidate;
    const name = candidate.package?.manifest.name ?? this.#names.get(entry.id) ?? entry.id;
    this.#registry.fail({ id: entry.id, name, version: entry.version, tier: entry.tier, reason });
    this.#problems.push(`${entry.id}: ${reason}`);
    this.#options.log.error(
      { plugin: entry.id, version: entry.version, ...(error === undefined ? {} : { err: error }) },
      `plugin not loaded: ${reason}`,
    );
  }
}

/** Loads the plugins of plugins.lock.json. One that cannot be loaded says why in its status and stops nobody else. */
export function loadPlugins(options: LoadPluginsOptions): Promise<LoadedPlugins> {
  return new Loader(options).load();
}
