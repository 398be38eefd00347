import type { JsonObject } from '@bazaar/sdk';
import type { PluginData } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import type { CanaryRecord, PluginHost, PluginRecord, VersionRecord } from '../plugins/index.ts';
import { problemsAmong } from '../plugins/index.ts';
import { type Convergence, SETTLE_MS } from './convergence.ts';
import { misfitsOf, tablesHaveChanged } from './misfits.ts';
import type { Operations, Run } from './operations.ts';
import type { Switches } from './switches.ts';
import type { CanaryRequest, Operation, OperationKind, Operator } from './types.ts';

export interface VersionChangesOptions {
  host: PluginHost;
  data: PluginData;
  operations: Operations;
  switches: Switches;
  convergence: Convergence;
}

/** Changes of who is served by which of the versions that are there. */
export class VersionChanges {
  readonly #options: VersionChangesOptions;

  constructor(options: VersionChangesOptions) {
    this.#options = options;
  }

  /**
   * To the version that served before, or to a given one; what is left is then the one before, so that two rollbacks lead
   * back to the beginning. No data is lost: tables stay as they are.
   */
  rollback(plugin: string, to: string | undefined, by: Operator): Promise<Operation> {
    return this.#run('rollback', plugin, by, (record) => {
      const version = to ?? record.previousVersion;
      if (version === null) {
        throw new ApiError('conflict', `No version of ${plugin} served before ${record.activeVersion}.`, {
          reason: 'nothing-to-return-to',
        });
      }
      if (version === record.activeVersion) throw new ApiError('conflict', `${plugin} ${version} serves already.`);
      const target = known(record, version);
      const input = { version, replaced: record.activeVersion };
      const work = async (run: Run, switches: Switches) => {
        await this.#fits(run, record, target);
        const others = this.#options.host.registry.all().map(({ manifest }) => manifest);
        const problems = problemsAmong(target.manifest, others);
        if (problems.length > 0) {
          throw new ApiError('conflict', `${plugin} ${version} does not fit: ${problems.join('; ')}.`, {
            reason: 'does-not-fit',
          });
        }
        await run.step('activate', { version });
        return this.settle(plugin, await switches.activate(plugin, { version }, by, 'plugin.rolled-back'), input);
      };
      return { input, work };
    });
  }

  pin(plugin: string, tenant: { id: string; slug: string }, version: string | null, by: Operator): Promise<Operation> {
    return this.#run('pin', plugin, by, (record) => {
      const target = version === null ? undefined : known(record, version);
      const input = { tenant: tenant.slug, version };
      const work = async (run: Run, switches: Switches) => {
        if (target) await this.#fits(run, record, target);
        await run.step('activate', version === null ? {} : { version });
        return this.settle(plugin, await switches.pin(plugin, tenant.id, version, by), input);
      };
      return { input, work };
    });
  }

  /** A trial of a version that is there already. */
  canary(plugin: string, version: string, canary: CanaryRequest, by: Operator): Promise<Operation> {
    return this.#run('canary', plugin, by, (record) => {
      const target = known(record, version);
      if (version === record.activeVersion)
        throw new ApiError('conflict', `${plugin} ${version} serves everybody already.`);
      const work = async (run: Run, switches: Switches) => {
        await this.#fits(run, record, target);
        await run.step('activate', { version });
        const { percent, tenants } = canary.choices;
        return this.settle(plugin, await switches.startCanary(plugin, { version }, canary, by), {
          version,
          percent,
          tenants: [...tenants],
        });
      };
      return { input: { version }, work };
    });
  }

  promote(plugin: string, by: Operator): Promise<Operation> {
    return this.#run('canary-promote', plugin, by, (record) => {
      const { version } = onTrial(record);
      const work = async (run: Run, switches: Switches) => {
        await run.step('activate', { version });
        return this.settle(plugin, await switches.activate(plugin, { version }, by, 'plugin.upgraded'), { version });
      };
      return { input: { version }, work };
    });
  }

  /** `only`: the version that is meant; another that is on trial by now is left alone. */
  stopCanary(plugin: string, by: Operator, reason: string | null, only?: string): Promise<Operation> {
    return this.#run('canary-stop', plugin, by, (record) => {
      const { version } = onTrial(record, only);
      const input = { version, reason };
      const work = async (run: Run, switches: Switches) => {
        await run.step('activate', { version });
        return this.settle(plugin, await switches.stopCanary(plugin, by, reason), input);
      };
      return { input, work };
    });
  }

  /** Takes up an automatic end of a trial; whether that was still on. For whoever holds the operation's lock. */
  async resumeHalt(run: Run, plugin: string, version: string, reason: string, by: Operator): Promise<boolean> {
    const { host, switches } = this.#options;
    const record = await host.records.one(plugin);
    if (record?.canary?.version !== version) return false;
    await run.step('activate', { version });
    await this.settle(plugin, await switches.of(run).stopCanary(plugin, by, reason), {});
    return true;
  }

  /** Quarantined versions may be tried again. Where there is none, nothing is changed. */
  release(plugin: string, by: Operator): Promise<Operation> {
    return this.#run('release', plugin, by, (record) => {
      const versions = record.versions.flatMap((one) => (one.quarantineReason === null ? [] : [one.version]));
      const work = async (run: Run, switches: Switches) => {
        await run.step('activate');
        if (versions.length === 0) return { versions };
        return this.settle(plugin, await switches.release(plugin, versions, by), { versions });
      };
      return { input: { versions }, work };
    });
  }

  /** Waits for all nodes after the commit of a change. */
  async settle(plugin: string, generation: number, outcome: JsonObject): Promise<JsonObject> {
    return { ...outcome, ...(await this.#options.convergence.settle(plugin, generation, SETTLE_MS)) };
  }

  /** `plan` decides from what the plugin is when nobody else can change it. */
  #run(
    kind: OperationKind,
    plugin: string,
    by: Operator,
    plan: (record: PluginRecord) => {
      input: JsonObject;
      work(run: Run, switches: Switches): Promise<JsonObject>;
    },
  ): Promise<Operation> {
    const { host, operations, switches } = this.#options;
    return operations.run(kind, plugin, by, async () => {
      const record = await host.records.one(plugin);
      if (record?.state !== 'active' || record.activeVersion === null) {
        throw new ApiError('not-found', `${plugin} is not installed.`, { reason: 'not-installed' });
      }
      const { input, work } = plan(record);
      return { input, work: (run) => work(run, switches.of(run)) };
    });
  }

  /** The older version must be able to work with the tables as the newest has made them. */
  async #fits(run: Run, record: PluginRecord, target: VersionRecord): Promise<void> {
    await run.step('rehearse', { version: target.version });
    const reasons = await misfitsOf(this.#options, record.id, target);
    if (reasons.length > 0) throw tablesHaveChanged(record.id, target.version, reasons);
  }
}

function onTrial({ id, canary }: PluginRecord, only?: string): CanaryRecord {
  if (!canary || (only !== undefined && canary.version !== only)) {
    throw new ApiError('conflict', `No version of ${id} is on trial.`, { reason: 'no-canary' });
  }
  return canary;
}

function known(record: PluginRecord, version: string): VersionRecord {
  const found = record.versions.find((one) => one.version === version);
  if (!found) {
    const all = record.versions.map((one) => one.version).join(', ');
    throw new ApiError('not-found', `${record.id} ${version} is not kept here; there are: ${all}.`, {
      reason: 'unknown-version',
    });
  }
  if (found.quarantineReason !== null) {
    throw new ApiError('conflict', `${record.id} ${version} is in quarantine: ${found.quarantineReason}`, {
      reason: 'plugin-quarantined',
    });
  }
  return found;
}
