import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../errors/index.ts';
import type { Log } from '../../logging/index.ts';
import type { LockKeeper } from '../lock/keep-lock.ts';
import type { PluginPackage } from '../package/plugin-package.ts';
import type { PackageStore } from '../store/package-store.ts';
import { absenceOf } from './absence.ts';
import { assignmentOf, servingVersions, toEntry } from './assignment.ts';
import type { StartProblems } from './problems.ts';
import type { PluginRecord, Records } from './records.ts';
import type { Registry } from './registry.ts';
import type { Absence } from './serving.ts';
import type { VersionFactory } from './version-factory.ts';

/** What both the start of a node and the following of changes work on. */
export interface PluginParts {
  registry: Registry;
  records: Records;
  packages: PackageStore;
  factory: VersionFactory;
  lock: LockKeeper;
  problems: StartProblems;
  log: Log;
}

/** How long those inside may take to leave before a switch they cannot live through, or before the plugin is parked. */
const MAX_DRAIN_MS = 8_000;

/** Brings the plugins of a running node to what the platform was told. */
export class ChangeFollower {
  readonly #parts: PluginParts;

  constructor(parts: PluginParts) {
    this.#parts = parts;
  }

  /**
   * Brings one plugin to what its record says now, and with it those that cannot go on without it (`others`). Resolves
   * when that serves; `left` when nobody is inside any more who must not be, or rejects in words when that takes too
   * long. Rejects when a version cannot be brought to life: what served before then goes on.
   */
  async refresh(id: string): Promise<{ left: Promise<void>; others: string[] }> {
    const { registry, records, packages, lock, problems, log } = this.#parts;
    const record = await records.one(id);
    // Who is served by what is settled when the switch ends.
    if (record?.switching) return { left: this.#leaving(id, registry.pause(id)), others: [] };
    const absence = record && this.#withoutRequired(record);
    const { drained } = absence
      ? { drained: registry.remove(absence) }
      : record?.state === 'active'
        ? await this.serve(record)
        : this.leave(id, record);
    drained.catch((error: unknown) => log.error({ plugin: id, err: error }, 'a version did not close'));
    registry.resume(id);
    problems.forget(id);
    if (absence) problems.add(`${id}: ${absence.reason}`, id);
    const entry = record && toEntry(record);
    await lock.put(new Map([[id, { entry, generation: record?.generation ?? 0 }]]));
    if (record?.state === 'purged') await packages.dropAll(id);
    const others = await this.#refreshDependents(id);
    return { left: record?.state === 'active' ? Promise.resolve() : this.#leaving(id, drained), others };
  }

  /** As at the start of a node: without what it requires it does not serve. Nothing when it has all of that. */
  #withoutRequired({ id, state, activeVersion, versions }: PluginRecord): Absence | undefined {
    const active = versions.find(({ version }) => version === activeVersion);
    if (state !== 'active' || !active) return undefined;
    const { manifest, version, tier } = active;
    const required = Object.keys(manifest.requires ?? {}).find(
      (other) => this.#parts.registry.versionsOf(other).length === 0,
    );
    if (required === undefined) return undefined;
    const reason = `requires the plugin "${required}", which does not serve`;
    return { id, name: manifest.name, version, tier, state: 'failed', reason, manifest };
  }

  /** Those that require it end with it, and come back with it. Resolves with all that were touched. */
  async #refreshDependents(id: string): Promise<string[]> {
    const { registry, problems, log } = this.#parts;
    const touched: string[] = [];
    for (const other of registry.dependentsOf(id)) {
      touched.push(other);
      try {
        touched.push(...(await this.refresh(other)).others);
      } catch (error) {
        const reason = messageOf(error);
        problems.forget(other);
        problems.add(`${other}: ${reason}`, other);
        log.error({ plugin: other, err: error }, `what requires ${id} could not follow it`);
      }
    }
    return touched;
  }

  /** Rejects when those inside do not leave in time. */
  #leaving(id: string, left: Promise<void>): Promise<void> {
    const waiting = new AbortController();
    const late = sleep(MAX_DRAIN_MS, undefined, { signal: waiting.signal, ref: false }).then(() => {
      throw new Error(`calls of ${id} did not end within ${MAX_DRAIN_MS / 1000} s`);
    });
    late.catch(() => undefined);
    const settled = Promise.race([left, late]).finally(() => waiting.abort());
    settled.catch(() => undefined);
    return settled;
  }

  /** Nobody is served by it any more; `drained` when those inside have left. */
  leave(id: string, record: PluginRecord | undefined): { drained: Promise<void> } {
    const { registry } = this.#parts;
    const absence = record && absenceOf(record);
    return { drained: absence ? registry.remove(absence) : registry.forget(id) };
  }

  /**
   * The versions that serve, and whom. `read`: a package that has been read and verified just now. Rejects when one cannot
   * be brought to life.
   */
  async serve(record: PluginRecord, read?: PluginPackage): Promise<{ drained: Promise<void> }> {
    const { registry, factory } = this.#parts;
    const { id } = record;
    if (record.activeVersion === null) return this.leave(id, record);
    const quarantined = new Set(record.versions.flatMap((one) => (one.quarantineReason === null ? [] : [one.version])));
    // What was stopped and may run again begins anew: what ran before remembers why it was stopped.
    const known = registry
      .versionsOf(id)
      .filter(({ manifest: { version } }) => quarantined.has(version) || !registry.isStopped(id, version));
    const versions = servingVersions(record).map(({ pinned, manifest }) => {
      const same = known.find(
        ({ lock }) =>
          lock.version === pinned.version &&
          lock.integrity === pinned.integrity &&
          lock.tier === pinned.tier &&
          lock.source === pinned.source &&
          String(lock.grantedCapabilities) === String(pinned.grantedCapabilities),
      );
      return same ?? factory.create(pinned, manifest, read);
    });
    try {
      // What is new proves itself before anybody is sent there; without any of it the node would serve less than before.
      for (const version of versions) {
        if (!known.includes(version) && !quarantined.has(version.manifest.version)) await version.live();
      }
    } catch (error) {
      for (const version of versions) if (!known.includes(version)) await version.close();
      throw (error as { cause?: unknown }).cause ?? error;
    }
    return { drained: registry.assign(id, assignmentOf(record, versions)) };
  }
}
