import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Database } from '../../../src/data/index.ts';
import {
  createInlineRuntime,
  type LoadedPlugins,
  type LoadPluginsOptions,
  type LockEntry,
  loadPlugins,
  lockPlugins,
  readLock,
  writeLock,
} from '../../../src/plugins/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { MemoryLog, SOURCES_AS_THEY_ARE } from './kernel.ts';
import { type PluginSpec, writePlugin } from './write-plugin.ts';

/** A folder with packages and their lock file, of which nodes on one database load their plugins. */
export class Installation {
  readonly folder = mkdtempSync(join(tmpdir(), 'bazaar-load-'));
  readonly lockFile = join(this.folder, 'plugins.lock.json');
  readonly database: Database;
  readonly #nodes: LoadedPlugins[] = [];

  constructor(database: Database) {
    this.database = database;
  }

  /** Locks the packages in these folders; everything they ask for is granted. */
  async lock(...folders: string[]): Promise<void> {
    await lockPlugins(this.lockFile, folders, { tier: 'inline', grant: 'all' });
  }

  /** As a node does at its start. */
  async load(options: Partial<LoadPluginsOptions> = {}): Promise<LoadedPlugins> {
    const loaded = await loadPlugins({
      lockFile: this.lockFile,
      packagesFolder: join(this.folder, 'packages'),
      revisionsFolder: join(this.folder, 'lock-revisions'),
      database: this.database,
      runtimes: { inline: createInlineRuntime },
      builder: SOURCES_AS_THEY_ARE,
      log: new MemoryLog(),
      ...options,
    });
    this.#nodes.push(loaded);
    return loaded;
  }

  /** Locks what was written and loads it; `change` alters an entry behind the platform's back. */
  async lockAndLoad(specs: readonly PluginSpec[], change?: (entry: LockEntry) => LockEntry): Promise<LoadedPlugins> {
    await this.lock(...specs.map((spec) => writePlugin(this.folder, spec)));
    if (change) await writeLock(this.lockFile, (await readLock(this.lockFile)).map(change));
    return this.load();
  }

  async close(): Promise<void> {
    for (const node of this.#nodes) await node.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Gives each test of a file an installation of its own, all of them on one database. */
export function installationsOfTests(begin: (installation: Installation) => void): void {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());
  beforeEach(() => {
    const installation = new Installation(test.database);
    begin(installation);
    return () => installation.close();
  });
}

/** Why a plugin does not serve. */
export function reasonOf(loaded: LoadedPlugins, id: string): string | undefined {
  return loaded.registry.statuses().find((status) => status.id === id)?.reason;
}

/** Ids of the plugins that serve. */
export function active(loaded: LoadedPlugins): string[] {
  return loaded.registry.all().map((plugin) => plugin.manifest.id);
}
