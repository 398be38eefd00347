import type { Manifest } from '@bazaar/sdk';
import type { PluginData, PluginDataDescription } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import {
  disagreements,
  INSTALLED,
  type LockEntry,
  type PluginHost,
  type PluginPackage,
  type PluginRecord,
  problemsAmong,
} from '../plugins/index.ts';
import { decideGrants } from './grants.ts';
import type { Run } from './operations.ts';
import type { PackageChoices } from './types.ts';

/** A version whose tables are there and which has proved that it runs. It serves nobody yet. */
export interface PreparedVersion {
  entry: LockEntry;
  manifest: Manifest;
  description: PluginDataDescription;
}

/** A version that could not go on beside a new one, and why, in words. */
export interface VersionConflict {
  version: string;
  message: string;
}

export interface PreparationOptions {
  host: PluginHost;
  data: PluginData;
  /** Has all nodes let callers of the plugin wait, and resolves when none is inside any more. */
  pause(plugin: string): Promise<void>;
  /** Has the other nodes prepare what will serve soon, so that they can switch at once. */
  warmUp(entry: LockEntry): void;
}

/** Everything between a package and a version that can serve. Nothing of what serves is touched before `migrate`. */
export class Preparation {
  readonly #options: PreparationOptions;

  constructor(options: PreparationOptions) {
    this.#options = options;
  }

  /** Refuses with what the operator must change. Touches nothing. */
  check(pkg: PluginPackage, choices: PackageChoices, record: PluginRecord | undefined): LockEntry {
    const { manifest, integrity } = pkg;
    const known = record?.versions.find(({ version }) => version === manifest.version);
    if (known && known.integrity !== integrity) {
      throw new ApiError(
        'conflict',
        `${manifest.id} ${manifest.version} has been installed with other files; publish the change as a new version.`,
        { reason: 'version-taken' },
      );
    }
    const active = record?.versions.find(({ version }) => version === record.activeVersion) ?? record?.versions.at(-1);
    const entry: LockEntry = {
      id: manifest.id,
      version: manifest.version,
      integrity,
      source: INSTALLED,
      tier: choices.tier ?? active?.tier ?? 'sandbox',
      grantedCapabilities: decideGrants(manifest, choices.grant, active?.granted ?? []),
    };
    const others = this.#options.host.registry.all().map((plugin) => plugin.manifest);
    const problems = [...disagreements(entry, pkg), ...problemsAmong(manifest, others)];
    if (problems.length > 0) {
      throw new ApiError('conflict', `${manifest.name} ${manifest.version} does not fit: ${problems.join('; ')}.`, {
        reason: 'does-not-fit',
      });
    }
    return entry;
  }

  /** `record`: what the plugin is; `undefined` when it is new. */
  async prepare(
    run: Run,
    pkg: PluginPackage,
    entry: LockEntry,
    choices: PackageChoices,
    record: PluginRecord | undefined,
  ): Promise<PreparedVersion> {
    const { host } = this.#options;
    await run.step('keep', { version: entry.version, input: { entry: { ...entry }, drain: choices.drain } });
    await host.packages.keep(pkg.folder, [...pkg.files], entry.integrity);
    // From here on what will serve is what was kept, not what was sent.
    const kept = await host.read(entry);

    this.#options.warmUp(entry);

    await run.step('rehearse');
    const conflicts = await this.rehearse(kept, record);
    refuse(conflicts, versionsBeside(record, entry.version), choices.drain);

    await run.step('build');
    await host.factory.prove(entry, kept);
    if (conflicts.length > 0) {
      await run.step('pause');
      await this.#options.pause(entry.id);
    }
    return this.migrate(run, kept, entry);
  }

  /** Also the way on for what was interrupted here: doing it again changes nothing. */
  async migrate(run: Run, pkg: PluginPackage, entry: LockEntry): Promise<PreparedVersion> {
    const { host, data } = this.#options;
    await run.step('migrate');
    await host.records.announce(entry.id);
    const database = await data.install(pkg.data);
    const description = database.describe();
    await database.close();
    return { entry, manifest: pkg.manifest, description };
  }

  /** What serves now, or will again, and could not go on beside the new version. */
  async rehearse(pkg: PluginPackage, record: PluginRecord | undefined): Promise<VersionConflict[]> {
    const { host, data } = this.#options;
    const { id, version } = pkg.manifest;
    const serving = host.registry.versionsOf(id).filter(({ manifest }) => manifest.version !== version);
    const known = new Set(serving.map(({ manifest }) => manifest.version));
    const others = [...versionsBeside(record, version)].filter((other) => !known.has(other));
    const packages = await Promise.all([
      ...serving.map((one) => one.package()),
      ...(record?.versions ?? [])
        .filter((one) => others.includes(one.version))
        .map(({ granted, ...one }) => host.read({ ...one, id, grantedCapabilities: granted })),
    ]);
    const { conflicts } = await data.rehearse(
      pkg.data,
      packages.map((other) => other.data),
    );
    return conflicts.map(({ version: other, reasons }) => ({
      version: other,
      message: `Version ${other}: ${reasons.join('; ')}.`,
    }));
  }
}

/** Those that serve some tenants whatever serves the others: kept by pins, and on trial. What was stopped serves nobody. */
function versionsBeside(record: PluginRecord | undefined, version: string): ReadonlySet<string> {
  const beside = new Set(record?.pins.values());
  if (record?.canary) beside.add(record.canary.version);
  beside.delete(version);
  for (const one of record?.versions ?? []) if (one.quarantineReason !== null) beside.delete(one.version);
  return beside;
}

/** Who waits for the switch finds the new version when it is over; who is kept at another one finds that. */
function refuse(conflicts: readonly VersionConflict[], beside: ReadonlySet<string>, drain: boolean): void {
  const words = (some: readonly VersionConflict[]) => some.map(({ message }) => message).join(' ');
  const lasting = conflicts.filter(({ version }) => beside.has(version));
  if (lasting.length > 0) {
    const then = lasting.length < conflicts.length && !drain ? ' The upgrade then needs a drained switch (drain).' : '';
    throw new ApiError(
      'conflict',
      `Some tenants are kept at a version, or try one, that cannot live with the new tables: lift their pins, or end the trial, first.${then} ${words(conflicts)}`,
      { reason: 'version-kept' },
    );
  }
  if (conflicts.length > 0 && !drain) {
    throw new ApiError(
      'conflict',
      `The versions that serve cannot live with the new tables, so this needs a drained switch (drain): callers wait for a moment. ${words(conflicts)}`,
      { reason: 'drained-switch-needed' },
    );
  }
}
