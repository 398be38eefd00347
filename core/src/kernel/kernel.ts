import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Manifest } from '@bazaar/sdk';
import type { Logger } from 'pino';
import corePackage from '../../package.json' with { type: 'json' };
import type { Changes } from '../caching/index.ts';
import { announceRunning, localUrl } from '../command-line/index.ts';
import type { Database, DatabaseServer } from '../data/index.ts';
import { messageOf } from '../errors/index.ts';
import { closeServer, createHttpServer, listen, SwitchBoard } from '../listener/index.ts';
import type { LoadedPlugins } from '../plugins/index.ts';
import type { Config } from './config.ts';
import { inDataDir, keptSecret, prepareDataDir } from './data-dir.ts';
import { startHousekeeping } from './housekeeping.ts';
import { lockInstance } from './instance-lock.ts';
import { createLogger } from './logger.ts';
import type { Foundations, Parts } from './parts.ts';
import { readinessReport } from './readiness.ts';
import { databaseServer } from './start-database.ts';
import { Teardown } from './teardown.ts';

/** How long running requests may take to end when the platform stops. */
const DRAIN_MS = 3_000;

export interface KernelHooks {
  /** Told what is being done, in words for the person who watches the start. */
  progress(step: string): void;
  /** Stops the start where it is. */
  signal?: AbortSignal;
  /** A running database to use instead of what the configuration says. */
  database?: DatabaseServer;
  /** Fills the platform once its plugins are there, before it is ready. */
  seed?(platform: { db: Database; changes: Changes }): Promise<void>;
}

export interface Kernel {
  /** Where browsers reach it, without a trailing slash. */
  url: string;
  /** What did not come up, in words: each plugin that could not be loaded, demo data that could not be made. */
  problems: readonly string[];
  /** Lets requests and jobs end, then stops everything. May be called more than once. */
  stop(): Promise<void>;
}

type Composition = typeof import('./container.ts');

/** Failures of plugins come in one report at the end of the start; their stacks are for those who look closer. */
function reportedLater(log: Logger) {
  return {
    debug: log.debug.bind(log),
    info: log.info.bind(log),
    warn: log.warn.bind(log),
    error: log.debug.bind(log),
  };
}

/** One start of the platform, step by step. What has been started is in the teardown. */
class Start {
  readonly #config: Config;
  readonly #hooks: KernelHooks;
  readonly #teardown: Teardown;
  readonly #log: Logger;
  readonly #problems: string[] = [];

  constructor(config: Config, hooks: KernelHooks, teardown: Teardown, log: Logger) {
    this.#config = config;
    this.#hooks = hooks;
    this.#teardown = teardown;
    this.#log = log;
  }

  async run(): Promise<Omit<Kernel, 'stop'>> {
    const { host, port: wanted, dataDir, publicUrl } = this.#config;
    await prepareDataDir(dataDir);
    // With a database of their own choice, the nodes of one platform share the folder.
    if (this.#config.databaseUrl === undefined) {
      this.#teardown.add('instance lock', await lockInstance(dataDir), { mustEnd: true });
    }

    // Listening first: a taken port is found before anything else has begun. Until all is there every answer is 503.
    const board = new SwitchBoard();
    const server = createHttpServer(board.listener);
    const port = await listen(server, host, wanted);
    this.#teardown.add('HTTP server', () => closeServer(server, 0));

    // Most of the code is loaded while the database server starts.
    const code = import('./container.ts');
    code.catch(() => {
      // Reported where it is awaited, if the start comes that far.
    });
    const secret = this.#config.secret ?? (await keptSecret(dataDir));
    const db = await this.#openDatabase(secret);
    const localOrigin = localUrl(host, port);
    const publicOrigin = publicUrl ?? localOrigin;
    const instance = randomUUID();
    const parts = await this.#compose(await code, { secret, instance, db, server, publicOrigin, localOrigin });
    await this.#fill(parts);
    await this.#serve(parts, board);
    if (this.#config.role !== 'worker') await this.#announce(parts);
    return { url: publicOrigin, problems: this.#problems };
  }

  #progress(step: string): void {
    this.#hooks.signal?.throwIfAborted();
    this.#hooks.progress(step);
  }

  async #openDatabase(secret: string): Promise<Database> {
    const progress = (step: string) => this.#progress(step);
    const server = this.#hooks.database ?? (await databaseServer(this.#config, this.#teardown, progress));
    this.#progress('Preparing the database');
    const { openDatabase } = await import('../data/index.ts');
    const db = await openDatabase({ server, secret, logger: this.#log });
    this.#teardown.add('database connections', () => db.close());
    return db;
  }

  async #compose(
    { composeParts }: Composition,
    begun: Omit<Foundations, 'config' | 'version' | 'log' | 'loaded' | 'sandbox'>,
  ): Promise<Parts> {
    this.#progress('Loading plugins');
    const { createInlineRuntime, loadPlugins } = await import('../plugins/index.ts');
    const { createBundler } = await import('../bundling/index.ts');
    const { createSandboxTier } = await import('../sandbox/index.ts');
    const bundler = createBundler({
      folder: join(this.#config.dataDir, 'bundles'),
      sharedFolder: this.#config.buildCache,
      log: this.#log,
    });
    this.#teardown.add('builds', () => bundler.close());
    const stopped: { plugin: string; version: string; reason: string }[] = [];
    let quarantine = (plugin: string, version: string, reason: string): void => {
      stopped.push({ plugin, version, reason });
    };
    const sandbox = createSandboxTier({
      log: this.#log,
      bundle: async (source) => (await bundler.server(source)).code,
      onQuarantine: (plugin, version, reason) => quarantine(plugin, version, reason),
    });
    this.#teardown.add('sandboxes', () => sandbox.close());
    const loaded: LoadedPlugins = await loadPlugins({
      lockFile: this.#config.pluginsLock,
      packagesFolder: join(this.#config.dataDir, 'packages'),
      revisionsFolder: join(this.#config.dataDir, 'lock-revisions'),
      database: begun.db,
      runtimes: { inline: createInlineRuntime, sandbox: sandbox.createRuntime },
      builder: bundler,
      log: reportedLater(this.#log),
    });
    this.#teardown.add('plugins', () => loaded.close());
    this.#problems.push(...loaded.problems);
    const { version } = corePackage;
    const parts = composeParts({ ...begun, config: this.#config, version, log: this.#log, loaded, sandbox });
    quarantine = (plugin, version, reason) => {
      parts.lifecycle.quarantine(plugin, version, reason).catch((error: unknown) => {
        this.#log.error(
          { plugin, version, err: error },
          'a plugin version could not be put in quarantine on all nodes',
        );
      });
    };
    for (const { plugin, version, reason } of stopped) quarantine(plugin, version, reason);
    this.#teardown.add('documents', () => parts.documents.close());
    this.#teardown.add('outgoing HTTP', () => parts.outgoing.close());
    this.#teardown.add('HTTP to identity providers', () => parts.providerHttp.close());
    for (const name of ['tenants', 'identity', 'licensing', 'settings', 'realtime', 'metering'] as const) {
      this.#teardown.add(name, () => parts[name].close());
    }
    await parts.metering.start();
    return parts;
  }

  /** Demo data and seeds. What a plugin brings may fail; the platform serves all the same. */
  async #fill(parts: Parts): Promise<void> {
    const { db, changes } = parts;
    if (this.#config.demo) {
      const { createDemo } = await import('../demo/index.ts');
      try {
        await createDemo({ ...parts.demo, report: (step) => this.#progress(step) });
      } catch (error) {
        this.#hooks.signal?.throwIfAborted();
        this.#log.error({ err: error }, 'the demo data could not be made');
        this.#problems.push(`demo data: ${messageOf(error)}`);
      }
    }
    await this.#hooks.seed?.({ db, changes });
  }

  async #serve(parts: Parts, board: SwitchBoard): Promise<void> {
    const { role } = this.#config;
    const worker = role !== 'web';
    if (worker) this.#progress('Starting the workers');
    if (parts.loaded.registry.all().some(asksForHttp)) await parts.outgoing.prepare();
    await parts.licensing.start({ worker });
    this.#teardown.add('licences', () => parts.licensing.stop());
    await parts.lifecycle.start();
    this.#teardown.add('lifecycle', () => parts.lifecycle.stop());
    this.#teardown.add('events', () => parts.events.stop());
    await parts.events.start({ worker });
    this.#hooks.signal?.throwIfAborted();
    if (worker) this.#startInOrder(parts, ['schedules', 'auditChain', 'mail', 'privacy']);
    // Added before billing is, and so stopped after it: billing uses them to its end.
    this.#teardown.add('payments', () => parts.payments.stop());
    if (worker) {
      this.#startInOrder(parts, ['billing']);
      this.#teardown.add('housekeeping', startHousekeeping(parts.housekeeping));
    }
    const { createApp } = await import('../http/index.ts');
    const { version, db, loaded } = parts;
    const app = createApp({
      ...parts.httpOptions,
      probesOnly: role === 'worker',
      readiness: () => readinessReport(version, db, loaded, parts),
    });
    this.#hooks.signal?.throwIfAborted();
    board.connect(app.callback());
    parts.payments.start();
    this.#teardown.add('requests', () => closeServer(parts.server, DRAIN_MS));
    this.#teardown.add('sockets', () => parts.sockets.close());
  }

  #startInOrder(parts: Parts, names: readonly ('schedules' | 'auditChain' | 'mail' | 'privacy' | 'billing')[]): void {
    for (const name of names) {
      this.#teardown.add(name, () => parts[name].stop());
      parts[name].start();
    }
  }

  /** For the command line on this machine. */
  async #announce({ instance, localOrigin: url, now }: Parts): Promise<void> {
    const { dataDir } = this.#config;
    const withdraw = await inDataDir(dataDir, () => announceRunning(dataDir, { url, instance, now: now() }));
    this.#teardown.add('announcement', withdraw);
  }
}

function asksForHttp({ manifest }: { manifest: Manifest }): boolean {
  return manifest.capabilities?.some(({ capability }) => capability.startsWith('http:')) ?? false;
}

/**
 * Starts the platform. Throws `StartupError` with lines for the console when it cannot; then nothing of it is left
 * running.
 */
export async function startKernel(config: Config, hooks: KernelHooks): Promise<Kernel> {
  const log = createLogger(config.logLevel);
  const teardown = new Teardown();
  const stop = () => teardown.run(log);
  try {
    return { ...(await new Start(config, hooks, teardown, log).run()), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
