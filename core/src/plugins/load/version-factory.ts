import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Manifest } from '@bazaar/sdk';
import type { PluginData } from '../../data/index.ts';
import type { Log } from '../../logging/index.ts';
import { sourceFolder } from '../lock/lock-plugins.ts';
import type { PluginPackage } from '../package/plugin-package.ts';
import type { PackageStore } from '../store/package-store.ts';
import type { LivePlugin, LockEntry, RuntimeFactory, Tier } from '../types.ts';
import { readVouchedPackage } from './read-candidate.ts';
import { INSTALLED, type Records } from './records.ts';
import { Version } from './version.ts';

/** Turns the sources of packages into what can be run; the part of the bundling room that is needed here. */
export interface PackageBuilder {
  /** One ES module without imports. */
  server(source: { folder: string; entry: string; integrity: string }): Promise<{ file: string }>;
  ui(source: { folder: string; integrity: string }): Promise<{ folder: string } | undefined>;
  /** Deletes what was built from a package. */
  forget(integrity: string): Promise<void>;
}

export interface VersionFactoryOptions {
  lockFile: string;
  data: PluginData;
  runtimes: Partial<Record<Tier, RuntimeFactory>>;
  packages: PackageStore;
  records: Records;
  builder: PackageBuilder;
  log: Log;
}

function findsSdk(folder: string): boolean {
  try {
    createRequire(join(folder, 'package.json')).resolve('@bazaar/sdk');
    return true;
  } catch {
    return false;
  }
}

/** Makes versions that fetch what they need when they are used. */
export class VersionFactory {
  readonly #options: VersionFactoryOptions;

  constructor(options: VersionFactoryOptions) {
    this.#options = options;
  }

  /** `read`: a package that has been read and verified just now; it may be that of another version. */
  create(entry: LockEntry, manifest: Manifest, read?: PluginPackage): Version {
    const { log } = this.#options;
    return new Version(manifest, entry, {
      package: async () =>
        read?.integrity === entry.integrity ? read : readVouchedPackage(await this.folder(entry), entry, true),
      live: (pkg) => this.#open(entry, pkg),
      ui: (pkg) => this.#ui(entry, pkg),
      failed: (reason, error) => {
        log.error({ plugin: entry.id, version: entry.version, err: error }, `plugin cannot serve: ${reason}`);
      },
    });
  }

  /** Where the files of an entry lie on this node. */
  folder({ id, version, integrity, source }: LockEntry): Promise<string> {
    const { lockFile, packages } = this.#options;
    return source === INSTALLED ? packages.folderOf(id, version, integrity) : sourceFolder(lockFile, source);
  }

  /** The handlers alone: proves that they are there and match the manifest. */
  async runtime(entry: LockEntry, pkg: PluginPackage): Promise<LivePlugin['runtime']> {
    const { runtimes, builder } = this.#options;
    const createRuntime = runtimes[entry.tier];
    if (!createRuntime) throw new Error(`this platform cannot run plugins of tier "${entry.tier}"`);
    const { manifest, folder, entry: module } = pkg;
    const source = { manifest, folder, integrity: pkg.integrity };
    // Folders of the project run from their sources, as they are worked on. Elsewhere a package finds no SDK to import
    // and is built into one module first. The sandbox sees to its own modules.
    if (entry.tier === 'sandbox' || (entry.source !== INSTALLED && findsSdk(folder))) {
      return createRuntime({ ...source, entry: module });
    }
    const { file } = await builder.server({ folder, entry: module, integrity: pkg.integrity });
    return createRuntime({ ...source, folder: dirname(file), entry: basename(file) });
  }

  /** Everything that could fail when the version is first used. */
  async prove(entry: LockEntry, pkg: PluginPackage): Promise<void> {
    await (await this.runtime(entry, pkg)).close();
    await this.#ui(entry, pkg);
  }

  async #open(entry: LockEntry, pkg: PluginPackage): Promise<LivePlugin> {
    const { data, records } = this.#options;
    const runtime = await this.runtime(entry, pkg);
    try {
      const known = await records.description(entry.id, entry.version);
      return { runtime, database: await data.open(pkg.data, known) };
    } catch (error) {
      await runtime.close();
      throw error;
    }
  }

  async #ui(entry: LockEntry, { folder, integrity, files }: PluginPackage): Promise<string | undefined> {
    if (![...files].some((path) => path.startsWith('ui/'))) return undefined;
    if (entry.source !== INSTALLED) return join(folder, 'dist/ui');
    return (await this.#options.builder.ui({ folder, integrity }))?.folder;
  }
}
