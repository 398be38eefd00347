import type { JsonObject } from '@bazaar/sdk';
import semver from 'semver';
import type { PluginData } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import type { LockEntry, PluginHost, PluginPackage, PluginRecord } from '../plugins/index.ts';
import { type Convergence, SETTLE_MS } from './convergence.ts';
import type { DrainedSwitch } from './drained-switch.ts';
import { withPackage } from './intake.ts';
import type { Operations, Run } from './operations.ts';
import type { Preparation, PreparedVersion } from './preparation.ts';
import type { Switches } from './switches.ts';
import type { CanaryRequest, Operation, OperationKind, Operator, PackageChoices } from './types.ts';

export interface InstallsOptions {
  host: PluginHost;
  data: PluginData;
  preparation: Preparation;
  drained: DrainedSwitch;
  operations: Operations;
  switches: Switches;
  convergence: Convergence;
}

interface Installation {
  kind: 'install' | 'upgrade' | 'canary';
  pkg: PluginPackage;
  choices: PackageChoices;
  by: Operator;
  /** Refuses what must not follow what is there. */
  admit(record: PluginRecord | undefined): void;
  /** What the journal notes of it, for whoever takes it up. */
  kept?: JsonObject;
  activate(switches: Switches, prepared: PreparedVersion): Promise<number>;
}

/** Brings packages to the platform: install, upgrade, and the start of a trial with some tenants. */
export class Installs {
  readonly #options: InstallsOptions;

  constructor(options: InstallsOptions) {
    this.#options = options;
  }

  /** A plugin that is not there; one whose data is parked gets its data back. */
  install(archive: Buffer, choices: PackageChoices, by: Operator): Promise<Operation> {
    return withPackage(archive, (pkg) => {
      const { id, name } = pkg.manifest;
      const admit = (record: PluginRecord | undefined) => {
        const running = record?.activeVersion;
        if (!running || this.#isSame(record, pkg)) return;
        throw new ApiError('conflict', `${name} is installed in version ${running}; upgrade it instead.`, {
          reason: 'already-installed',
        });
      };
      return this.#run({
        kind: 'install',
        pkg,
        choices,
        by,
        admit,
        activate: (switches, prepared) => switches.activate(id, prepared, by, 'plugin.installed'),
      });
    });
  }

  upgrade(plugin: string, archive: Buffer, choices: PackageChoices, by: Operator): Promise<Operation> {
    return withPackage(archive, (pkg) =>
      this.#run({
        kind: 'upgrade',
        pkg,
        choices,
        by,
        admit: isNewer(plugin, pkg),
        activate: (switches, prepared) => switches.activate(plugin, prepared, by, 'plugin.upgraded'),
      }),
    );
  }

  /** A newer version for some tenants; it never makes the others wait. */
  canary(
    plugin: string,
    archive: Buffer,
    choices: PackageChoices,
    canary: CanaryRequest,
    by: Operator,
  ): Promise<Operation> {
    const { choices: wanted, tenantIds } = canary;
    const kept = { canary: { choices: { ...wanted, tenants: [...wanted.tenants] }, tenantIds: [...tenantIds] } };
    return withPackage(archive, (pkg) =>
      this.#run({
        kind: 'canary',
        pkg,
        choices: { ...choices, drain: false },
        by,
        admit: isNewer(plugin, pkg),
        kept,
        activate: (switches, prepared) => switches.startCanary(plugin, prepared, canary, by),
      }),
    );
  }

  /** Takes up what a node left behind: finishes what has changed tables, undoes everything else. */
  async resume(run: Run, kind: OperationKind, entry: LockEntry, canary: CanaryRequest | undefined, by: Operator) {
    const { host, preparation } = this.#options;
    const prepared = await preparation.migrate(run, await host.read(entry), entry);
    return this.#activate(run, entry, (switches) =>
      kind === 'canary' && canary
        ? switches.startCanary(entry.id, prepared, canary, by)
        : switches.activate(entry.id, prepared, by, kind === 'install' ? 'plugin.installed' : 'plugin.upgraded'),
    );
  }

  /** Nothing of the version is left where nothing of it serves. */
  async undo(plugin: string, entry: LockEntry | undefined): Promise<void> {
    const { host, drained, data } = this.#options;
    await drained.breakOff(plugin);
    const record = await host.records.one(plugin);
    if (entry && !record?.versions.some(({ version }) => version === entry.version)) {
      await host.packages.drop(entry.id, entry.version, entry.integrity);
    }
    // A first installation that failed leaves no empty schema behind.
    if (record && record.versions.length === 0) {
      await data.purge(plugin);
      await host.records.withdraw(plugin);
    }
  }

  #isSame(record: PluginRecord | undefined, { manifest, integrity }: PluginPackage): boolean {
    return (
      record?.versions.some(
        (one) =>
          one.version === record.activeVersion && one.version === manifest.version && one.integrity === integrity,
      ) ?? false
    );
  }

  async #run({ kind, pkg, choices, by, admit, kept = {}, activate }: Installation): Promise<Operation> {
    const { preparation, operations, data, host } = this.#options;
    const { id, version } = pkg.manifest;
    let entry: LockEntry | undefined;
    let wasParked = false;
    const work = async (run: Run): Promise<JsonObject> => {
      await run.step('verify', { version });
      const record = await host.records.one(id);
      admit(record);
      entry = preparation.check(pkg, choices, record);
      if (record?.state === 'parked') {
        wasParked = true;
        await run.step('restore');
        await data.restore(id);
      }
      const prepared = await preparation.prepare(run, pkg, entry, choices, record);
      return this.#activate(run, entry, (switches) => activate(switches, prepared));
    };
    const undo = async () => {
      if (wasParked) await data.park(id);
      await this.undo(id, entry);
    };
    return operations.run(kind, id, by, () => ({ input: { version, ...kept }, work, undo }));
  }

  async #activate(
    run: Run,
    { id, version, tier }: LockEntry,
    activate: (switches: Switches) => Promise<number>,
  ): Promise<JsonObject> {
    const { switches, convergence } = this.#options;
    await run.step('activate');
    const { lagging } = await convergence.settle(id, await activate(switches.of(run)), SETTLE_MS);
    return { plugin: id, version, tier, lagging };
  }
}

function isNewer(plugin: string, { manifest, integrity }: PluginPackage): (record: PluginRecord | undefined) => void {
  return (record) => {
    if (manifest.id !== plugin) {
      const message = `The package is "${manifest.id}", not "${plugin}".`;
      throw new ApiError('invalid-input', message, { errors: [{ pointer: '/plugin', message }] });
    }
    if (!record?.activeVersion) {
      throw new ApiError('not-found', `${plugin} is not installed; install it first.`, { reason: 'not-installed' });
    }
    const order = semver.compare(manifest.version, record.activeVersion);
    if (order > 0) return;
    if (order === 0) {
      const same = record.versions.some((one) => one.version === manifest.version && one.integrity === integrity);
      throw new ApiError(
        'conflict',
        same
          ? `${plugin} ${manifest.version} serves already.`
          : `${plugin} ${manifest.version} has been installed with other files; publish the change as a new version.`,
        { reason: same ? 'not-newer' : 'version-taken' },
      );
    }
    throw new ApiError(
      'conflict',
      `The package is version ${manifest.version}, and ${record.activeVersion} serves; go back with a rollback.`,
      { reason: 'not-newer' },
    );
  };
}
