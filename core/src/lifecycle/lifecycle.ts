import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Changes } from '../caching/index.ts';
import type { Database } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { FailureLog, type Log } from '../logging/index.ts';
import type { PluginHost } from '../plugins/index.ts';
import { sweepTemporaryFolders } from '../processes/index.ts';
import type { Realtime } from '../realtime/index.ts';
import { CanaryWatch, type Tally } from './canary-watch.ts';
import { Convergence, SETTLE_MS } from './convergence.ts';
import { DrainedSwitch } from './drained-switch.ts';
import { sweepExports } from './export.ts';
import { type Impact, impactOf } from './impact.ts';
import { Installs } from './installs.ts';
import { Journal } from './journal.ts';
import { Operations } from './operations.ts';
import { PLATFORM } from './operator-audit.ts';
import { Preparation } from './preparation.ts';
import { Pauses, recoverOperations } from './recover.ts';
import { Removals } from './removals.ts';
import { Switches } from './switches.ts';
import type { PackageChoices } from './types.ts';
import { type Verification, verifyPackage } from './verify.ts';
import { VersionChanges } from './version-changes.ts';
import { WarmUp } from './warm-up.ts';

export interface LifecycleOptions {
  db: Database;
  host: PluginHost;
  changes: Changes;
  realtime: Realtime;
  /** The node's data folder: exports are written below it. */
  dataDir: string;
  now(): Date;
  log: Log;
}

/** How often operations of dead nodes are looked for. */
const RECOVER_MS = 5_000;
/** Between two attempts to halt a trial while something else is done to the plugin. */
const HALT_AGAIN_MS = 250;

const exportsBelow = (dataDir: string) => join(dataDir, 'exports');

/** Everything that changes which plugins there are and which versions serve, while the platform serves. */
export class Lifecycle {
  readonly journal: Journal;
  readonly installs: Installs;
  readonly versions: VersionChanges;
  readonly removals: Removals;
  readonly convergence: Convergence;
  readonly #options: LifecycleOptions;
  readonly #switches: Switches;
  readonly #drained: DrainedSwitch;
  readonly #preparation: Preparation;
  readonly #warmUp: WarmUp;
  readonly #watch: CanaryWatch;
  readonly #failureLog: FailureLog;
  readonly #pauses: Pauses;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #recovering: Promise<void> = Promise.resolve();

  constructor(options: LifecycleOptions) {
    const { db, host, changes, dataDir, log, now } = options;
    const { platform: sql, plugins: data, locks, bus } = db;
    this.#options = options;
    this.#pauses = new Pauses(() => now().getTime());
    this.#failureLog = new FailureLog(log, 'the journal of plugin operations cannot be read');
    this.journal = new Journal(sql);
    this.#switches = new Switches(sql);
    this.convergence = new Convergence({ sql, bus, locks, host, changes, log });
    const parts = {
      host,
      data,
      switches: this.#switches,
      convergence: this.convergence,
      operations: new Operations({ journal: this.journal, locks, log }),
    };
    this.#warmUp = new WarmUp({ bus, host, log });
    this.#drained = new DrainedSwitch({
      ...parts,
      quarantine: (plugin, version, reason) => this.quarantine(plugin, version, reason),
    });
    this.#preparation = new Preparation({
      host,
      data,
      pause: (plugin) => this.#drained.begin(plugin),
      warmUp: (entry) => this.#warmUp.request(entry),
    });
    this.installs = new Installs({ ...parts, preparation: this.#preparation, drained: this.#drained });
    this.versions = new VersionChanges(parts);
    this.removals = new Removals({
      ...parts,
      sql,
      changes: this.versions,
      exportsFolder: exportsBelow(dataDir),
      now,
    });
    this.#watch = new CanaryWatch((plugin, version, reason) => void this.#halt(plugin, version, reason));
  }

  /** From here on this node follows every change; what dead nodes left is ended. */
  async start(): Promise<void> {
    this.#warmUp.start();
    await this.#sweep();
    await this.convergence.start();
    this.#recover();
    await this.#recovering;
    this.#timer = setInterval(() => this.#recover(), RECOVER_MS);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#timer);
    await this.#recovering;
    await this.#warmUp.stop();
    await this.convergence.stop();
  }

  /** `tenantId`: only what concerns this tenant. */
  impact(plugin: string, tenantId?: string): Promise<Impact> {
    const { db, host } = this.#options;
    return impactOf({ host, data: db.plugins, sql: db.platform }, plugin, tenantId);
  }

  /** Everything that installing would find out, without a change. */
  verify(archive: Buffer, choices: PackageChoices): Promise<Verification> {
    return verifyPackage(this.#options.host, this.#preparation, archive, choices);
  }

  /** How the trial under way has gone on this node. */
  trial(plugin: string): Tally {
    return this.#watch.tallyOf(plugin);
  }

  /** Counts a call for the trials under way. */
  observe({
    plugin,
    version,
    outcome,
  }: {
    plugin: string;
    version: string;
    outcome: 'ok' | 'refused' | 'failed';
  }): void {
    const { registry } = this.#options.host;
    this.#watch.watch(plugin, registry.canaryOf(plugin));
    this.#watch.observe(plugin, version, outcome);
  }

  /** A version has done harm: it is stopped on every node, and the admins are told why. */
  async quarantine(plugin: string, version: string, reason: string): Promise<void> {
    const { host, log } = this.#options;
    const name = host.registry.version(plugin, version)?.manifest.name ?? plugin;
    const stopped = await this.#switches.quarantine(plugin, version, reason, `${name} ${version} was stopped`);
    if (stopped === null) return;
    for (const tenantId of stopped.told) {
      this.#options.realtime.publish({
        tenantId,
        permission: 'core:plugins.manage',
        event: 'task.changed',
        payload: {},
      });
    }
    log.error({ plugin, version, reason }, 'a plugin version was quarantined');
    await this.convergence.settle(plugin, stopped.generation, SETTLE_MS);
  }

  /** Of packages and exports, what was left on this machine by nodes that were killed. */
  async #sweep(): Promise<void> {
    const { dataDir, log } = this.#options;
    try {
      await sweepTemporaryFolders();
      await sweepExports(exportsBelow(dataDir));
    } catch (error) {
      log.warn({ err: error }, 'what a node that was killed has left behind could not be removed');
    }
  }

  #recover(): void {
    const { db, host, log } = this.#options;
    const parts = { journal: this.journal, locks: db.locks, host, data: db.plugins, pauses: this.#pauses, log };
    const { installs, versions, removals } = this;
    const drained = this.#drained;
    const recover = () => recoverOperations({ ...parts, installs, versions, removals, drained });
    this.#recovering = this.#recovering.then(() => this.#failureLog.attempt(recover));
  }

  async #halt(plugin: string, version: string, reason: string): Promise<void> {
    const { log } = this.#options;
    log.warn({ plugin, version, reason }, 'a trial was halted');
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.versions.stopCanary(plugin, { ...PLATFORM, requestId: 'canary-watch' }, reason, version);
        return;
      } catch (error) {
        const isConflict = error instanceof ApiError && error.code === 'conflict';
        if (!isConflict) log.error({ plugin, version, err: error }, 'a trial that fails could not be halted');
        // Otherwise another node was faster, or the operator.
        if (!isConflict || error.reason !== 'operation-under-way') return;
        // Something else is being done to the plugin: the trial goes on failing meanwhile. A stop ends the wait.
        await sleep(HALT_AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
