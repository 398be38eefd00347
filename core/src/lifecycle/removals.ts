import type { JsonObject } from '@bazaar/sdk';
import { ApiError, messageOf } from '../errors/index.ts';
import { type PluginRecord, problemsAmong, servingVersions, type VersionRecord } from '../plugins/index.ts';
import { exportPlugin } from './export.ts';
import { misfitsOf, tablesHaveChanged } from './misfits.ts';
import type { Plan, Run } from './operations.ts';
import type { Operation, OperationKind, Operator } from './types.ts';
import type { VersionChanges, VersionChangesOptions } from './version-changes.ts';

export interface RemovalsOptions extends VersionChangesOptions {
  sql: Parameters<typeof exportPlugin>[0]['sql'];
  /** Where exports are written. */
  exportsFolder: string;
  changes: VersionChanges;
  now(): Date;
}

/** What the journal knows of the export before a purge. */
export interface ExportProgress {
  exportName?: string;
  /** The file once it is there, `null` when none is wanted; the rows may be gone since. */
  exported?: string | null;
}

/** Uninstalling, its undo, and the end. */
export class Removals {
  readonly #options: RemovalsOptions;

  constructor(options: RemovalsOptions) {
    this.#options = options;
  }

  /** Stops serving and puts the data aside. */
  uninstall(plugin: string, retentionDays: number, by: Operator): Promise<Operation> {
    return this.#run('uninstall', plugin, 'active', by, () => ({
      input: { retentionDays },
      work: (run) => this.park(run, plugin, retentionDays, by),
    }));
  }

  async park(run: Run, plugin: string, retentionDays: number, by: Operator): Promise<JsonObject> {
    const { host, switches, changes, data } = this.#options;
    await run.step('deactivate');
    const record = await host.records.one(plugin);
    const already = record?.state === 'parked';
    const outcome = already
      ? {}
      : await changes.settle(plugin, await switches.of(run).park(plugin, retentionDays, by), {});
    // Only now is nobody inside any more.
    await run.step('park');
    await data.park(plugin);
    return { plugin, ...outcome };
  }

  restore(plugin: string, by: Operator): Promise<Operation> {
    return this.#run('restore', plugin, 'parked', by, (record) => ({
      input: {},
      work: async (run) => {
        await run.step('verify');
        await this.#fits(record);
        await this.#runs(record);
        return this.unpark(run, plugin, by);
      },
    }));
  }

  /** Others may have come and gone since it was uninstalled. */
  async #fits(record: PluginRecord): Promise<void> {
    const version = parkedOf(record);
    if (!version) return;
    const others = this.#options.host.registry.all().map(({ manifest }) => manifest);
    const problems = problemsAmong(version.manifest, others);
    if (problems.length === 0) return;
    throw new ApiError('conflict', `${record.id} ${version.version} does not fit any more: ${problems.join('; ')}.`, {
      reason: 'does-not-fit',
    });
  }

  /** Its packages may have been damaged: of a plugin with one that cannot run, nothing would serve. */
  async #runs(record: PluginRecord): Promise<void> {
    const { host } = this.#options;
    const activeVersion = parkedOf(record)?.version ?? null;
    for (const { pinned } of servingVersions({ ...record, activeVersion })) {
      try {
        await host.factory.prove(pinned, await host.read(pinned));
      } catch (error) {
        const why = messageOf(error);
        throw new ApiError(
          'unprocessable',
          `${record.id} ${pinned.version} cannot come back as it is: ${why}. Install this version's package again.`,
          { reason: 'package-damaged', cause: error },
        );
      }
    }
  }

  async unpark(run: Run, plugin: string, by: Operator): Promise<JsonObject> {
    const { host, switches, changes, data } = this.#options;
    const record = await host.records.one(plugin);
    const version = record?.activeVersion ?? (record && parkedOf(record)?.version);
    if (!record || version === undefined) throw new Error('no version is kept');
    await run.step('restore', { version });
    await data.restore(plugin);
    await this.#requireTables({ ...record, activeVersion: version });
    await run.step('activate', { version });
    return changes.settle(plugin, await switches.of(run).activate(plugin, { version }, by, 'plugin.restored'), {
      plugin,
      version,
    });
  }

  /** An installation over what is parked may have changed the tables before it failed. */
  async #requireTables(record: PluginRecord): Promise<void> {
    const serving = new Set(servingVersions(record).map(({ pinned }) => pinned.version));
    for (const version of record.versions) {
      if (!serving.has(version.version) || version.quarantineReason !== null) continue;
      const reasons = await misfitsOf(this.#options, record.id, version);
      if (reasons.length === 0) continue;
      await this.#options.data.park(record.id);
      throw tablesHaveChanged(record.id, version.version, reasons);
    }
  }

  /** There is no way back. Resolves with the path of the export unless none was wanted. */
  purge(plugin: string, wantsExport: boolean, by: Operator): Promise<Operation> {
    return this.#run('purge', plugin, 'parked', by, () => ({
      input: { export: wantsExport },
      work: (run) => this.drop(run, plugin, wantsExport, by),
    }));
  }

  /** `before`: how far an interrupted attempt has come. */
  async drop(
    run: Run,
    plugin: string,
    wantsExport: boolean,
    by: Operator,
    before: ExportProgress = {},
  ): Promise<JsonObject> {
    const { host, switches, changes, data } = this.#options;
    const file = before.exported === undefined ? await this.#export(run, plugin, wantsExport, before) : before.exported;
    await run.step('drop', { input: { exported: file } });
    await data.purge(plugin);
    const version = (await host.records.one(plugin))?.parkedVersion ?? null;
    const generation = await switches.of(run).forget(plugin, by, { version, export: file });
    await host.packages.dropAll(plugin);
    return changes.settle(plugin, generation, { plugin, export: file });
  }

  async #export(
    run: Run,
    plugin: string,
    wantsExport: boolean,
    { exportName }: ExportProgress,
  ): Promise<string | null> {
    const { host, data, sql, exportsFolder, now } = this.#options;
    // Whoever takes this up writes the same file, so that no second one with people's data is left of which nobody knows.
    const name = exportName ?? `${plugin}-${now().toISOString().replaceAll(/[:.]/g, '-')}`;
    await run.step('export', { input: { exportName: name } });
    if (!wantsExport) return null;
    const record = await host.records.one(plugin);
    return exportPlugin({ data, sql, folder: exportsFolder }, plugin, record?.parkedVersion ?? null, name);
  }

  #run(
    kind: OperationKind,
    plugin: string,
    from: 'active' | 'parked',
    by: Operator,
    plan: (record: PluginRecord) => Plan,
  ): Promise<Operation> {
    return this.#options.operations.run(kind, plugin, by, async () => plan(await this.check(plugin, from)));
  }

  /** Refuses when the plugin is not in the state that an operation begins with. */
  async check(plugin: string, from: 'active' | 'parked'): Promise<PluginRecord> {
    const record = await this.#options.host.records.one(plugin);
    if (
      !record ||
      record.state === 'purged' ||
      (from === 'active' && record.activeVersion === null && record.state === 'active')
    ) {
      throw new ApiError('not-found', `${plugin} is not installed.`, { reason: 'not-installed' });
    }
    if (record.state !== from) {
      const message =
        from === 'parked' ? `${plugin} is installed; uninstall it first.` : `${plugin} has been uninstalled already.`;
      throw new ApiError('conflict', message, {
        reason: from === 'parked' ? 'still-installed' : 'already-uninstalled',
      });
    }
    return record;
  }
}

/** What served when the plugin was uninstalled. */
function parkedOf({ versions, parkedVersion }: PluginRecord): VersionRecord | undefined {
  return versions.find(({ version }) => version === parkedVersion) ?? versions.at(-1);
}
