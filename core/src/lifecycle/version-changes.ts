import type { JsonObject } from '@bazaar/sdk';
import type { PluginData } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import type { PluginHost, PluginRecord, VersionRecord } from '../plugins/index.ts';
import { problemsAmong } from '../plugins/index.ts';
import type { Convergence } from './convergence.ts';
import { SETTLE_MS } from './installs.ts';
import type { Operations, Run } from './operations.ts';
import type { Switches } from './switches.ts';
import type { CanaryChoices, Operation, Operator } from './types.ts';

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

  /** To the version that served before, or to a given one. No data is lost: tables stay as they are. */
  async rollback(plugin: string, to: string | undefined, by: Operator): Promise<Operation> {
    const record = await this.#running(plugin);
    const version = to ?? record.previousVersion;
    if (version === null) {
      throw new ApiError('conflict', `No version of ${plugin} served before ${record.activeVersion}.`, {
        reason: 'nothing-to-return-to',
      });
    }
    if (version === record.activeVersion) throw new ApiError('conflict', `${plugin} ${version} serves already.`);
    const target = known(record, version);
    return this.#options.operations.run('rollback', plugin, { version }, by, async (run) => {
      await this.#fits(run, record, target);
      const others = this.#options.host.registry.all().map(({ manifest }) => manifest);
      const problems = problemsAmong(target.manifest, others);
      if (problems.length > 0) {
        throw new ApiError('conflict', `${plugin} ${version} does not fit: ${problems.join('; ')}.`, {
          reason: 'does-not-fit',
        });
      }
      await run.step('activate', { version });
      return this.settle(
        plugin,
        await this.#options.switches.of(run).activate(plugin, { version }, by, 'plugin.rolled-back'),
        {
          version,
        },
      );
    });
  }

  async pin(
    plugin: string,
    tenant: { id: string; slug: string },
    version: string | null,
    by: Operator,
  ): Promise<Operation> {
    const record = await this.#running(plugin);
    const target = version === null ? undefined : known(record, version);
    const input = { tenant: tenant.slug, version };
    return this.#options.operations.run('pin', plugin, input, by, async (run) => {
      if (target) await this.#fits(run, record, target);
      await run.step('activate', version === null ? {} : { version });
      return this.settle(plugin, await this.#options.switches.of(run).pin(plugin, tenant.id, version, by), input);
    });
  }

  /** A trial of a version that is there already. */
  async canary(plugin: string, version: string, choices: CanaryChoices, tenantIds: readonly string[], by: Operator) {
    const record = await this.#running(plugin);
    const target = known(record, version);
    if (version === record.activeVersion)
      throw new ApiError('conflict', `${plugin} ${version} serves everybody already.`);
    return this.#options.operations.run('canary', plugin, { version }, by, async (run) => {
      await this.#fits(run, record, target);
      await run.step('activate', { version });
      const { percent, tenants } = choices;
      return this.settle(
        plugin,
        await this.#options.switches.of(run).startCanary(plugin, { version }, choices, tenantIds, by),
        {
          version,
          percent,
          tenants: [...tenants],
        },
      );
    });
  }

  async promote(plugin: string, by: Operator): Promise<Operation> {
    const { version } = this.#onTrial(await this.#running(plugin));
    return this.#options.operations.run('canary-promote', plugin, { version }, by, async (run) => {
      await run.step('activate', { version });
      return this.settle(
        plugin,
        await this.#options.switches.of(run).activate(plugin, { version }, by, 'plugin.upgraded'),
        {
          version,
        },
      );
    });
  }

  async stopCanary(plugin: string, by: Operator, reason: string | null): Promise<Operation> {
    const { version } = this.#onTrial(await this.#running(plugin));
    return this.#options.operations.run('canary-stop', plugin, { version, reason }, by, async (run) => {
      await run.step('activate', { version });
      return this.settle(plugin, await this.#options.switches.of(run).stopCanary(plugin, by, reason), {
        version,
        reason,
      });
    });
  }

  /** Quarantined versions may be tried again. */
  async release(plugin: string, by: Operator): Promise<Operation> {
    await this.#running(plugin);
    return this.#options.operations.run('release', plugin, {}, by, async (run) => {
      await run.step('activate');
      return this.settle(plugin, await this.#options.switches.of(run).release(plugin, by), {});
    });
  }

  /** Waits for all nodes after the commit of a change. */
  async settle(plugin: string, generation: number, outcome: JsonObject): Promise<JsonObject> {
    return { ...outcome, ...(await this.#options.convergence.settle(plugin, generation, SETTLE_MS)) };
  }

  async #running(plugin: string): Promise<PluginRecord> {
    const record = await this.#options.host.records.one(plugin);
    if (record?.state !== 'active' || record.activeVersion === null) {
      throw new ApiError('not-found', `${plugin} is not installed.`, { reason: 'not-installed' });
    }
    return record;
  }

  #onTrial(record: PluginRecord) {
    if (!record.canary)
      throw new ApiError('conflict', `No version of ${record.id} is on trial.`, { reason: 'no-canary' });
    return record.canary;
  }

  /** The older version must be able to work with the tables as the newest has made them. */
  async #fits(run: Run, record: PluginRecord, target: VersionRecord): Promise<void> {
    const { host, data } = this.#options;
    await run.step('rehearse', { version: target.version });
    const known = await host.records.description(record.id, target.version);
    const reasons = await data.misfits(await packageData(host, record.id, target), known);
    if (reasons.length > 0) {
      throw new ApiError(
        'conflict',
        `${record.id} ${target.version} cannot work with its tables any more: ${reasons.join('; ')}.`,
        {
          reason: 'tables-have-changed',
        },
      );
    }
  }
}

async function packageData(host: PluginHost, id: string, { version, integrity, source, tier, granted }: VersionRecord) {
  const pkg = await host.read({ id, version, integrity, source, tier, grantedCapabilities: granted });
  return pkg.data;
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
